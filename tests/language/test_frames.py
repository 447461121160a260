"""The ontology's frames filled: types settle what syntax leaves open, and what nearly fired says why not."""

from datetime import date

import pytest
from told import Tell

from dipgraph.language.reader import Reader
from dipgraph.model import Document


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin presented Kim Jong-un with the Order of Friendship.",
        "Vladimir Putin gave Kim Jong-un the Order of Friendship.",
        "Vladimir Putin presented the Order of Friendship to Kim Jong-un.",
        "Kim Jong-un was awarded the Order of Friendship by Vladimir Putin.",
        "The Order of Friendship was conferred on Kim Jong-un by Vladimir Putin.",
        "Kim Jong-un was decorated by Vladimir Putin with the Order of Friendship.",
        "Kim Jong-un received the Order of Friendship from Vladimir Putin.",
        "Kim Jong-un, who was decorated with the Order of Friendship by Vladimir Putin, smiled.",
    ],
)
def test_one_event_in_many_dresses(tell: Tell, text: str) -> None:
    (claim,) = tell(text, "HonourAward")
    assert claim.roles == {
        "awarder": {"Vladimir Putin"},
        "recipient": {"Kim Jong-un"},
        "honour": {"Order of Friendship"},
    }


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        ("Germany is an ally of France.", "AlliedWith", {"ally": {"Germany", "France"}}),
        ("Turkey, an ally of Azerbaijan, closed the border.", "AlliedWith", {"ally": {"Turkey", "Azerbaijan"}}),
        ("Russia cut its ties with Ukraine.", "RelationsSevered", {"party": {"Russia", "Ukraine"}, "initiator": {"Russia"}}),
        ("Poland summoned the Russian ambassador.", "AmbassadorRecalled", {"actor": {"Poland"}, "target": {"Russia"}}),
        ("Kosovo was recognised by Japan.", "Recognition", {"recognizer": {"Japan"}, "recognized": {"Kosovo"}}),
        ("Germany provided weapons to Ukraine.", "Support", {"provider": {"Germany"}, "beneficiary": {"Ukraine"}}),
        ("Finland was criticised by Russia.", "Criticism", {"critic": {"Russia"}, "criticized": {"Finland"}}),
        ("France and Germany met.", "Meeting", {"participant": {"France", "Germany"}}),
        ("The United States imposed sanctions on Iran and Syria.", "Sanction", {"imposer": {"United States"}, "target": {"Iran", "Syria"}}),
    ],
)  # fmt: skip
def test_kinds(tell: Tell, text: str, kind: str, roles: dict[str, set[str]]) -> None:
    assert roles in [claim.roles for claim in tell(text, kind)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("He gave the order to fire.", "HonourAward"),
        ("Emmanuel Macron met his critics.", "Meeting"),
        ("The company signed a contract with a supplier.", "AgreementSigning"),
        ("The Turkish team cut its losses.", "RelationsSevered"),
        ("Emmanuel Macron visited an exhibition.", "Visit"),
    ],
)
def test_a_trigger_alone_tells_nothing(tell: Tell, text: str, kind: str) -> None:
    assert tell(text, kind) == []


def test_a_closed_consulate_is_no_break_of_relations(tell: Tell) -> None:
    assert tell("Sweden shut down the Iranian consulate in Gothenburg.", "RelationsSevered") == []


@pytest.mark.parametrize("words", ["Brazil counts Bolivia", "Bolivia is counted", "Bolivia is"])
def test_who_is_counted_among_others_is_one_of_them(tell: Tell, words: str) -> None:
    (claim,) = tell(f"{words} among the members of Mercosur.", "AllianceMembership")
    assert claim.roles["member"] == {"Bolivia"}


def test_of_the_bodies_in_a_title_the_last_spoken_of_is_meant(reader: Reader) -> None:
    text = (
        "Benin left the African Union.\n\nKenya leads ECOWAS. Togo met Chad. Peru met Cuba. Iran met Iraq. Laos met Nepal. "
        "Morocco acceded in May."
    )
    read = reader.read(Document("a", text, title="African Union and ECOWAS in trouble")).claims
    (claim,) = [claim for claim in read if claim.kind == "Accession"]
    assert [e.label for e in claim.roles["alliance"]] == ["Economic Community of West African States"]


def test_nobody_meets_himself(tell: Tell) -> None:
    assert tell("Vladimir Putin met Putin.", "Meeting") == []


def test_two_titled_persons_hold_two_offices(tell: Tell) -> None:
    text = "French President Emmanuel Macron met Russian President Vladimir Putin."
    found = tell(text, "OfficeHolding", date(2020, 1, 1))
    assert [(c.roles["holder"], c.roles["polity"]) for c in found] == [
        ({"Emmanuel Macron"}, {"France"}),
        ({"Vladimir Putin"}, {"Russia"}),
    ]
    (meeting,) = tell(text, "Meeting", date(2020, 1, 1))
    assert meeting.roles == {"participant": {"Emmanuel Macron", "Vladimir Putin"}}


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("Emmanuel Macron visited an exhibition.", "Visit", "role destination has 0 of 1 fillers"),
        ("The Turkish team cut its losses.", "RelationsSevered", "its object is none of: "),
    ],
)
def test_what_nearly_fired_says_why_not(reader: Reader, text: str, kind: str, reason: str) -> None:
    misses = [m.reason for m in reader.read(Document("a", text), thorough=True).misses if m.frame.kind == kind]
    assert any(miss.startswith(reason) for miss in misses)


def test_a_role_that_the_words_do_not_tell_stays_open(tell: Tell) -> None:
    (claim,) = tell("Turkey criticised the invasion of Ukraine.", "Criticism")
    assert claim.roles == {"critic": {"Turkey"}}
