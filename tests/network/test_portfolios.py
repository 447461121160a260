from datetime import date
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_sample import CLUB, TOWN, A, B, C, D, Store, entity, fact, ontology

from dipgraph.model import Document, Fact, Gazetteer, Tenure
from dipgraph.network import agreement, portfolios, projection
from dipgraph.network.portfolios import JOIN, Membership

RULES = ontology()
UNION = entity("union", "Alliance")
OPEN = (date.min, date.max)
DAY = date(2015, 1, 1)


def told(*facts: Fact) -> tuple[Membership, ...]:
    texts = (Document("one", "They are in.", "T", date(2013, 5, 1)),)
    return portfolios.told(projection.entities(Store(facts, texts), RULES), RULES)


def test_memberships_as_they_are_told() -> None:
    found = told(
        fact("1", "Pact", bound=A, body=CLUB, time="2010"),
        fact("2", "Exit", bound=A, body=CLUB, time="2014-03-01"),
        fact("3", "Entry", bound=B, body=CLUB, time="2012-06"),
        fact("4", "Pact", bound=B, body=CLUB),
        fact("5", "Pact", bound=C, body=CLUB),
        fact("6", "Exit", bound=D, body=CLUB, time="2011"),
        fact("7", "Chat", talker=(A, D), time="2011"),
    )
    assert found == (
        Membership(A.iri, CLUB.iri, date(2010, 1, 1), date(2014, 3, 1), ("fact/1", "fact/2")),
        Membership(B.iri, CLUB.iri, date(2012, 6, 1), date.max, ("fact/3", "fact/4")),
        Membership(C.iri, CLUB.iri, date(2013, 5, 1), date.max, ("fact/5",)),  # from its publication on
    )


def test_allies_without_a_body_are_a_body_of_two() -> None:
    one, other = told(fact("1", "Bond", friend=(B, A), time="2010/2012"))
    assert one.body == other.body == JOIN.join((A.iri, B.iri)) and {one.state, other.state} == {A.iri, B.iri}
    assert one.holds(date(2012, 12, 31)) and not one.holds(date(2013, 1, 1))
    (row, _) = portfolios.described((one, other), {A.iri: "A", B.iri: "B"})
    assert (row.body_label, row.begin, row.end, row.facts) == ("A and B", "2010-01-01", "2012-12-31", ("fact/1",))


def test_memberships_that_the_gazetteer_knows() -> None:
    names = Gazetteer(
        entities={e.iri: e for e in (A, B, CLUB, TOWN)},
        memberships=(Tenure(A.iri, "", CLUB.iri, "1999-03", ""), Tenure(B.iri, "", TOWN.iri), Tenure(B.iri, "", "?")),
    )
    assert portfolios.known(names, RULES) == (Membership(A.iri, CLUB.iri, date(1999, 3, 1), date.max),)


def joint(*belonging: str) -> tuple[Membership, ...]:
    """ "A1" is state A in body 1."""
    return tuple(Membership(each[0], each[1], *OPEN, (f"fact {each}",)) for each in belonging)


def test_similarity_by_hand() -> None:
    # A and B are in 1, B and C in 2. Allies, oneself included: A: AB, B: ABC, C: BC.
    rows = {(row.source, row.target): row for row in portfolios.similarities(joint("A1", "B1", "B2", "C2"), DAY)}
    assert rows["A", "B"].s == pytest.approx(1 - 2 * 1 / 3) and rows["A", "C"].s == pytest.approx(1 - 2 * 2 / 3)
    # A = (1,1,0), C = (0,1,1): one of three agrees; by chance 5/9 would: kappa = pi = (1/3 - 5/9)/(4/9) = -1/2.
    assert rows["A", "C"].kappa == pytest.approx(-0.5) and rows["A", "C"].pi == pytest.approx(-0.5)
    # B is allied with all. Against A = (1,1,0) chance agrees in 2/3, as observed: kappa 0; pi = (2/3 - 13/18)/(5/18).
    assert rows["A", "B"].kappa == pytest.approx(0) and rows["A", "B"].pi == pytest.approx(-0.2)
    assert (rows["A", "B"].shared, rows["A", "B"].jaccard) == (1, 0.5) and rows["A", "C"].jaccard == 0
    assert rows["A", "B"].facts == ("fact A1", "fact B1") and rows["A", "C"].facts == ()
    assert portfolios.similarities((), DAY) == ()


def test_states_without_an_ally_belong_to_the_system() -> None:
    # A: AB of five states, C: BC: they differ in A and C. X and Y are allied with nobody, and so not compared.
    rows = portfolios.similarities(joint("A1", "B1", "B2", "C2"), DAY, system=("A", "X", "Y"))
    assert {(row.source, row.target): row.s for row in rows} == pytest.approx(
        {("A", "B"): 0.6, ("B", "C"): 0.6, ("A", "C"): 0.2}
    )


def test_defence_pacts_are_told_from_other_bodies() -> None:
    names = Gazetteer(entities={e.iri: e for e in (CLUB, UNION)}, pacts=frozenset({UNION.iri}))
    found = [Membership(A.iri, body, *OPEN) for body in (CLUB.iri, UNION.iri, "new", JOIN.join((A.iri, B.iri)))]
    assert portfolios.pacts(found, names) == (*found[1:],)


def test_the_system_is_who_belongs_to_anything() -> None:
    names = Gazetteer(memberships=(Tenure(A.iri, "", TOWN.iri, "1999-03", "2004"), Tenure(B.iri, "", CLUB.iri)))
    assert portfolios.system(names, date(2004, 12, 31)) == {A.iri, B.iri}
    assert portfolios.system(names, date(2005, 1, 1)) == {B.iri}


def table(a: int, b: int, c: int, d: int) -> "np.ndarray":  # type: ignore[type-arg]
    """Two raters who both say yes a times, only the first b times, only the second c times, neither d times."""
    return np.array([[1.0] * (a + b) + [0.0] * (c + d), [1.0] * a + [0.0] * b + [1.0] * c + [0.0] * d])


def test_kappa_and_pi_as_in_the_textbook() -> None:
    """The grant proposals of Wikipedia's article on Cohen's kappa: 20, 5, 10, 15 give 0.4; pi by hand (0.7 - 0.505)/0.495."""
    rows = table(20, 5, 10, 15)
    assert agreement.kappas(rows)[0, 1] == pytest.approx(0.4)
    assert agreement.pis(rows)[1, 0] == pytest.approx((0.7 - 0.505) / 0.495)
    assert isnan(agreement.kappas(table(3, 0, 0, 0))[0, 1]) and isnan(agreement.pis(table(3, 0, 0, 0))[0, 1])


def test_s_of_opposites_and_equals() -> None:
    x = np.array([0.0, 3.0, 3.0])
    assert agreement.s_scores(np.array([x, 3 - x]), 3).tolist() == [[1, -1], [-1, 1]]


counts = st.integers(0, 6)


@given(counts, counts, counts, counts)
def test_chance_corrected_measures_of_two_values_are_the_classical_ones(a: int, b: int, c: int, d: int) -> None:
    """Häge (2011): squared distances of 0 and 1 give Cohen's (1960) kappa and Scott's (1955) pi."""
    n = a + b + c + d
    if not n:
        return
    rows = table(a, b, c, d)
    first, second = (a + b) / n, (a + c) / n
    for found, chance in (
        (agreement.kappas(rows)[0, 1], first * second + (1 - first) * (1 - second)),
        (agreement.pis(rows)[0, 1], ((first + second) / 2) ** 2 + (1 - (first + second) / 2) ** 2),
    ):
        expected = ((a + d) / n - chance) / (1 - chance) if chance < 1 else nan
        assert found == pytest.approx(expected, nan_ok=True)


def test_cohesion_by_hand() -> None:
    # 1 joins A, B, C; 2 joins C and D. Triples with two ties: 3 in the triangle, 2 at C to D: 3 of 5 are closed.
    found = portfolios.cohesion(joint("A1", "B1", "C1", "C2", "D2"), DAY)
    assert (found.states, found.bodies, found.memberships, found.ties) == (4, 2, 5, 4)
    assert found.density == pytest.approx(4 / 6) and found.closure == pytest.approx(3 / 5)
    # Two states of two bodies both are a square of states and bodies: every chain of three is closed.
    assert portfolios.cohesion(joint("A1", "B1", "A2", "B2"), DAY).two_mode_closure == 1
    nothing = portfolios.cohesion((), DAY)
    assert (nothing.states, nothing.density, nothing.closure, nothing.two_mode_closure) == (0, None, None, None)


def test_alliances_of_a_day() -> None:
    held = Membership("A", "1", date(2000, 1, 1), date(2009, 12, 31)), *joint("B1", "A2", "B2")
    assert portfolios.alliances(held, date(2005, 1, 1)).edges["A", "B"] == {"bodies": ("1", "2"), "weight": 2}
    assert portfolios.alliances(held, date(2010, 1, 1)).edges["A", "B"] == {"bodies": ("2",), "weight": 1}
