"""The commands about the ontology: list, show, check."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dipgraph.cli.options import (
    examples,
    format_option,
    given,
    model_option,
    note,
    ontology_option,
    print_json,
    print_rows,
)

if TYPE_CHECKING:
    from dipgraph.ontology import Frame, Kind, Role

SIGNS = {1: "+", 0: "0", -1: "-"}


@click.group(epilog=examples("dipgraph ontology list", "dipgraph ontology check my-ontology/"))
def ontology() -> None:
    """List the kinds of fact; show one; check your own."""


@ontology.command("list", epilog=examples("dipgraph ontology list"))
@ontology_option
@format_option("table", "json", "csv")
def list_kinds(ontology: tuple[str, ...], style: str) -> None:
    """List the kinds of fact: name, sign of the edge, roles, definition."""
    from dipgraph.pipeline import load_ontology

    rules = load_ontology(ontology)
    rows = [
        (kind.name, SIGNS[kind.sign], kind.color, " ".join(_roles(kind)), kind.definition)
        for kind in rules.kinds.values()
    ]
    print_rows(("kind", "sign", "colour", "roles", "definition"), rows, style)


@ontology.command("show", epilog=examples("dipgraph ontology show", "dipgraph ontology show --format json"))
@click.argument("kinds", metavar="[KIND]...", nargs=-1)
@ontology_option
@format_option("table", "json")
def show_kinds(kinds: tuple[str, ...], ontology: tuple[str, ...], style: str) -> None:
    """Show kinds of fact: roles, words, plain triples, examples.

    All kinds, unless you name some; `dipgraph ontology list` has their names.
    """
    from dipgraph.pipeline import load_ontology

    rules = load_ontology(ontology)
    found = [rules.kind(name) for name in kinds or rules.kinds]
    if style == "json":
        print_json([_as_json(kind) for kind in found])
        return
    for kind in found:
        _print_kind(kind)


@ontology.command("check", epilog=examples("dipgraph ontology check", "dipgraph ontology check my-ontology/"))
@click.argument("folders", metavar="[PATH]...", nargs=-1)
@model_option
@format_option("table", "json")
def check_folders(folders: tuple[str, ...], model: str | None, style: str) -> None:
    """Check the ontology, with your files or folders if you name some.

    Syntax, vocabulary, shapes on the terms, and its examples as they are read. The exit code is 3 if something is wrong.
    """
    from dipgraph.errors import OntologyError
    from dipgraph.pipeline.answers import check_ontology

    faults = check_ontology([Path(folder) for folder in folders], **given(model=model))
    if style == "json":
        print_json(faults)
    else:
        for fault in faults:
            click.echo(fault)
    if faults:
        note("1 fault." if len(faults) == 1 else f"{len(faults)} faults.")
        sys.exit(OntologyError.exit_code)
    if style == "table":
        click.echo("No faults.")


def _print_kind(kind: "Kind") -> None:
    click.echo(f"{kind.name}: {kind.definition}\n{kind.iri}\n\nRoles (* core)")
    for role in kind.roles.values():
        click.echo(f"  {role.name}{'*' * role.core}  {_count(role)} {' or '.join(role.ranges)}. {role.definition}")
    click.echo("\nWords")
    for frame in kind.frames:
        click.echo(f"  {_frame(frame)}")
    click.echo("\nPlain triples, where it is said to be so")
    for shortcut in kind.shortcuts:
        click.echo(f"  {shortcut.source} {shortcut.predicate} {shortcut.target}")
    click.echo("\nExamples")
    for example in kind.examples:
        click.echo(f"  {'yes' if example.expected is not None else 'no '}  {example.text}")
    click.echo()


def _roles(kind: "Kind") -> list[str]:
    return [f"{role.name}{'*' * role.core}" for role in kind.roles.values()]


def _count(role: "Role") -> str:
    if role.maximum is None:
        return f"{role.minimum} or more"
    return str(role.maximum) if role.minimum == role.maximum else f"{role.minimum} to {role.maximum}"


def _frame(frame: "Frame") -> str:
    words = ", ".join(sorted(frame.words)) or "any"
    slots = ", ".join(f"{slot} = {' and '.join(roles)}" for slot, roles in sorted(frame.slots.items()))
    with_ = (
        f" with {', '.join(sorted(frame.object_nouns | frame.context))}" if frame.object_nouns | frame.context else ""
    )
    without = f" without {', '.join(sorted(frame.excluded))}" if frame.excluded else ""
    return f"{frame.trigger} {words}{with_}{without}: {slots}"


def _as_json(kind: "Kind") -> dict[str, Any]:
    return {
        "name": kind.name, "iri": kind.iri, "label": kind.label, "definition": kind.definition,
        "sign": kind.sign, "color": kind.color, "shape": kind.shape, "lasting": kind.lasting,
        "roles": [
            {"name": r.name, "iri": r.iri, "definition": r.definition, "ranges": list(r.ranges), "core": r.core, "min": r.minimum, "max": r.maximum}
            for r in kind.roles.values()
        ],
        "frames": [_frame(frame) for frame in kind.frames],
        "shortcuts": [[s.source, s.predicate, s.target] for s in kind.shortcuts],
        "examples": [{"text": e.text, "found": e.expected is not None} for e in kind.examples],
    }  # fmt: skip
