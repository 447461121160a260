"""The shipped tables against the reference files beside the repository: every disagreement is listed and explained.

The reference files (`../shared/reference`) are not part of the project. A disagreement is no fault by itself: it is
listed with a reason in `disagreements.csv`. A disagreement that is not listed fails, and so does a listed one which
is no longer there.
"""

import csv
import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from dipgraph.knowledge.gazetteer import load

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
REFERENCE = ROOT.parent / "shared" / "reference"
LISTED = Path(__file__).with_name("disagreements.csv")
EXTRACTED = "2022-10"
"""When the Wikidata extract was taken, told by its youngest rows: who was in office then has no end in it."""

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir() and "CI" not in os.environ,
    reason=f"no reference files in {REFERENCE}; on CI they must be there",
)
pytestmark = needs_reference


@dataclass(frozen=True)
class Difference:
    """One place where our table and a reference file do not say the same."""

    table: str
    key: str
    ours: str
    theirs: str


Pair = tuple[str, str, str, bool]
"""Key, what we say, what the reference says, and whether that agrees."""


@lru_cache
def ours(name: str) -> tuple[dict[str, str], ...]:
    paths = sorted((DATA / name).glob("*.csv")) if (DATA / name).is_dir() else [DATA / name]
    return tuple(row for path in paths for row in _rows(path))


@lru_cache
def theirs(name: str) -> tuple[dict[str, str], ...]:
    return tuple(_rows(REFERENCE / name))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    options = {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if path.suffix == ".tsv" else {}
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, **options)


def _list(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().strip()


def _all_names(row: dict[str, str]) -> set[str]:
    """Every name of a row, folded."""
    return {_fold(name) for name in [row["name"], row.get("official_name", ""), *_list(row["aliases"])] if name}


def _country(read: Callable[[dict[str, str], dict[str, str]], tuple[str, str, bool]]) -> Callable[[], Iterator[Pair]]:
    """Our states beside the rows of countries.csv with the same code; a cell that it leaves empty is not compared."""

    def pairs() -> Iterator[Pair]:
        rows = {row["iso3"]: row for row in ours("states.csv")}
        for other in theirs("countries.csv"):
            if other["iso3"] in rows:
                mine, said, agrees = read(rows[other["iso3"]], other)
                if said:
                    yield other["iso3"], mine, said, agrees

    return pairs


@_country
def iso2(row: dict[str, str], other: dict[str, str]) -> tuple[str, str, bool]:
    return row["iso2"], other["iso2"], row["iso2"] == other["iso2"]


@_country
def state_name(row: dict[str, str], other: dict[str, str]) -> tuple[str, str, bool]:
    return row["name"], other["name"], row["name"] == other["name"]


@_country
def official_name(row: dict[str, str], other: dict[str, str]) -> tuple[str, str, bool]:
    return row["official_name"], other["official_name"], _fold(other["official_name"]) in _all_names(row)


@_country
def capital(row: dict[str, str], other: dict[str, str]) -> tuple[str, str, bool]:
    return row["capital"], other["capital"], set(_list(row["capital"])) == set(_list(other["capital"]))


@_country
def demonym(row: dict[str, str], other: dict[str, str]) -> tuple[str, str, bool]:
    said = {name for cell in ("demonym_m", "demonym_f") for name in other[cell].replace(" or ", ", ").split(", ")}
    said.discard("")
    return row["demonyms"], "|".join(sorted(said)), said <= set(_list(row["demonyms"]))


@_country
def un_member(row: dict[str, str], other: dict[str, str]) -> tuple[str, str, bool]:
    mine = row["un_member"] or "false"
    return mine, other["un_member"].lower(), mine == other["un_member"].lower()


def all_members() -> Iterator[Pair]:
    """Every independent state or UN member of countries.csv is a state of ours."""
    codes = {row["iso3"] for row in ours("states.csv")}
    for other in theirs("countries.csv"):
        if "True" in (other["independent"], other["un_member"]):
            code = other["iso3"]
            yield code, code if code in codes else "", code, code in codes


def validity(column: str) -> Callable[[], Iterator[Pair]]:
    """Begin or end of our states beside those of the independent states with one of their names.

    That table has a row for each regime and name, so one of several rows must have our year. Where ours begins before
    written dates of independence the cell is empty and nothing is compared.
    """

    def pairs() -> Iterator[Pair]:
        named: dict[str, list[str]] = defaultdict(list)
        for other in theirs("histstate/territories.tsv"):
            if other["type"] == "independent-state":
                end = "" if other["exists_today"] == "true" else other["until"]
                named[_fold(other["name"])].append(other["since"] if column == "begin" else end)
        for row in ours("states.csv"):
            years = sorted({year for name in _all_names(row) for year in named[name]})
            mine = row[column][:4]
            if years and (mine or column == "end"):
                yield row["iso3"], mine, "|".join(years), mine in years

    return pairs


def state_ids() -> Iterator[Pair]:
    """Wikidata ids of states beside those that most rows of the list of embassies give the same name."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for row in theirs("wikidata/embassies.csv"):
        for column in ("operator", "country"):
            named[row[column]][_qid(row[column + "QID"])] += 1
    for row in ours("states.csv"):
        for name in sorted({row["name"], row["official_name"], *_list(row["aliases"])} & named.keys()):
            said = named[name].most_common(1)[0][0]
            yield f"{row['iso3']} {name}", row["wikidata"], said, row["wikidata"] == said


def place_ids() -> Iterator[Pair]:
    """Wikidata ids of cities beside those of the list of embassies, by name and country."""
    states = {row["iso3"]: row["wikidata"] for row in ours("states.csv")}
    cities: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in theirs("wikidata/embassies.csv"):
        cities[row["city"], _qid(row["countryQID"])].add(_qid(row["cityQID"]))
    for row in ours("places.csv"):
        said = cities.get((row["name"], states.get(row["state"], "")))
        if row["kind"] == "city" and said:
            yield row["id"], row["wikidata"], "|".join(sorted(said)), row["wikidata"] in said


def _qid(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _polities() -> dict[str, str]:
    """Our codes by Wikidata id and by folded name; those that still exist win."""
    found: dict[str, str] = {}
    for row in sorted(ours("states.csv"), key=lambda row: bool(row["end"])):
        for name in (row["wikidata"], *_all_names(row)):
            found.setdefault(name, row["iso3"])
    return found


def _leaders() -> Iterator[tuple[dict[str, str], str, list[dict[str, str]]]]:
    """Each row of the extract whose polity we have, the code of that polity, and our rows of the person."""
    polities = _polities()
    known: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in ours("officeholders"):
        known[row["wikidata"]].append(row)
    for other in theirs("wikidata/heads-of-state-and-government-2021.csv"):
        polity = polities.get(other["countryid"]) or polities.get(_fold(other["country"]))
        if polity:
            yield other, polity, known[other["officeholder"]]


def leader_ids() -> Iterator[Pair]:
    """The holder's Wikidata id is in our tables and bears the same name there."""
    for other, _, rows in _leaders():
        names = {name for row in rows for name in _all_names(row)}
        label = other["officeholderLabel"]
        yield other["officeholder"], rows[0]["name"] if rows else "", label, _fold(label) in names


def leader_years() -> Iterator[Pair]:
    """Years in office, of those holders that we have; consecutive rows of one office are one time in office."""
    for other, polity, rows in _leaders():
        if rows:
            spells = _spells(row for row in rows if row["polity"] == polity)
            agrees = any(_same_years(spell, other) for spell in spells)
            mine = "|".join(f"{begin[:4]}-{end[:4]}" for begin, end in spells)
            key = f"{other['officeholder']} {other['officeholderLabel']}, {other['positionLabel']}"
            yield key, mine, f"{other['start_year']}-{other['end_year']}", agrees


def _spells(rows: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    last = ""
    for row in sorted(rows, key=lambda row: (row["office"], row["begin"])):
        if found and row["office"] == last and found[-1][1] == row["begin"]:
            found[-1] = (found[-1][0], row["end"])
        else:
            found.append((row["begin"], row["end"]))
        last = row["office"]
    return found


def _same_years(spell: tuple[str, str], other: dict[str, str]) -> bool:
    begin, end = spell
    if other["end_year"]:
        return begin[:4] == other["start_year"] and end[:4] == other["end_year"]
    return begin[:4] == other["start_year"] and (not end or end >= EXTRACTED[: len(end)])


TABLES: dict[str, Callable[[], Iterator[Pair]]] = {
    "states: iso2": iso2,
    "states: name": state_name,
    "states: official name": official_name,
    "states: capital": capital,
    "states: demonym": demonym,
    "states: UN member": un_member,
    "states: all there": all_members,
    "states: begin": validity("begin"),
    "states: end": validity("end"),
    "states: Wikidata id": state_ids,
    "places: Wikidata id": place_ids,
    "leaders: Wikidata id": leader_ids,
    "leaders: years": leader_years,
}


def _differences(table: str) -> set[Difference]:
    return {Difference(table, key, mine, said) for key, mine, said, agrees in TABLES[table]() if not agrees}


@lru_cache
def _listed() -> dict[Difference, str]:
    return {
        Difference(row["table"], row["key"], row["ours"], row["theirs"]): row["explanation"] for row in _rows(LISTED)
    }


@pytest.mark.parametrize("table", TABLES)
def test_disagreements_are_listed(table: str) -> None:
    found = _differences(table)
    listed = {difference for difference in _listed() if difference.table == table}
    assert not found - listed, "not in disagreements.csv: mend our table, or list it with an explanation"
    assert not listed - found, "listed in disagreements.csv, but no longer there: take it out"


def test_listed_ones_are_explained() -> None:
    assert len(_listed()) == len(list(_rows(LISTED)))
    assert {difference.table for difference in _listed()} <= TABLES.keys()
    assert all(_listed().values())
