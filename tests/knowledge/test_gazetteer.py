"""The gazetteer from made-up tables, and each fault that a table can have."""

import time
from pathlib import Path

import pytest

from dipgraph.errors import InputError
from dipgraph.knowledge.gazetteer import TABLES, load
from dipgraph.model import ID, Tenure

ROWS = {
    "states.csv": [
        "AAA,,,,Q1,Arland,Republic of Arland,Old Arland,Arish|Arlander,Arton,Red House|Bexton,1990-01-02,,true,,x",
        "BBB,,,,,Beland,Kingdom of Beland,,Belish,Arton,The Tower,1900,1989-12-31,false,AAA,x",
    ],
    "places.csv": ["arton,Arton,Artona,AAA,city,Q2,x"],
    "organizations.csv": ["pact,Alliance,The Pact,TP,1950,,Arton,Q3,true,x", "club,Organization,The Club,,,,,,,x"],
    "memberships.csv": ["pact,AAA,1991-05,,member,x", "pact,BBB,1960,1970,observer,x"],
    "honours.csv": ["order-of-a,Order of A,,AAA,1920,Q4,x", "club-medal,Club Medal,,club,,,x"],
    "offices.csv": ["prime minister,PM|Premier,head-of-government,x", "premier,,regional,x"],
    "officeholders/a.csv": [
        "jo-bloggs,Jo Bloggs,J. Bloggs,AAA,prime minister,head-of-government,2000-01-01,2004,Q5,x",
        "jo-bloggs,Jo Bloggs,Joanna Bloggs,club,secretary general,head,2005,,Q5,x",
    ],
}


def write(folder: Path, rows: dict[str, list[str]]) -> Path:
    for name, lines in rows.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = TABLES[name.split("/")[0]].replace(" ", ",")
        path.write_text("\n".join([columns, *lines]) + "\n", encoding="utf-8")
    return folder


def test_tables_become_entities(tmp_path: Path) -> None:
    entities = load(write(tmp_path, ROWS)).entities
    state = entities[f"{ID}state/AAA"]
    assert (state.kind, state.label, state.description) == ("State", "Arland", "state, 1990–")
    assert state.aliases == ("Republic of Arland", "Old Arland")
    assert state.same_as == ("http://www.wikidata.org/entity/Q1",)
    assert entities[f"{ID}organization/pact"].kind == "Alliance"
    assert entities[f"{ID}honour/order-of-a"].country == f"{ID}state/AAA"
    assert entities[f"{ID}honour/club-medal"].country == f"{ID}organization/club"
    assert entities[f"{ID}place/arton"].country == f"{ID}state/AAA"
    assert entities[f"{ID}office/prime-minister"].aliases == ("PM", "Premier")
    assert entities[f"{ID}person/jo-bloggs"].aliases == ("J. Bloggs", "Joanna Bloggs")


def test_tenures_and_words(tmp_path: Path) -> None:
    found = load(write(tmp_path, ROWS))
    person = f"{ID}person/jo-bloggs"
    assert found.tenures == (
        Tenure(person, "prime minister", f"{ID}state/AAA", "2000-01-01", "2004", "head-of-government"),
        Tenure(person, "secretary general", f"{ID}organization/club", "2005", "", "head"),
    )
    assert found.memberships == (Tenure(f"{ID}state/AAA", "member", f"{ID}organization/pact", "1991-05", ""),)
    assert found.pacts == {f"{ID}organization/pact"}
    assert found.seats["Arton"] == f"{ID}state/AAA"  # and not the former state that sat there
    assert found.seats["The Tower"] == f"{ID}state/BBB"
    assert found.demonyms["Arlander"] == f"{ID}state/AAA"
    assert found.offices == {"prime minister": "prime minister", "pm": "prime minister", "premier": "premier"}


def test_an_extra_folder_adds_rows_and_aliases(tmp_path: Path) -> None:
    main = write(tmp_path / "main", ROWS)
    extra = write(
        tmp_path / "extra",
        {"places.csv": ["arton,Arton City,,AAA,city,,x", "cove,Cove,,BBB,town,,x"]},
    )
    entities = load(main, [extra]).entities
    assert entities[f"{ID}place/arton"].aliases == ("Artona", "Arton City")
    assert f"{ID}place/cove" in entities


FAULTS = [
    ("places.csv", "x,Ex,,ZZZ,city,,s", "column state: 'ZZZ' is not in states.csv"),
    ("places.csv", "arton,Again,,AAA,city,,s", "column id: 'arton' is already on line 2"),
    ("places.csv", "x y,Ex,,AAA,city,,s", "column id: 'x y' is not an id"),
    ("places.csv", "x,,,AAA,city,,s", "column name: is empty"),
    ("places.csv", "x,Ex,,AAA,city,159,s", "column wikidata: '159' is not a Wikidata id"),
    ("places.csv", "x,Ex, or Why,,AAA,city,,s", "8 cells where the header has 7"),
    ("places.csv", "x,Ex", "2 cells where the header has 7"),
    ("organizations.csv", "x,Gang,Ex,,,,,,,s", "column class: 'Gang' is none of Alliance, Organization"),
    ("organizations.csv", "x,Alliance,Ex,,1950-1,,,,,s", "column begin: '1950-1' is not a date"),
    ("organizations.csv", "x,Alliance,Ex,,1950-02-30,,,,,s", "'1950-02-30' is not a day of the calendar"),
    ("organizations.csv", "x,Alliance,Ex,,1950-03,1949,,,,s", "column end: 1949 is before the begin, 1950-03"),
    ("organizations.csv", "x,Alliance,Ex,,,,,,yes,s", "column defence: 'yes' is neither true nor empty"),
    ("memberships.csv", "nobody,AAA,,,member,s", "column organization: 'nobody' is not in organizations.csv"),
    ("honours.csv", "x,Ex,,ZZZ,,,s", "column country: 'ZZZ' is not in states.csv or organizations.csv"),
    ("officeholders/a.csv", "x,Ex,,ZZZ,king,,,,,s", "column polity: 'ZZZ'"),
    ("officeholders/a.csv", "jo-bloggs,Jo,,AAA,king,,,,Q6,s", "'jo-bloggs' is Q5 in a.csv, line 2"),
]


@pytest.mark.parametrize(("table", "line", "message"), FAULTS)
def test_each_fault_is_named_with_its_place(tmp_path: Path, table: str, line: str, message: str) -> None:
    lines = [*ROWS[table], line]
    with pytest.raises(InputError) as error:
        load(write(tmp_path, {**ROWS, table: lines}))
    assert message in str(error.value)
    assert f"{Path(table).name}, line {len(lines) + 1}, column" in str(error.value)


def test_all_faults_at_once(tmp_path: Path) -> None:
    bad = {**ROWS, "places.csv": ["x,,,ZZZ,city,,s"], "honours.csv": ["y,Why,,ZZZ,,,s"]}
    with pytest.raises(InputError) as error:
        load(write(tmp_path, bad))
    assert len(str(error.value).splitlines()) == 3


def test_missing_table_missing_column_and_foreign_encoding(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    (tmp_path / "honours.csv").unlink()
    (tmp_path / "places.csv").write_text("id,name\n", encoding="utf-8")
    (tmp_path / "offices.csv").write_bytes("title,synonyms,level,source\nprésident,,,\n".encode("latin-1"))
    with pytest.raises(InputError) as error:
        load(tmp_path)
    text = str(error.value)
    assert "honours.csv: this table is missing" in text
    assert "places.csv, line 1: no column aliases, state" in text
    assert "offices.csv: cannot be read" in text


def test_the_shipped_tables_load_fast() -> None:
    start = time.perf_counter()
    found = load()
    assert time.perf_counter() - start < 2  # 0.1 s here; the limit allows for a busy machine
    assert found.entities[f"{ID}state/RUS"].label == "Russia"
    assert load() is found
