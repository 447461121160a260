from dataclasses import replace
from typing import Any

import pytest
from network_sample import A, B, C, fact, ontology, store

from dipgraph.model import Fact
from dipgraph.network import chains, projection
from dipgraph.network.occurrences import occurrences

RULES = ontology()


def graph(*facts: Fact) -> Any:
    return projection.entities(store(*facts), RULES)


def row(name: str, time: str, one: Any = A, other: Any = B) -> Fact:
    return fact(name, "Quarrel", angry=one, blamed=other, time=time)


def chat(name: str, time: str, *talkers: Any) -> Fact:
    return fact(name, "Chat", talker=talkers or (A, B), time=time)


def test_steps_are_what_leads_or_is_led_to() -> None:
    assert chains.steps(RULES) == {"Quarrel", "Chat", "Gift"}


def test_how_often_a_link_holds() -> None:
    seen = graph(
        row("1", "2012-01-01"), chat("2", "2012-01-11"),
        row("3", "2012-06-01", B, A),  # whichever way
        chat("4", "2013-05-31"),  # 364 days on
        row("5", "2012-01-01", A, C), chat("6", "2014-01-01", A, C),  # too late
        row("7", "2014-03-01", B, C),  # not over before the graph ends
        fact("8", "Quarrel", angry=A, blamed=B),  # undated
    )  # fmt: skip
    first, second = chains.links(seen, RULES)
    assert (first.first, first.second, second.first, second.second) == ("quarrel", "chat", "chat", "gift")
    assert (first.starts, first.followed, first.open) == (4, 2, 1)
    assert first.share == pytest.approx(2 / 3) and first.median_least_days == (10 + 364) / 2
    assert first.facts == (("fact/1", "fact/2"), ("fact/3", "fact/4")) and first.missed == ("fact/5",)
    assert (second.starts, second.followed, second.open, second.share) == (
        3,
        0,
        2,
        0,
    )  # the last two have not had their 365 days
    assert [link.followed for link in chains.links(seen, RULES, within=30)] == [1, 0]


def test_vague_times_may_be_near() -> None:
    # In the same month, and a month of which the last day is ten days off.
    seen = graph(row("1", "2012-03-20"), chat("2", "2012-03"), row("3", "2012-05"), chat("4", "2012-06-10"))
    assert chains.links(seen, RULES)[0].median_least_days == 5.0  # 0 and 10
    assert not any(link.followed for link in chains.links(graph(row("1", "2012-04-01"), chat("2", "2012-03")), RULES))


def test_chains_go_as_far_as_they_went() -> None:
    seen = graph(
        row("1", "2012-01-01"), chat("2", "2012-01-11"), fact("3", "Gift", giver=B, getter=A, time="2012-02"),
        chat("4", "2012-03-01", A, C), row("5", "2013-01-01", B, C),
    )  # fmt: skip
    longest, *others = chains.chains(seen, RULES)
    assert (longest.source, longest.target, longest.length, longest.days) == ("A", "B", 3, 31)
    assert longest.kinds == ("quarrel", "chat", "gift") and longest.facts == ("fact/1", "fact/2", "fact/3")
    assert longest.times == ("2012-01-01", "2012-01-11", "2012-02")
    assert [each.facts for each in others] == [("fact/4",), ("fact/5",)]


def test_an_answer_comes_from_the_other_side() -> None:
    """An invitation is answered when who was invited acts: not by the inviter's own visit, on which it may have been made."""
    rules = ontology()
    asking = replace(rules.kinds["Quarrel"], name="Plea", label="plea", leads_to=(), answered_by=("Gift",))
    rules = replace(rules, kinds={**rules.kinds, "Plea": asking})
    plea = fact("1", "Plea", angry=A, blamed=B, time="2012-01-01")
    mine, theirs = (
        fact(n, "Gift", giver=a, getter=b, time=t)
        for n, a, b, t in (("2", A, B, "2012-01-01"), ("3", B, A, "2012-02-01"))
    )

    def followed(*facts: Fact) -> dict[str, tuple[tuple[str, str], ...]]:
        seen = projection.entities(store(*facts), rules)
        return {link.first: link.facts for link in chains.links(seen, rules)}

    assert followed(plea, mine)["plea"] == ()
    assert followed(plea, mine, theirs)["plea"] == (("fact/1", "fact/3"),)
    both = projection.entities(store(plea, mine, theirs), rules)
    assert [each.facts for each in chains.chains(both, rules)] == [("fact/1", "fact/3"), ("fact/2",)]


def test_nothing_makes_no_chain() -> None:
    assert chains.chains(graph(), RULES) == ()
    assert [(link.starts, link.share, link.median_least_days) for link in chains.links(graph(), RULES)] == [
        (0, None, None)
    ] * 2


def test_days_between_occurrences() -> None:
    ((first, second),) = occurrences(graph(row("1", "2012-01"), chat("2", "2012-03-02")), {"Quarrel", "Chat"}).values()
    assert (first.days_until(second), second.days_until(first), first.days_until(first)) == (31, -31, 0)
