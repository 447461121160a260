"""The shipped tables against the reference files beside the repository: every disagreement is listed and explained.

The reference files (`../shared/reference`) are not part of the project. A disagreement is no fault by itself: it is
listed with a reason in `disagreements.csv`. A disagreement that is not listed fails, and so does a listed one which
is no longer there.
"""

import csv
import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
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

pytestmark = pytest.mark.skipif(
    not REFERENCE.is_dir() and "CI" not in os.environ,
    reason=f"no reference files in {REFERENCE}; on CI they must be there",
)


Difference = tuple[str, str, str, str]
"""Table, key, what we say and what the reference says instead."""
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


def country(column: str, agree: Callable[[dict[str, str], str], bool], *others: str) -> Callable[[], Iterator[Pair]]:
    """A column of our states beside countries.csv, by code; a cell that it leaves empty is not compared."""

    def pairs() -> Iterator[Pair]:
        rows = {row["iso3"]: row for row in ours("states.csv")}
        for other in theirs("countries.csv"):
            said = "|".join(dict.fromkeys(other[name] for name in others or (column,) if other[name]))
            if said and (row := rows.get(other["iso3"])):
                yield other["iso3"], row[column], said, agree(row, said)

    return pairs


def _has_demonyms(row: dict[str, str], said: str) -> bool:
    return set(re.split(r", | or |\|", said)) <= set(_list(row["demonyms"]))


def all_members() -> Iterator[Pair]:
    """Every independent state or UN member of countries.csv is a state of ours."""
    codes = {row["iso3"] for row in ours("states.csv")}
    for code in (other["iso3"] for other in theirs("countries.csv") if "True" in other.values()):
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
    for other, polity, rows in filter(all, _leaders()):
        spells = _spells(row for row in rows if row["polity"] == polity)
        mine = "|".join(f"{begin[:4]}-{end[:4]}" for begin, end in spells)
        key = f"{other['officeholder']} {other['officeholderLabel']}, {other['positionLabel']}"
        said = f"{other['start_year']}-{other['end_year']}"
        yield key, mine, said, any(_same_years(spell, other) for spell in spells)


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
    same_end = end[:4] == other["end_year"] if other["end_year"] else not end or end >= EXTRACTED[: len(end)]
    return begin[:4] == other["start_year"] and same_end


TABLES: dict[str, Callable[[], Iterator[Pair]]] = {
    "states: iso2": country("iso2", lambda row, said: row["iso2"] == said),
    "states: name": country("name", lambda row, said: row["name"] == said),
    "states: official name": country("official_name", lambda row, said: _fold(said) in _all_names(row)),
    "states: capital": country("capital", lambda row, said: set(_list(row["capital"])) == set(_list(said))),
    "states: demonym": country("demonyms", _has_demonyms, "demonym_m", "demonym_f"),
    "states: UN member": country("un_member", lambda row, said: (row["un_member"] == "true") == (said == "True")),
    "states: all there": all_members,
    "states: begin": validity("begin"),
    "states: end": validity("end"),
    "states: Wikidata id": state_ids,
    "places: Wikidata id": place_ids,
    "leaders: Wikidata id": leader_ids,
    "leaders: years": leader_years,
}


def _differences(table: str) -> set[Difference]:
    return {(table, key, mine, said) for key, mine, said, agrees in TABLES[table]() if not agrees}


@lru_cache
def _listed() -> dict[Difference, str]:
    return {(row["table"], row["key"], row["ours"], row["theirs"]): row["explanation"] for row in _rows(LISTED)}


@pytest.mark.parametrize("table", TABLES)
def test_disagreements_are_listed(table: str) -> None:
    found = _differences(table)
    listed = {difference for difference in _listed() if difference[0] == table}
    assert not found - listed, "not in disagreements.csv: mend our table, or list it with an explanation"
    assert not listed - found, "listed in disagreements.csv, but no longer there: take it out"


def test_listed_ones_are_explained() -> None:
    assert len(_listed()) == len(list(_rows(LISTED)))
    assert {difference[0] for difference in _listed()} <= TABLES.keys()
    assert all(_listed().values())


@lru_cache
def _known(kind: str) -> dict[str, list[str]]:
    """The entities of a kind by folded name."""
    found: dict[str, list[str]] = defaultdict(list)
    for entity in load().entities.values():
        if entity.kind == kind:
            for name in (entity.label, *entity.aliases):
                found[_fold(name)].append(entity.iri)
    return found


def _person(name: str) -> list[str]:
    """The persons of a name as the State Department writes it: with a title, and often with middle names."""
    folded = _fold(name)
    titles = sorted(load().offices, key=len, reverse=True)
    plain = next((folded[len(title) + 1 :] for title in titles if folded.startswith(f"{title} ")), folded)
    words = plain.split()
    people = _known("Person")
    return people.get(folded) or people.get(plain) or people.get(f"{words[0]} {words[-1]}") or []


def _in_office(people: Iterable[str], day: str) -> bool:
    return any(
        tenure.holder in people
        and tenure.begin <= day[: len(tenure.begin)]
        and (not tenure.end or tenure.end >= day[: len(tenure.end)])
        for tenure in load().tenures
    )


def shares() -> Iterator[tuple[str, int, int, float]]:
    """What of the visits and trips is found: the kind of name, how many there are, how many we have, and the least share."""
    visits, trips = theirs("histstate/visits.tsv"), theirs("histstate/trips.tsv")
    late = [row for row in visits if row["start"] >= "2015"]
    states, places = _known("State"), {**_known("Place"), **_known("State")}
    towns = [town for row in trips for town in map(_fold, row["locale"].split(",")) if town]
    found = [(people, row["start"]) for row in late if (people := _person(row["visitor"]))]
    yield "visits: country", len(visits), sum(_fold(row["from"]) in states for row in visits), 0.97
    yield "visits: visitor", len(visits), sum(bool(_person(row["visitor"])) for row in visits), 0.65
    yield "visits since 2015: visitor", len(late), len(found), 0.85
    yield "visits since 2015: in office", len(found), sum(_in_office(*each) for each in found), 0.95
    yield "trips: country", len(trips), sum(_fold(row["country"]) in states for row in trips), 0.97
    yield "trips: place", len(towns), sum(town in places for town in towns), 0.9


def test_agreement(capsys: pytest.CaptureFixture[str]) -> None:
    """Print what was compared and how much of it agrees; hold the shares of names found to their floors."""
    form = "{:<34}{:>6}{:>7}{:>8.1%}"
    lines = ["", f"{'compared with ../shared/reference':<34}{'rows':>6}{'agree':>7}{'share':>8}{'listed':>8}"]
    for table, pairs in TABLES.items():
        agreed = [agrees for *_, agrees in pairs()]
        listed = sum(difference[0] == table for difference in _listed())
        lines.append(form.format(table, len(agreed), sum(agreed), sum(agreed) / len(agreed)) + f"{listed:>8}")
    found = list(shares())
    lines += [form.format(name, total, have, have / total) for name, total, have, _ in found]
    with capsys.disabled():
        print("\n".join(lines))
    assert not [name for name, total, have, least in found if have < least * total]
