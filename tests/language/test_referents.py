"""Who is meant: family names, pronouns, descriptions, bodies that stand for states, capitals."""

from datetime import date

import pytest
from told import Tell

from dipgraph.language.reader import Reader
from dipgraph.model import Document

PUBLISHED = date(2023, 3, 1)


@pytest.mark.parametrize(
    ("text", "kind", "role", "expected"),
    [
        ("Emmanuel Macron spoke. Macron visited Berlin.", "Visit", "visitor", {"Emmanuel Macron"}),
        ("Mary Thompson spoke. Thompson visited Berlin.", "Visit", "visitor", {"Mary Thompson"}),
        ("Emmanuel Macron came to Rabat. He met Xi Jinping.", "Meeting", "participant", {"Emmanuel Macron", "Xi Jinping"}),
        ("Iran was angry. It condemned Israel.", "Criticism", "critic", {"Iran"}),
        ("Iran was angry. The country condemned Israel.", "Criticism", "critic", {"Iran"}),
        ("Xi Jinping met Emmanuel Macron. They signed an agreement.", "AgreementSigning", "party", {"Xi Jinping", "Emmanuel Macron"}),
        ("France and Japan agreed. Their talks lasted two hours.", "Meeting", "participant", {"France", "Japan"}),
        ("Xi Jinping's trip was long. His visit to Serbia was short.", "Visit", "visitor", {"Xi Jinping"}),
        ("Emmanuel Macron fell ill. His Chinese counterpart Xi Jinping congratulated him.", "Message", "addressee", {"Emmanuel Macron"}),
        ("Emmanuel Macron is here. We condemn Iran, he said.", "Criticism", "critic", {"Emmanuel Macron"}),
        ('"We condemn Iran," Xi Jinping said.', "Criticism", "critic", {"Xi Jinping"}),
        ("Xi Jinping came to Rabat. Emmanuel Macron went there, too.", "Visit", "destination", {"Rabat"}),
        ("France and Japan fell out. The two neighbours cut ties.", "RelationsSevered", "party", {"France", "Japan"}),
        ("Norway decorated Xi Jinping with the Order of Elms, its highest honour. Emmanuel Macron received that order.", "HonourAward", "honour", {"Order of Elms"}),
    ],
)  # fmt: skip
def test_a_later_word_means_an_earlier_name(tell: Tell, text: str, kind: str, role: str, expected: set[str]) -> None:
    assert [claim.roles[role] for claim in tell(text, kind)][-1:] == [expected]


@pytest.mark.parametrize(
    ("text", "kind", "role", "state"),
    [
        ("The Israeli delegation arrived in Doha.", "Visit", "visitor", "Israel"),
        ("The Iranian government condemned Israel.", "Criticism", "critic", "Iran"),
        ("Moscow condemned Ukraine.", "Criticism", "critic", "Russia"),
        ("The Kremlin condemned Ukraine.", "Criticism", "critic", "Russia"),
        ("Washington imposed sanctions on Iran.", "Sanction", "imposer", "United States"),
        ("The South American nation of Chile condemned Israel.", "Criticism", "critic", "Chile"),
        ("Chile issued a statement condemning Israel.", "Criticism", "critic", "Chile"),
        ("The Senate of Chile ratified the treaty.", "AgreementSigning", "party", "Chile"),
    ],
)
def test_a_body_or_seat_stands_for_its_state(tell: Tell, text: str, kind: str, role: str, state: str) -> None:
    assert tell(text, kind)[0].roles[role] == {state}


@pytest.mark.parametrize("city", ["Moscow", "Beijing", "Paris"])
def test_a_capital_after_in_is_the_city(tell: Tell, city: str) -> None:
    (claim,) = tell(f"Emmanuel Macron met Xi Jinping in {city}.", "Meeting")
    assert claim.place == (city,)
    assert claim.roles["participant"] == {"Emmanuel Macron", "Xi Jinping"}


def test_a_description_means_who_held_the_office_at_the_time(tell: Tell) -> None:
    (claim,) = tell("The French president visited Qatar.", "Visit", PUBLISHED)
    assert claim.roles["visitor"] == {"Emmanuel Macron"}


def test_a_description_means_whom_the_text_has_called_so(tell: Tell) -> None:
    text = "Mary Thompson, the prime minister of Norway, spoke. The prime minister visited Berlin."
    (claim,) = tell(text, "Visit", PUBLISHED)
    assert claim.roles["visitor"] == {"Mary Thompson"}


def test_an_office_that_nobody_is_known_to_hold_stands_for_its_state(tell: Tell) -> None:
    (claim,) = tell("The French president visited Qatar.", "Visit", date(1701, 1, 1))
    assert claim.roles["visitor"] == {"France"}


def test_a_description_without_anything_before_it_means_nothing(tell: Tell) -> None:
    assert tell("The president visited Berlin. He met her there.") == []


def test_the_medal_is_the_one_spoken_of(tell: Tell) -> None:
    text = "Vladimir Putin gave Kim Jong-un the Order of Friendship. Alexander Matsegora handed over the award to Kim Jong-un."
    first, second = tell(text, "HonourAward")
    assert first.roles["honour"] == second.roles["honour"] == {"Order of Friendship"}


def test_two_documents_describe_two_things(reader: Reader) -> None:
    texts = "Vladimir Putin gave Kim Jong-un a medal.", "Vladimir Putin gave Xi Jinping a medal."
    medals = [reader.read(Document("a", text)).claims[0].roles["honour"][0] for text in texts]
    assert medals[0].label == medals[1].label == "medal"
    assert medals[0].iri != medals[1].iri and all(medal.generic for medal in medals)


def test_a_body_within_its_own_description_ends(tell: Tell) -> None:
    assert [
        claim.roles["party"] for claim in tell("The council of the Greek parliament in Athens ratified the treaty.")
    ]


@pytest.mark.parametrize("word", ["The two leaders", "Both", "The pair", "They", "The two men", "Both men"])
def test_two_persons_are_pointed_at_together(tell: Tell, word: str) -> None:
    (claim,) = tell(f"Xi Jinping met Emmanuel Macron. {word} visited Hanoi.", "Visit", PUBLISHED)
    assert claim.roles["visitor"] == {"Xi Jinping", "Emmanuel Macron"}


def test_the_three_are_those_last_listed_together(tell: Tell) -> None:
    text = "Mali, Niger and Chad agreed. Togo was asked by Ghana. The three signed the agreement."
    (claim,) = tell(text, "AgreementSigning")
    assert claim.roles["party"] == {"Mali", "Niger", "Chad"}


@pytest.mark.parametrize("word", ["The Frenchman", "The French leader", "The young leader", "The president"])
def test_a_description_means_the_person_spoken_of(tell: Tell, word: str) -> None:
    text = f"Emmanuel Macron was in Rabat. {word} met Mohammed VI."
    (claim,) = tell(text, "Meeting", PUBLISHED)
    assert claim.roles["participant"] == {"Emmanuel Macron", "Mohammed VI"}


@pytest.mark.parametrize("text", ["After his visit to Berlin, ", "When he visited Berlin, "])
def test_a_pronoun_before_the_subject_points_ahead(tell: Tell, text: str) -> None:
    (claim,) = tell(f"{text}Emmanuel Macron was tired.", "Visit", PUBLISHED)
    assert claim.roles["visitor"] == {"Emmanuel Macron"}


def test_a_family_name_means_whom_the_text_named_first_and_knows_in_office(tell: Tell) -> None:
    text = "Donald Trump came with his daughter, Ivanka Trump. Trump met Emmanuel Macron."
    (claim,) = tell(text, "Meeting", date(2018, 7, 1))
    assert claim.roles["participant"] == {"Donald Trump", "Emmanuel Macron"}


def test_an_office_is_held_by_its_holder_at_the_time_told(tell: Tell) -> None:
    (claim,) = tell("In 1986 the New Zealand prime minister visited London.", "Visit", PUBLISHED)
    assert claim.roles["visitor"] == {"David Lange"}


def test_the_capital_of_a_state_is_its_seat(tell: Tell) -> None:
    (claim,) = tell("Emmanuel Macron met Xi Jinping in the Chinese capital.", "Meeting", PUBLISHED)
    assert claim.place == ("Beijing",)


def test_a_given_name_alone_is_no_known_person(tell: Tell) -> None:
    text = "Sheikh Nasser Sabah al-Ahmad al-Sabah came to Washington. Donald Trump met Sheikh Nasser."
    (claim,) = tell(text, "Meeting", date(2020, 9, 1))
    assert claim.roles["participant"] == {"Donald Trump", "Nasser Sabah al-Ahmad al-Sabah"}


def test_leaders_are_those_who_lead_and_not_their_ministers(tell: Tell) -> None:
    text = (
        "Xi Jinping came with his foreign minister, Qin Gang, to see Emmanuel Macron and the adviser Jane Doe. "
        "The two leaders visited Hanoi."
    )
    (claim,) = [c for c in tell(text, "Visit", PUBLISHED) if "Hanoi" in str(c.roles)]
    assert claim.roles["visitor"] == {"Xi Jinping", "Emmanuel Macron"}


def test_an_object_pronoun_is_not_whom_the_subject_pronoun_means(tell: Tell) -> None:
    text = "Joe Biden said that he had spoken with Emmanuel Macron and had invited him to Washington."
    (claim,) = tell(text, "Invitation", PUBLISHED)
    assert claim.roles["invitee"] == {"Emmanuel Macron"}


def test_an_object_pronoun_repeated_means_the_same(tell: Tell) -> None:
    text = "Emmanuel Macron came to Asia. Xi Jinping thanked him a week after Olaf Scholz had met him in Berlin."
    (claim,) = tell(text, "Meeting", PUBLISHED)
    assert claim.roles["participant"] == {"Emmanuel Macron", "Olaf Scholz"}


def test_an_arabic_name_can_stand_without_its_article(tell: Tell) -> None:
    text = "Bashar al-Assad flew to Moscow. Vladimir Putin met Assad."
    assert tell(text, "Meeting", date(2018, 5, 1))[0].roles["participant"] == {"Vladimir Putin", "Bashar al-Assad"}


def test_the_man_may_be_anybody(tell: Tell) -> None:
    assert not tell("Xi Jinping met Emmanuel Macron. The man visited Hanoi.", "Visit")


def test_who_is_joined_to_a_title_and_name_is_joined_to_both(tell: Tell) -> None:
    (claim,) = tell("France's president Emmanuel Macron and his Chinese counterpart Xi Jinping met in Rome.", "Meeting")
    assert claim.roles["participant"] == {"Emmanuel Macron", "Xi Jinping"}


def test_whose_a_thing_is_was_said_where_it_was_first_spoken_of(tell: Tell) -> None:
    text = "A pact between France and Japan entered into force. It was signed in Rome."
    assert [claim.roles["party"] for claim in tell(text, "AgreementSigning")] == [{"France", "Japan"}]


def test_a_longer_name_begins_within_a_shorter_one(tell: Tell) -> None:
    (claim,) = tell("Sultan Haitham bin Tarik visited France.", "Visit")
    assert claim.roles["visitor"] == {"Haitham bin Tariq"}
