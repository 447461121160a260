"""Claims that come back to an event already told."""

from dataclasses import replace

from dipgraph import ontology
from dipgraph.language.events import as_named, told_again
from dipgraph.model import ID, Claim, Entity, Span

ONTOLOGY = ontology.load()
PUTIN, KIM, ENVOY, MINISTER = (Entity(f"{ID}person/{n}", "Person", n) for n in ("putin", "kim", "envoy", "minister"))
ORDER = Entity(f"{ID}honour/order", "Honour", "Order of Friendship")
SAID = replace(ORDER, generic=True)


def award(awarder: Entity, recipient: Entity, honour: Entity, start: int = 0) -> Claim:
    roles = {"awarder": (awarder,), "recipient": (recipient,), "honour": (honour,)}
    return Claim("d", "HonourAward", roles, "asserted", (Span(start, start + 1, "x"),))


def test_who_acts_for_others_takes_the_role_of_a_deputy() -> None:
    first, again = told_again([award(PUTIN, KIM, ORDER), award(ENVOY, MINISTER, SAID, 10)], ONTOLOGY)
    assert first.roles == award(PUTIN, KIM, ORDER).roles
    assert again.roles == {
        "awarder": (PUTIN,), "recipient": (KIM,), "honour": (ORDER,), "presenter": (ENVOY,), "receivedBy": (MINISTER,),
    }  # fmt: skip


def test_a_named_honour_given_by_others_to_others_is_another_event() -> None:
    claims = (award(PUTIN, KIM, ORDER), award(ENVOY, MINISTER, ORDER, 10))
    assert told_again(claims, ONTOLOGY) == claims


def test_one_who_gives_the_award_to_a_second_is_no_deputy() -> None:
    claims = (award(PUTIN, KIM, ORDER), award(PUTIN, MINISTER, SAID, 10))
    assert told_again(claims, ONTOLOGY) == claims


def test_what_was_pointed_at_gets_its_name_back() -> None:
    assert as_named(award(PUTIN, KIM, SAID), {ORDER.iri: ORDER}).roles["honour"] == (ORDER,)
