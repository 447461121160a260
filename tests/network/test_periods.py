from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_sample import ANN, BOB, CHIEF, CLUB, A, B, C, fact, ontology, store

from dipgraph.errors import InputError
from dipgraph.model import Time
from dipgraph.network import periods, projection

RULES = ontology()
TOLD = (
    fact("chat", "Chat", talker=(A, B), time="2012-03"),
    fact("row", "Quarrel", angry=B, blamed=C, time="2014-12-31"),
    fact("undated", "Chat", talker=(A, C)),
    fact("pact", "Pact", bound=A, body=CLUB, time="2010"),
    fact("exit", "Exit", bound=A, body=CLUB, time="2013-06-15"),
    fact("denied", "Exit", bound=B, body=CLUB, time="2011", status="refuted"),
    fact("stays", "Pact", bound=B, body=CLUB, time="2009"),
    fact("term", "Post", who=ANN, what=CHIEF, whose=A, time="2010/2012"),
    fact("seen", "Post", who=BOB, what=CHIEF, whose=B, time="2010-08"),
)
GRAPH = projection.entities(store(*TOLD), RULES, statuses=None)


def names(graph: object) -> set[str]:
    return {data["fact"].removeprefix("fact/") for *_, data in graph.edges(data=True)}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2008, 1, 1), set()),
        (date(2011, 1, 1), {"pact", "stays", "term", "denied"}),
        (date(2012, 12, 31), {"pact", "stays", "term", "denied", "chat"}),
        # The term is over by its own time, the pact by the exit; the exit that was denied ended nothing.
        (date(2015, 1, 1), {"stays", "denied", "chat", "exit", "row"}),
    ],
)
def test_as_of_a_day(day: date, expected: set[str]) -> None:
    assert names(periods.as_of(GRAPH, RULES, day)) == expected


def test_what_lasts_holds_on_the_last_day_before_its_end() -> None:
    assert "pact" in names(periods.as_of(GRAPH, RULES, date(2013, 6, 15)))
    assert "pact" not in names(periods.as_of(GRAPH, RULES, date(2013, 6, 16)))


def test_what_is_a_persons_is_not_known_to_outlast_the_time_told() -> None:
    assert "seen" in names(periods.as_of(GRAPH, RULES, date(2010, 8, 9)))
    assert "seen" not in names(periods.as_of(GRAPH, RULES, date(2010, 9, 1)))
    assert periods.lasts(Time("2010"), RULES.kind("Pact")) and not periods.lasts(Time("2010/"), RULES.kind("Pact"))
    assert not periods.lasts(Time("2010"), RULES.kind("Chat"))


def test_during() -> None:
    assert names(periods.during(GRAPH, RULES, (date(2014, 1, 1), None))) == {"row", "stays"}
    assert names(periods.during(GRAPH, RULES, (None, date(2009, 6, 1)))) == {"stays"}
    with pytest.raises(InputError, match="give the earlier day first"):
        periods.during(GRAPH, RULES, (date(2014, 1, 1), date(2013, 1, 1)))


def test_during_is_what_the_projection_selects_but_for_what_was_ended() -> None:
    between = (date(2012, 1, 1), date(2013, 1, 1))
    assert names(periods.during(GRAPH, RULES, between)) == names(
        projection.entities(store(*TOLD), RULES, statuses=None, between=between)
    )


def test_a_part_has_the_ends_of_its_edges_only_and_leaves_the_graph_alone() -> None:
    part = periods.during(GRAPH, RULES, (date(2014, 12, 1), date(2014, 12, 31)))
    assert set(part) == {B.iri, C.iri, CLUB.iri}
    assert part.graph == GRAPH.graph and part.nodes[B.iri] == GRAPH.nodes[B.iri]
    assert names(GRAPH) == {each.iri.removeprefix("fact/") for each in TOLD}


def test_series_by_year_and_by_month() -> None:
    by_year = {period.name: names(part) for period, part in periods.series(GRAPH, RULES, "year")}
    assert list(by_year) == ["2009", "2010", "2011", "2012", "2013", "2014"]
    assert by_year["2012"] == {"pact", "stays", "term", "chat"}
    between = date(2011, 2, 1), date(2013, 12, 31)
    assert [period.name for period, _ in periods.series(GRAPH, RULES, "year", between)] == ["2012", "2013"]
    months = periods.periods(GRAPH, "month")
    assert (months[0].name, months[-1].name, len(months)) == ("2009-01", "2014-12", 72)
    assert (months[37].name, months[37].first, months[37].last) == ("2012-02", date(2012, 2, 1), date(2012, 2, 29))
    with pytest.raises(InputError, match="by year or month, not by 'week'"):
        periods.periods(GRAPH, "week")
    assert periods.periods(projection.entities(store(TOLD[2]), RULES), "year") == ()


@given(st.dates(date(2005, 1, 1), date(2020, 1, 1)), st.dates(date(2005, 1, 1), date(2020, 1, 1)))
def test_events_never_vanish_with_time(one: date, other: date) -> None:
    earlier, later = (periods.as_of(GRAPH, RULES, day) for day in sorted((one, other)))
    events = {each.iri.removeprefix("fact/") for each in TOLD if not RULES.kind(each.kind).lasting}
    assert names(earlier) & events <= names(later)
