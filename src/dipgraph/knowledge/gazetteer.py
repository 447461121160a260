"""The tables of `data/` read into a Gazetteer: states, places, organisations, honours, offices and who held them."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path

from dipgraph.errors import InputError
from dipgraph.model import ID, Entity, Gazetteer, Tenure
from dipgraph.ontology import shipped

TABLES: Mapping[str, str] = {
    "states.csv": "iso3 iso2 gw cow wikidata name official_name aliases demonyms capital seats begin end un_member"
    " successors source",
    "places.csv": "id name aliases state kind wikidata source",
    "organizations.csv": "id class name aliases begin end seat wikidata defence source",
    "memberships.csv": "organization state begin end status source",
    "honours.csv": "id name aliases country established wikidata source",
    "offices.csv": "title synonyms level source",
    "officeholders": "id name aliases polity office role begin end wikidata source",
}
"""Each table with its columns; `officeholders` is a folder of such tables."""

ORGANIZATION_CLASSES = ("Alliance", "Organization")
MEMBER = "member"
WIKIDATA = "http://www.wikidata.org/entity/"
SHOWN = 200
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_QID = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True)
class Row:
    """One line of a table: where it stands and its cells by column."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, column: str, what: str) -> str:
        """The sentence that says where a fault is and what it is."""
        return f"{self.path}, line {self.line}, column {column}: {what}"


Tables = Mapping[str, Sequence[Row]]


def load(folder: Path | None = None, extra: Sequence[Path] = ()) -> Gazetteer:
    """The gazetteer of a folder (the shipped `data` by default), extended by the tables of other folders; cached.

    An extra folder may lack tables; where it repeats an id, its aliases are added. InputError lists all faults at once.
    """
    return _load(folder or shipped("data"), tuple(extra))


@lru_cache(maxsize=4)
def _load(folder: Path, extra: tuple[Path, ...]) -> Gazetteer:
    faults: list[str] = []
    tables: dict[str, list[Row]] = {
        name: [row for place in (folder, *extra) for row in _table(place, name, place == folder, faults)]
        for name in TABLES
    }
    if not faults:
        faults = [*_cell_faults(tables), *_reference_faults(tables), *_identity_faults(tables)]
    if faults:
        more = [f"… and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
        raise InputError("\n".join([*faults[:SHOWN], *more]))
    return _gazetteer(tables)


def _table(folder: Path, name: str, required: bool, faults: list[str]) -> Iterator[Row]:
    path = folder / name
    paths = [path] if name.endswith(".csv") else sorted(path.glob("*.csv"))
    if required and not (paths and paths[0].is_file()):
        faults.append(f"{path}: this table is missing; its columns are {', '.join(TABLES[name].split())}")
    for each in paths:
        if each.is_file():
            yield from _rows(each, TABLES[name].split(), faults)


def _rows(path: Path, columns: Sequence[str], faults: list[str]) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            missing = [column for column in columns if column not in header]
            if missing:
                faults.append(f"{path}, line 1: no column {', '.join(missing)}; the columns are {', '.join(columns)}")
                return
            for cells in reader:
                if len(cells) == len(header):
                    yield Row(path, reader.line_num, dict(zip(header, map(str.strip, cells), strict=True)))
                elif cells:
                    last = header[min(len(cells), len(header)) - 1]
                    what = f"{len(cells)} cells where the header has {len(header)}; quote a cell that holds a comma"
                    faults.append(f"{path}, line {reader.line_num}, column {last}: {what}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(f"{path}: cannot be read: {error}; a table is a CSV file in UTF-8")


def _cell_faults(tables: Tables) -> Iterator[str]:
    """Faults that one row shows by itself."""
    for row in chain.from_iterable(tables.values()):
        for column, value in row.cells.items():
            wrong = CHECKS[column](value) if column in CHECKS else ""
            if wrong:
                yield row.fault(column, f"{value!r} {wrong}" if value else wrong)
        begin, end = row.cells.get("begin", ""), row.cells.get("end", "")
        shared = min(len(begin), len(end))
        if begin[:shared] > end[:shared]:
            yield row.fault("end", f"{end} is before the begin, {begin}")


def _date_fault(value: str) -> str:
    if not value:
        return ""
    if not _DATE.fullmatch(value):
        return "is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"
    try:
        date.fromisoformat(f"{value}-01-01"[:10] if len(value) < 10 else value)
    except ValueError:
        return "is not a day of the calendar"
    return ""


def _matches(pattern: re.Pattern[str], what: str) -> Callable[[str], str]:
    return lambda value: "" if not value or pattern.fullmatch(value) else what


def _required(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda value: check(value) if value else "is empty"


def _among(values: Sequence[str]) -> Callable[[str], str]:
    return lambda value: "" if value in values else f"is none of {', '.join(values)}"


_identifier = _matches(_ID, "is not an id; use letters, digits, '.', '_' and '-'")
_named = _required(lambda value: "")
CHECKS: Mapping[str, Callable[[str], str]] = {
    "id": _required(_identifier),
    "iso3": _required(_identifier),
    "name": _named,
    "title": _named,
    "office": _named,
    "polity": _named,
    "organization": _named,
    "status": _named,
    "class": _required(_among(ORGANIZATION_CLASSES)),
    "begin": _date_fault,
    "end": _date_fault,
    "established": _date_fault,
    "defence": _matches(re.compile("true"), "is neither true nor empty"),
    "wikidata": _matches(_QID, "is not a Wikidata id such as Q159"),
}


def _reference_faults(tables: Tables) -> Iterator[str]:
    """Cells that name a state or an organisation which no table has."""
    states = {row["iso3"] for row in tables["states.csv"]}
    organizations = {row["id"] for row in tables["organizations.csv"]}
    polities = states | organizations
    references = (
        ("places.csv", "state", states, "states.csv"),
        ("memberships.csv", "state", states, "states.csv"),
        ("memberships.csv", "organization", organizations, "organizations.csv"),
        ("honours.csv", "country", polities, "states.csv or organizations.csv"),
        ("officeholders", "polity", polities, "states.csv or organizations.csv"),
    )
    for name, column, known, where in references:
        for row in tables[name]:
            if row[column] and row[column] not in known:
                yield row.fault(column, f"{row[column]!r} is not in {where}")


def _identity_faults(tables: Tables) -> Iterator[str]:
    """One id on two rows of one table, or one person's id with two identifiers elsewhere: two things under one IRI."""
    keys = {"states.csv": "iso3", "places.csv": "id", "organizations.csv": "id", "honours.csv": "id"}
    for name, column in keys.items():
        seen: dict[tuple[Path, str], int] = {}
        for row in tables[name]:
            first = seen.setdefault((row.path, row[column]), row.line)
            if first != row.line:
                yield row.fault(column, f"{row[column]!r} is already on line {first}")
    people: dict[str, Row] = {}
    for row in tables["officeholders"]:
        if row["wikidata"]:
            first_row = people.setdefault(row["id"], row)
            if first_row["wikidata"] != row["wikidata"]:
                where = f"{first_row.path.name}, line {first_row.line}"
                yield row.fault("wikidata", f"{row['id']!r} is {first_row['wikidata']} in {where}; use two ids")


def _gazetteer(tables: Tables) -> Gazetteer:
    entities: dict[str, Entity] = {}
    for entity in _entities(tables):
        entities[entity.iri] = _united(entities[entity.iri], entity) if entity.iri in entities else entity
    # Those that still exist come first, so that they keep a name which a former state bore too.
    states = sorted(tables["states.csv"], key=lambda row: bool(row["end"]))
    organizations = {row["id"] for row in tables["organizations.csv"]}
    holders = tables["officeholders"]
    members = [row for row in tables["memberships.csv"] if row["status"] == MEMBER]
    return Gazetteer(
        entities=entities,
        tenures=tuple(
            Tenure(
                _iri("person", row["id"]),
                row["office"],
                _polity(row["polity"], organizations),
                row["begin"],
                row["end"],
                row["role"],
            )
            for row in holders
        ),
        memberships=tuple(
            Tenure(
                _iri("state", row["state"]), MEMBER, _iri("organization", row["organization"]), row["begin"], row["end"]
            )
            for row in members
        ),
        pacts=frozenset(_iri("organization", row["id"]) for row in tables["organizations.csv"] if row["defence"]),
        demonyms=_first((name, _iri("state", row["iso3"])) for row in states for name in _list(row["demonyms"])),
        seats=_first(
            (name, _iri("state", row["iso3"]))
            for row in states
            for name in (*_list(row["capital"]), *_list(row["seats"]))
        ),
        descriptions=frozenset(r["title"] for r in tables["offices.csv"] if r["level"] == "description"),
        offices=_first(
            (name.lower(), row["title"])
            for column in ("title", "synonyms")
            for row in tables["offices.csv"]
            for name in _list(row[column])
        ),
    )


def _entities(tables: Tables) -> Iterator[Entity]:
    organizations = {row["id"] for row in tables["organizations.csv"]}
    for row in tables["states.csv"]:
        aliases = _names(row, row["official_name"])
        years = f", {row['begin'][:4]}–{row['end'][:4]}" if row["begin"] or row["end"] else ""
        yield Entity(_iri("state", row["iso3"]), "State", row["name"], aliases, _same_as(row), f"state{years}")
    for row in tables["places.csv"]:
        state = _iri("state", row["state"]) if row["state"] else ""
        yield Entity(_iri("place", row["id"]), "Place", row["name"], _names(row), _same_as(row), row["kind"], state)
    for row in tables["organizations.csv"]:
        yield Entity(_iri("organization", row["id"]), row["class"], row["name"], _names(row), _same_as(row))
    for row in tables["honours.csv"]:
        country = _polity(row["country"], organizations) if row["country"] else ""
        yield Entity(_iri("honour", row["id"]), "Honour", row["name"], _names(row), _same_as(row), country=country)
    for row in tables["offices.csv"]:
        yield Entity(_iri("office", _slug(row["title"])), "Office", row["title"], _list(row["synonyms"]))
    for row in tables["officeholders"]:
        yield Entity(_iri("person", row["id"]), "Person", row["name"], _names(row), _same_as(row))


def _united(first: Entity, second: Entity) -> Entity:
    names = _distinct((*first.aliases, second.label, *second.aliases), first.label)
    return replace(first, aliases=names, same_as=_distinct((*first.same_as, *second.same_as)))


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


def _names(row: Row, *others: str) -> tuple[str, ...]:
    return _distinct((*others, *_list(row["aliases"])), row["name"])


def _distinct(names: Iterable[str], label: str = "") -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name and name != label)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in cell.split("|")) if part) if cell else ()


def _same_as(row: Row) -> tuple[str, ...]:
    return (WIKIDATA + row["wikidata"],) if row["wikidata"] else ()


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _polity(name: str, organizations: set[str]) -> str:
    return _iri("organization" if name in organizations else "state", name)


def _iri(room: str, name: str) -> str:
    return f"{ID}{room}/{name}"
