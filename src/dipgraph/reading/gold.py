"""Annotated articles (gold files) -> what a careful reader finds in them, checked against the ontology. See docs/gold.md."""

import difflib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dipgraph.errors import InputError
from dipgraph.model import Document
from dipgraph.ontology import Kind, Ontology
from dipgraph.reading.corpus import SHOWN
from dipgraph.reading.fields import article
from dipgraph.reading.formats import Undecodable, decoded

Json = dict[str, Any]
TITLES = ("Office",)
"""The range of roles that are filled with a bare title, in the words of the text, instead of an entity."""
DETAILS = ("place", "attribution")

_DATE = r"\d{4}(-\d\d(-\d\d)?)?"
_TIME = re.compile(rf"{_DATE}|({_DATE})?/({_DATE})?")


@dataclass(frozen=True)
class Answer:
    """What is right for one filler: any of these names, or an id that ends in one of these ISO 3166 codes."""

    names: tuple[str, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoldFact:
    """One annotated fact. `time`, `place` and `attribution` are None where the annotation does not give them."""

    kind: str
    roles: Mapping[str, tuple[Answer, ...]]
    status: str
    evidence: tuple[str, ...]
    time: str | None = None
    place: tuple[Answer, ...] | None = None
    attribution: tuple[Answer, ...] | None = None
    optional: bool = False
    """True where careful readers could argue: whoever finds it is neither rewarded nor punished."""


@dataclass(frozen=True)
class GoldArticle:
    """An article with every fact that it states."""

    document: Document
    facts: tuple[GoldFact, ...]


def read_gold(paths: Iterable[Path | str], ontology: Ontology) -> tuple[GoldArticle, ...]:
    """The annotated articles of files and folders (`*.json`), in the order of their paths.

    InputError lists what is wrong with all of them at once.
    """
    faults: list[str] = []
    found: list[GoldArticle] = []
    first: dict[str, Path] = {}
    for path in _files(paths, faults):
        value = _json(path, faults)
        if value is None:
            continue
        problems = [f"{path}: {problem}" for problem in _problems(value, ontology)]
        read = article(str(path), value)
        faults += [*read.faults, *problems]
        if read.document is None or problems:
            continue
        if (other := first.setdefault(read.document.id, path)) != path:
            faults.append(
                f"{path}: the id {read.document.id!r} is taken by {other}; ids must differ: change one of them."
            )
        found.append(
            GoldArticle(read.document, tuple(_fact(fact, value["entities"], ontology) for fact in value["facts"]))
        )
    if not found and not faults:
        faults.append("Nothing to evaluate: name a gold file or a folder that has some (*.json; see docs/gold.md).")
    _refuse(faults)
    return tuple(found)


def read_predictions(path: Path | str) -> list[Json]:
    """Facts as `dipgraph extract` prints them, one JSON object a line; InputError lists every line that is none."""
    faults: list[str] = []
    found: list[Json] = []
    for number, line in enumerate(_text(Path(path), faults).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if _is_prediction(value):
            found.append(value)
        else:
            faults.append(f"{path}, line {number}: not a fact as `dipgraph extract` prints it: one JSON object a line.")
    _refuse(faults)
    return found


def _is_prediction(value: Any) -> bool:
    if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in ("document", "type")):
        return False
    roles = value.get("roles", {})
    fillers = [*roles.values(), *(value.get(key) or [] for key in DETAILS)] if isinstance(roles, dict) else [None]
    spans = value.get("evidence") or []
    return (
        all(isinstance(found, list) and all(isinstance(each, dict) for each in found) for found in fillers)
        and isinstance(spans, list)
        and all(isinstance(span, dict) and {"start", "end", "text"} <= span.keys() for span in spans)
    )


def _refuse(faults: list[str]) -> None:
    if faults:
        more = [f"… and {len(faults) - SHOWN} more."] if len(faults) > SHOWN else []
        raise InputError("\n".join([*faults[:SHOWN], *more]))


def _files(paths: Iterable[Path | str], faults: list[str]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.exists():
            faults.append(f"{path}: there is no such file or folder; check the path.")
        inside = sorted(path.rglob("*.json")) if path.is_dir() else [path] if path.exists() else []
        if path.is_dir() and not inside:
            faults.append(f"{path}: no gold file (*.json) in this folder; docs/gold.md says how to write one.")
        found |= dict.fromkeys(inside)
    return list(found)


def _text(path: Path, faults: list[str]) -> str:
    try:
        return decoded(path.read_bytes())
    except OSError as error:
        faults.append(f"{path}: cannot be read ({error.strerror}).")
    except Undecodable as fault:
        faults.append(f"{path}: {fault}")
    return ""


def _json(path: Path, faults: list[str]) -> Json | None:
    before = len(faults)
    text = _text(path, faults)
    if len(faults) > before:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        faults.append(f"{path}: not valid JSON ({error}); mend the file.")
        return None
    if not isinstance(value, dict):
        faults.append(f"{path}: not a JSON object; a gold file is one article with its entities and facts.")
        return None
    return value


def _problems(gold: Json, ontology: Ontology) -> Iterator[str]:
    """What is wrong with an annotation, besides the fields of its article."""
    if not gold.get("id"):
        yield 'no "id"; a gold article needs one, by which its facts are found.'
    entities = gold.get("entities")
    if not isinstance(entities, dict):
        yield '"entities" must be an object: key -> {"type": …, "names": […]}.'
        return
    for key, entity in entities.items():
        yield from (f"entity {key!r}: {problem}" for problem in _problems_of_entity(entity, ontology))
    facts = gold.get("facts")
    if not isinstance(facts, list):
        yield '"facts" must be a list; an empty one where the article states none.'
        return
    for number, fact in enumerate(facts, start=1):
        name = fact.get("type") if isinstance(fact, dict) else None
        if not isinstance(name, str) or name not in ontology.kinds:
            yield f"fact {number}: {_unknown('kind of fact', name, ontology.kinds)}"
            continue
        problems = _problems_of_fact(fact, ontology.kinds[name], ontology, entities, str(gold.get("text", "")))
        yield from (f"fact {number} ({name}): {problem}" for problem in problems)


def _problems_of_entity(entity: Any, ontology: Ontology) -> Iterator[str]:
    if not isinstance(entity, dict):
        yield "must be an object with type and names."
        return
    if entity.get("type") not in ontology.classes:
        yield _unknown("class of entities", entity.get("type"), ontology.classes)
    if not _strings(entity.get("names")):
        yield '"names" must be a list with at least one name.'
    if not isinstance(entity.get("iso3", ""), str):
        yield '"iso3" must be a code of three letters.'


def _problems_of_fact(fact: Json, kind: Kind, ontology: Ontology, entities: Json, text: str) -> Iterator[str]:
    roles = fact.get("roles")
    if not isinstance(roles, dict):
        yield '"roles" must be an object: role -> list of fillers.'
        return
    for role, fillers in roles.items():
        if role not in kind.roles:
            yield _unknown("role of this kind", role, kind.roles)
            continue
        titles = kind.roles[role].ranges == TITLES
        yield from (f"{role}: {problem}" for problem in _problems_of_fillers(fillers, None if titles else entities))
    if not kind.core & roles.keys():
        yield f"no core role; give at least one of {', '.join(sorted(kind.core))}."
    for detail in DETAILS:
        problems = _problems_of_fillers(fact.get(detail, []), entities)
        yield from (f"{detail}: {problem}" for problem in problems)
    if fact.get("status") not in ontology.statuses:
        yield _unknown("status", fact.get("status"), ontology.statuses)
    if "time" in fact and not _TIME.fullmatch(str(fact["time"])):
        yield f"time {fact['time']!r}; write YYYY, YYYY-MM, YYYY-MM-DD or an interval A/B of these."
    if not isinstance(fact.get("optional", False), bool):
        yield '"optional" must be true or false.'
    if not _strings(fact.get("evidence")):
        yield '"evidence" must be a list with at least one quotation of the text.'
        return
    yield from (f"the evidence is not in the text: {quote[:60]!r}" for quote in fact["evidence"] if quote not in text)


def _problems_of_fillers(fillers: Any, entities: Json | None) -> Iterator[str]:
    """`entities` None: the fillers are plain titles."""
    if not isinstance(fillers, list) or not all(_strings(keys) for keys in fillers):
        yield "must be a list of fillers, each of which is a list of acceptable answers."
        return
    for key in (key for keys in fillers for key in keys if entities is not None and key not in entities):
        yield f'no entity {key!r}; it must stand in "entities".'


def _strings(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each for each in value)


def _unknown(what: str, name: Any, known: Collection[str]) -> str:
    near = difflib.get_close_matches(str(name), known, n=3, cutoff=0.5) or sorted(known)
    return f"no {what} is called {name!r}; did you mean {', '.join(near)}?"


def _fact(fact: Json, entities: Json, ontology: Ontology) -> GoldFact:
    kind = ontology.kinds[fact["type"]]
    details = {name: _answers(fact[name], entities) for name in DETAILS if name in fact}
    roles = {
        role: _answers(fillers, None if kind.roles[role].ranges == TITLES else entities)
        for role, fillers in fact["roles"].items()
    }
    optional = fact.get("optional", False)
    return GoldFact(
        kind.name, roles, fact["status"], tuple(fact["evidence"]), fact.get("time"), optional=optional, **details
    )


def _answers(fillers: list[list[str]], entities: Json | None) -> tuple[Answer, ...]:
    if entities is None:
        return tuple(Answer(tuple(titles)) for titles in fillers)
    return tuple(_answer([entities[key] for key in keys]) for keys in fillers)


def _answer(accepted: list[Json]) -> Answer:
    names = tuple(name for entity in accepted for name in entity["names"])
    return Answer(names, tuple(entity["iso3"] for entity in accepted if "iso3" in entity))
