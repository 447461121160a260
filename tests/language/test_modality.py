"""Whether it happened, and who says so."""

import pytest
from told import Tell

CASES = {
    "asserted": [
        "Xi Jinping visited Russia.",
        "Xi Jinping has visited Russia.",
        "Xi Jinping, who plans to meet Joe Biden, visited Russia.",
    ],
    "planned": [
        "Xi Jinping will visit Russia.",
        "Xi Jinping is to visit Russia.",
        "Xi Jinping is going to visit Russia.",
        "Xi Jinping plans to visit Russia.",
        "Xi Jinping is expected to visit Russia.",
        "The planned visit of Xi Jinping to Russia drew attention.",
        "The Kremlin said that Xi Jinping would visit Russia.",
    ],
    "postponed": [
        "Xi Jinping postponed his visit to Russia.",
        "Xi Jinping put off his visit to Russia.",
        "Xi Jinping's visit to Russia was postponed.",
        "Xi Jinping's postponed visit to Russia drew attention.",
    ],
    "cancelled": [
        "Xi Jinping cancelled his visit to Russia.",
        "Xi Jinping called off his visit to Russia.",
        "The visit of Xi Jinping to Russia was called off.",
        "The cancelled visit of Xi Jinping to Russia drew attention.",
    ],
    "rumoured": [
        "Xi Jinping reportedly visited Russia.",
        "Xi Jinping is believed to have visited Russia.",
        "The rumoured visit of Xi Jinping to Russia drew attention.",
    ],
    "denied": [
        "Xi Jinping did not visit Russia.",
        "Xi Jinping never visited Russia.",
        "Xi Jinping refused to visit Russia.",
        "Wang Yi denied that Xi Jinping visited Russia.",
        "Xi Jinping failed to visit Russia.",
        "It is not true that Xi Jinping visited Russia.",
    ],
    "possible": [
        "Xi Jinping may visit Russia.",
        "Xi Jinping could visit Russia.",
        "If Xi Jinping visits Russia, Ukraine will protest.",
        "Vladimir Putin urged Xi Jinping to visit Russia.",
        "Vladimir Putin invited Xi Jinping to visit Russia.",
        "A possible visit of Xi Jinping to Russia drew attention.",
    ],
}


@pytest.mark.parametrize(("text", "status"), [(text, status) for status, texts in CASES.items() for text in texts])
def test_status(tell: Tell, text: str, status: str) -> None:
    assert [claim.status for claim in tell(text, "Visit")] == [status]


def test_a_status_stays_in_its_clause(tell: Tell) -> None:
    text = "Xi Jinping visited Russia before Joe Biden cancelled his trip to Israel."
    assert [claim.status for claim in tell(text, "Visit")] == ["asserted", "cancelled"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Xi Jinping will not visit Russia.", "denied"),
        ("Xi Jinping's planned visit to Russia was cancelled.", "cancelled"),
        ("Xi Jinping reportedly plans to visit Russia.", "rumoured"),
    ],
)
def test_the_strongest_cue_wins(tell: Tell, text: str, status: str) -> None:
    assert [claim.status for claim in tell(text, "Visit")] == [status]


def test_a_later_sentence_changes_what_it_comes_back_to(tell: Tell) -> None:
    claims = tell("Vladimir Putin invited Kim Jong-un to a parade. The invitation was withdrawn.", "Invitation")
    assert [claim.status for claim in claims] == ["asserted", "cancelled"]
    assert claims[1].roles["invitee"] == {"Kim Jong-un"}


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
