"""Where: each place goes to the event on its own branch of the sentence, to what a journey led to, or to news of a dateline."""

from datetime import date

import pytest
from told import Tell

PUBLISHED = date(2023, 3, 15)  # a Wednesday


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("in Beijing", "Beijing"),
        ("in Paris, France", "Paris"),
        ("in the Chinese city of Chengdu", "Chengdu"),
        ("near Lyon", "Lyon"),
        ("at a summit in Bali", "Bali"),
        ("in China", "China"),
    ],
)
def test_the_most_specific_place(tell: Tell, where: str, place: str) -> None:
    (claim,) = tell(f"Emmanuel Macron met Xi Jinping {where}.", "Meeting")
    assert claim.place == (place,)


def test_what_plays_a_role_is_no_place_besides(tell: Tell) -> None:
    (claim,) = tell("Emmanuel Macron arrived in Beijing.", "Visit")
    assert (claim.roles["destination"], claim.place) == ({"Beijing"}, ())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Emmanuel Macron welcomed Xi Jinping to Lyon for talks.", "Lyon"),
        ("Emmanuel Macron flew to Beijing to meet Xi Jinping.", "Beijing"),
        ("Emmanuel Macron visited Beijing on Monday. He met Xi Jinping.", "Beijing"),
        ("Emmanuel Macron spoke outside the Kremlin, where he met Vladimir Putin.", "Kremlin"),
        ("NAIROBI, March 15 - Emmanuel Macron met William Ruto on Monday.", "Nairobi"),
    ],
)
def test_where_a_journey_led_and_whence_the_news_comes(tell: Tell, text: str, place: str) -> None:
    assert {claim.place for claim in tell(text, "Meeting", PUBLISHED)} == {(place,)}


@pytest.mark.parametrize(
    "text",
    [
        "NAIROBI, March 15 - Emmanuel Macron met Xi Jinping in 2019.",
        "NAIROBI, March 15 - Emmanuel Macron spoke to Xi Jinping by telephone on Monday.",
        "NAIROBI/KAMPALA, March 15 - Emmanuel Macron met Xi Jinping on Monday.",
        "Russia's ambassador in Finland, Pavel Kuznetsov, met Emmanuel Macron.",
        "Emmanuel Macron, who had visited Beijing, met Xi Jinping on Monday.",
    ],
)
def test_what_happened_elsewhere_or_nowhere(tell: Tell, text: str) -> None:
    assert {claim.place for claim in tell(text, "Meeting", PUBLISHED)} == {()}
