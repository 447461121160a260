"""The shipped tables by themselves: whole, dated, sourced, and as many as they should be."""

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from functools import lru_cache
from pathlib import Path

import frontmatter
import pytest

from dipgraph.knowledge.gazetteer import TABLES, load

DATA = Path(__file__).parents[2] / "data"
COUNTS = "confidence.csv"
"""Counts of how often dipgraph is right: no table of the gazetteer."""
FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv") if path.name != COUNTS)
ARTICLES = sorted((DATA / "articles").glob("*.md"))
YEARS = range(2015, 2026)
Row = dict[str, str]

NO_HOLDER: dict[tuple[str, str], dict[int, str]] = {
    ("head-of-state", "HTI"): dict.fromkeys((2022, 2023), "vacant since the murder of Jovenel Moïse, July 2021"),
    ("head-of-state", "LBN"): {
        2015: "vacant from May 2014 to October 2016",
        2023: "vacant from October 2022 to January 2025",
        2024: "vacant from October 2022 to January 2025",
    },
}
"""Years in which a state had no holder at all, and why; every other gap is a fault."""

KEYS: dict[str, tuple[str, ...]] = {
    "states.csv": ("iso3",),
    "places.csv": ("id",),
    "organizations.csv": ("id",),
    "memberships.csv": ("organization", "state", "begin", "status"),
    "honours.csv": ("id",),
    "offices.csv": ("title",),
    "officeholders": ("id", "polity", "office", "begin"),
}


@lru_cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a file, or of all files of a folder."""
    paths = sorted((DATA / name).glob("*.csv")) if (DATA / name).is_dir() else [DATA / name]
    found: list[Row] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file, strict=True)
    return tuple(found)


def _table(name: str) -> str:
    return name.split("/")[0]


def test_loads() -> None:
    """The loader checks ids, dates and what rows refer to; it finds nothing to fault."""
    assert load().entities
    assert {_table(name) for name in FILES} == TABLES.keys()


@pytest.mark.parametrize("name", FILES)
def test_columns_and_cells(name: str) -> None:
    assert all(list(row) == TABLES[_table(name)].split() for row in rows(name))
    for row in rows(name):
        for cell in row.values():
            assert cell == cell.strip(), row
            assert "" not in cell.split("|") or not cell, f"an empty item in a list: {row}"
            assert "\n" not in cell, row


@pytest.mark.parametrize("name", FILES)
def test_dates(name: str) -> None:
    for row in rows(name):
        dates = {column: row[column] for column in ("begin", "end", "established") if row.get(column)}
        for value in dates.values():
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value), row
            date.fromisoformat(f"{value}-01-01"[:10])
        if "begin" in dates and "end" in dates:
            shared = min(len(dates["begin"]), len(dates["end"]))
            assert dates["begin"][:shared] <= dates["end"][:shared], row


@pytest.mark.parametrize("name", FILES)
def test_sources(name: str) -> None:
    """Every row says where it can be checked; only words without a reference (offices) may say `general`."""
    allowed = ("https://", "http://", "general") if name == "offices.csv" else ("https://", "http://")
    assert not [row for row in rows(name) if not row["source"].startswith(allowed)]


@pytest.mark.parametrize(("table", "key"), KEYS.items())
def test_keys_are_unique(table: str, key: tuple[str, ...]) -> None:
    counted = Counter(tuple(row[column] for column in key) for row in rows(table))
    assert not [each for each, count in counted.items() if count > 1]


@pytest.mark.parametrize(
    ("table", "column", "targets"),
    [
        ("states.csv", "successors", ("states.csv",)),
        ("places.csv", "state", ("states.csv",)),
        ("memberships.csv", "state", ("states.csv",)),
        ("memberships.csv", "organization", ("organizations.csv",)),
        ("honours.csv", "country", ("states.csv", "organizations.csv")),
        ("officeholders", "polity", ("states.csv", "organizations.csv")),
    ],
)
def test_references_resolve(table: str, column: str, targets: tuple[str, ...]) -> None:
    known = {row[KEYS[target][0]] for target in targets for row in rows(target)}
    named = {name for row in rows(table) for name in row[column].split("|") if name}
    assert not named - known


@pytest.mark.parametrize("table", ["states.csv", "organizations.csv", "honours.csv", "officeholders"])
def test_wikidata_ids_mean_one_thing(table: str) -> None:
    things: dict[str, set[str]] = defaultdict(set)
    for row in rows(table):
        if row["wikidata"]:
            things[row["wikidata"]].add(row[KEYS[table][0]])
    assert not {qid: ids for qid, ids in things.items() if len(ids) > 1}


def test_states() -> None:
    states = {row["iso3"]: row for row in rows("states.csv")}
    members = [row for row in states.values() if row["un_member"] == "true"]
    assert len(members) == 193
    assert all(re.fullmatch("[A-Z]{2}", row["iso2"]) and not row["end"] for row in members)
    assert all(states[code]["un_member"] == "false" for code in ("VAT", "PSE", "TWN", "XKX"))
    for code in ("SUN", "CSK", "YUG", "SCG", "DDR", "VDR", "YMD"):
        assert states[code]["end"] and states[code]["successors"], code
    assert all(row["successors"] for row in states.values() if row["end"])
    codes = [row["iso2"] for row in states.values() if row["iso2"]]
    assert len(codes) == len(set(codes))


def test_alliances() -> None:
    """At least 40 alliances, each with members whose time in it has a beginning."""
    dated = Counter(row["organization"] for row in rows("memberships.csv") if row["begin"])
    alliances = [row["id"] for row in rows("organizations.csv") if row["class"] == "Alliance"]
    assert sum(dated[each] >= 2 for each in alliances) >= 40


def test_honours() -> None:
    """At least 150 with a state that confers them; one without a state or organisation is listed as international."""
    states = {row["iso3"] for row in rows("states.csv")}
    assert sum(row["country"] in states for row in rows("honours.csv")) >= 150
    without = {row["id"] for row in rows("honours.csv") if not row["country"]}
    assert without == INTERNATIONAL


INTERNATIONAL = {
    "charlemagne-prize",  # the city of Aachen
    "fifa-order-of-merit",
    "fifa-peace-prize",
    "four-freedoms-award",  # the Roosevelt Institute and a Dutch foundation
    "mo-ibrahim-prize",
    "zayed-award-for-human-fraternity",
}
"""Honours of a city, a foundation or a body which is no organisation of ours."""


@pytest.mark.parametrize("role", ["head-of-state", "head-of-government"])
def test_every_member_has_a_holder_every_year(role: str) -> None:
    holders: dict[str, list[Row]] = defaultdict(list)
    for row in rows("officeholders"):
        if row["role"] in (role, "both"):
            holders[row["polity"]].append(row)
    for state in (row["iso3"] for row in rows("states.csv") if row["un_member"] == "true"):
        gaps = {year for year in YEARS if not any(_held(row, str(year)) for row in holders[state])}
        assert gaps == set(NO_HOLDER.get((role, state), ())), f"{role} of {state}"


def _held(row: Row, year: str) -> bool:
    return row["begin"][:4] <= year and (not row["end"] or row["end"][:4] >= year)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_articles(path: Path) -> None:
    article = frontmatter.load(str(path))
    assert article["title"] and article.content.strip()
    assert isinstance(article["published"], date)


def _readme() -> str:
    return (DATA / "README.md").read_text(encoding="utf-8")


def test_readme_has_every_file() -> None:
    said = dict(re.findall(r"^\| `(.+?)` \| ([\d,]+) \|", _readme(), re.M))
    counted = {**{name: len(rows(name)) for name in FILES}, "articles/": len(ARTICLES)}
    assert said == {name: f"{count:,}" for name, count in counted.items()}
    for columns in TABLES.values():
        assert f"Columns: `{columns}`" in _readme(), "a section with the columns as the loader wants them"


def test_readme_figures() -> None:
    """The other figures of the README, counted again."""
    said = dict(re.findall(r"^\| ([^`|]+?) \| ([\d,]+) \|", _readme(), re.M))
    assert said == {name: f"{count:,}" for name, count in figures().items()}


def figures() -> dict[str, int]:
    def where(table: str, column: str, *values: str) -> int:
        """Rows with one of the values in the column, or with any at all."""
        return sum(row[column] in values if values else bool(row[column]) for row in rows(table))

    holders, polities = rows("officeholders"), Counter(row["polity"] for row in rows("officeholders"))
    return {
        "states: members of the United Nations": where("states.csv", "un_member", "true"),
        "states: dissolved": where("states.csv", "end"),
        "places: cities": where("places.csv", "kind", "city"),
        "places: venues (palaces, ministries, conference sites)": where("places.csv", "kind", "venue"),
        "places: with a Wikidata id": where("places.csv", "wikidata"),
        "organizations: alliances": where("organizations.csv", "class", "Alliance"),
        "organizations: defence pacts": where("organizations.csv", "defence", "true"),
        "memberships: as a full member": where("memberships.csv", "status", "member"),
        "memberships: with a beginning": where("memberships.csv", "begin"),
        "honours: of a state": sum(row["country"].isupper() for row in rows("honours.csv")),
        "honours: with the year of foundation": where("honours.csv", "established"),
        "officeholders: rows": len(holders),
        "officeholders: persons": len({row["id"] for row in holders}),
        "officeholders: states and organisations": len(polities),
        "officeholders: heads of state or government": where(
            "officeholders", "role", "head-of-state", "head-of-government", "both"
        ),
        "officeholders: foreign ministers": where("officeholders", "role", "foreign-minister"),
        "officeholders: rows with a Wikidata id": where("officeholders", "wikidata"),
    }
