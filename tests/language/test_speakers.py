"""Who says so."""

import pytest
from told import Tell


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Joe Biden said Xi Jinping had visited Russia.", "Joe Biden"),
        ('"Xi Jinping visited Russia," Sergei Lavrov said.', "Sergei Lavrov"),
        ("According to Reuters, Xi Jinping visited Russia.", "Reuters"),
        ("Xi Jinping visited Russia, according to Sergei Lavrov.", "Sergei Lavrov"),
        ("The Russian embassy said that Xi Jinping visited Mongolia.", "Russian embassy"),
        ("Moscow said that Xi Jinping visited Mongolia.", "Russia"),
        ("Officials said that Xi Jinping visited Mongolia.", "Officials"),
        ("Xi Jinping, Joe Biden insists, visited Russia.", "Joe Biden"),
        ("Joe Biden's aide said that Xi Jinping visited Mongolia.", "aide"),
        ("A spokesman for the Kremlin said that Xi Jinping visited Mongolia.", "Russia"),
        (
            "Xi Jinping visited Russia, the foreign minister, Sergei Lavrov, announced, ending a quarrel.",
            "Sergei Lavrov",
        ),
        ("According to the memoirs of Sergei Lavrov, Xi Jinping visited Russia.", "Sergei Lavrov"),
        ("A statement from Sergei Lavrov said that Xi Jinping visited Russia.", "Sergei Lavrov"),
        ("Xi Jinping visited Russia, according to a statement that Sergei Lavrov posted.", "Sergei Lavrov"),
        (
            "Xi Jinping visited Russia over the Ukrainian war, the defence minister, Li Shangfu, told reporters.",
            "Li Shangfu",
        ),
        ("Xi Jinping visited Russia, Joe Biden has informed Congress, adding that he was glad.", "Joe Biden"),
        ("A Kenyan official, citing a rumour, said Xi Jinping visited Russia.", "Kenyan official"),
        ("Xi Jinping visited Russia, state broadcaster Zarya reported.", "Zarya"),
        ("Xi Jinping, as quoted by Joe Biden, visited Russia.", "Joe Biden"),
        ("The Kremlin confirmed the report. Xi Jinping visited Russia, a statement said.", "Russia"),
    ],
)
def test_attribution(tell: Tell, text: str, speaker: str) -> None:
    (claim,) = tell(text, "Visit")
    assert (claim.speakers, claim.status) == ((speaker,), "asserted")


def test_the_text_itself_is_nobody(tell: Tell) -> None:
    (claim,) = tell("Xi Jinping met Vladimir Putin in Moscow.", "Meeting")
    assert claim.speakers == ()


def test_who_speaks_elsewhere_is_not_credited(tell: Tell) -> None:
    text = "Xi Jinping met Vladimir Putin. Joe Biden said that Finland had joined NATO."
    assert [claim.speakers for claim in tell(text)] == [(), ("Joe Biden",)]


@pytest.mark.parametrize(
    "text",
    [
        "Joe Biden spoke after Xi Jinping visited Russia.",
        "Xi Jinping visited Russia, and Joe Biden said on Friday that he was glad.",
        "After Xi Jinping visited Russia, Joe Biden said he was glad.",
        "Xi Jinping visited Russia; it was raining, Joe Biden said.",
        "Xi Jinping visited Russia, which Joe Biden announced.",
        "Xi Jinping visited Russia in May; Joe Biden told reporters that he was glad.",
        "Joe Biden announced a summit two days after Xi Jinping visited Russia.",
        "Joe Biden said that Finland, which Xi Jinping had visited in May, was an ally.",
        "Recalling the war, Joe Biden said little. Xi Jinping visited Russia.",
    ],
)
def test_side_remarks_and_circumstances_are_the_text_s_own(tell: Tell, text: str) -> None:
    assert {claim.speakers for claim in tell(text, "Visit")} == {()}
