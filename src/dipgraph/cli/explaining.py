"""How `explain` shows a sentence in a terminal."""

import shutil
import sys
import textwrap
from collections.abc import Mapping
from itertools import groupby
from typing import Any

import click

from dipgraph.cli.options import labels

INDENT = 12
COLORS = {"fired": "green", "missed": "yellow"}


def print_sentence(sentence: Mapping[str, Any]) -> None:
    """The sentence, and below it what it mentions, what could evoke a fact, what fired, and what nearly did."""
    click.secho(" ".join(sentence["text"].split()), bold=True)
    _print_line("mentions", ", ".join(map(_mention, sentence["mentions"])) or "none")
    for predicate in sentence["predicates"]:
        slots = "; ".join(f"{slot}: {', '.join(map(_standing, found))}" for slot, found in predicate["slots"].items())
        _print_line("predicate", f"{predicate['trigger']!r} ({predicate['part']})  {slots}".rstrip())
    for claim in sentence["fired"]:
        _print_line("fired", _fired(claim))
    for by, found in groupby((miss for miss in sentence["missed"] if miss["near"]), key=_by):
        _print_line("missed", f"{by}: {'; or '.join(map(_missed, found))}")
    if others := dict.fromkeys(_by(miss) for miss in sentence["missed"] if not miss["near"]):
        _print_line("wording", f"not that of {', '.join(others)}")
    if not sentence["fired"] and not sentence["missed"]:
        _print_line("nothing", "no word of any kind of fact")
    click.echo()


def _print_line(name: str, text: str) -> None:
    """Folded at the edge of a screen; a pipe gets it in one line."""
    if sys.stdout.isatty():
        width = max(40, shutil.get_terminal_size().columns)
        text = textwrap.fill(text, width, initial_indent=" " * INDENT, subsequent_indent=" " * INDENT).lstrip()
    click.echo(f"  {click.style(f'{name:{INDENT - 2}}', fg=COLORS.get(name), dim=name not in COLORS)}{text}")


def _mention(mention: Mapping[str, str]) -> str:
    same = mention["text"] == mention["label"]
    return (
        f"{mention['text']} ({mention['class']})"
        if same
        else f"{mention['text']} = {mention['label']} ({mention['class']})"
    )


def _fired(claim: Mapping[str, Any]) -> str:
    roles = "; ".join(f"{role}: {labels(fillers)}" for role, fillers in claim["roles"].items())
    where = f"; in {labels(claim['place'])}" if claim["place"] else ""
    says = f"; says {labels(claim['attribution'])}" if claim["attribution"] else ""
    counted = claim["counted"]
    known = f", {counted['right']} of {counted['of']} like it right" if counted["of"] else ""
    head = f"{_by(claim)} ({claim['status']}, {claim['time'] or 'undated'})"
    return f"{head}: {roles}{where}{says}  [{claim['confidence']:.2f}{known}]"


def _by(item: Mapping[str, Any]) -> str:
    return f"{item['type']} by {item['trigger']!r}"


def _missed(miss: Mapping[str, Any]) -> str:
    if not miss["lacks"]:
        return str(miss["why"])
    stands = ", ".join(f"{each['slot']}: {_standing(each)}" for each in miss["stands"])
    looked = (
        f"nothing stands as {' or '.join(miss['looked'])}" if miss["looked"] else "this wording has no place for it"
    )
    return f"{miss['why']}; {stands or looked}"


def _standing(standing: Mapping[str, Any]) -> str:
    meant = " and ".join(f"{entity['label']} ({entity['class']})" for entity in standing["means"])
    text = standing["text"]
    return meant if meant.startswith(f"{text} (") else f"{text} = {meant or '?'}"
