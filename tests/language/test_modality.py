"""Whether it happened."""

import pytest
from told import Tell

CASES = {
    "asserted": [
        "Xi Jinping would later visit Russia.",
        "Xi Jinping did not visit Russia until 2019.",
        "When did Xi Jinping visit Russia?",
        "Xi Jinping visited Russia instead of resting.",
        "Xi Jinping visited Russia.",
        "Xi Jinping has visited Russia.",
        "Xi Jinping, who plans to meet Joe Biden, visited Russia.",
    ],
    "planned": [
        "Xi Jinping will rest and visit Russia.",
        "Xi Jinping plans to rest and to visit Russia.",
        "A visit of Xi Jinping to Russia, which will take place in May, drew attention.",
        "Xi Jinping was about to visit Russia.",
        "Xi Jinping was supposed to visit Russia.",
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
        "Xi Jinping worked to arrange a visit to Russia, which was cancelled.",
        "Xi Jinping agreed to visit Russia, only to cry off a day before.",
        "The planned visit of Xi Jinping to Russia fell through.",
        "Xi Jinping cancelled his visit to Russia.",
        "Xi Jinping called off his visit to Russia.",
        "The visit of Xi Jinping to Russia was called off.",
        "The cancelled visit of Xi Jinping to Russia drew attention.",
    ],
    "rumoured": [
        "Xi Jinping is said to have visited Russia.",
        "The Kremlin never confirmed that Xi Jinping visited Russia.",
        "Xi Jinping reportedly visited Russia.",
        "Xi Jinping is believed to have visited Russia.",
        "The rumoured visit of Xi Jinping to Russia drew attention.",
    ],
    "denied": [
        "Xi Jinping did not rest or visit Russia.",
        "Xi Jinping would have visited Russia but for the storm.",
        "Rather than visit Russia, Xi Jinping rested.",
        "Xi Jinping rested instead of visiting Russia.",
        "Xi Jinping has yet to visit Russia.",
        "There are no plans for Xi Jinping to visit Russia.",
        "The visit of Xi Jinping to Russia never took place.",
        "Xi Jinping almost visited Russia.",
        "Xi Jinping did not visit Russia.",
        "Xi Jinping never visited Russia.",
        "Xi Jinping refused to visit Russia.",
        "Wang Yi denied that Xi Jinping visited Russia.",
        "Xi Jinping failed to visit Russia.",
        "It is not true that Xi Jinping visited Russia.",
    ],
    "possible": [
        "The visit of Xi Jinping to Russia, scheduled for Friday, is in doubt.",
        "Will Xi Jinping visit Russia?",
        "Had Xi Jinping visited Russia, Ukraine would protest.",
        "Xi Jinping has not ruled out visiting Russia.",
        "The visit of Xi Jinping to Russia is unlikely.",
        "Vladimir Putin would like Xi Jinping to visit Russia.",
        "Vladimir Putin told Xi Jinping to visit Russia.",
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


@pytest.mark.parametrize("verb", ["withdrew", "rescinded", "revoked", "cancelled"])
def test_an_invitation_taken_back_is_cancelled(tell: Tell, verb: str) -> None:
    (claim,) = tell(f"Keir Starmer {verb} an invitation to Viktor Orban.", "Invitation")
    assert (claim.status, claim.roles["invitee"]) == ("cancelled", {"Viktor Orbán"})


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Not Russia but China recognised Kosovo.", {"China"}),
        ("China but not Russia recognised Kosovo.", {"China"}),
        ("China, not Russia, recognised Kosovo.", {"China"}),
        ("Not only Russia but also China recognised Kosovo.", {"China", "Russia"}),
    ],
)
def test_what_is_named_only_to_be_told_apart_is_left_out(tell: Tell, text: str, who: set[str]) -> None:
    (claim,) = tell(text, "Recognition")
    assert (claim.roles["recognizer"], claim.status) == (who, "asserted")
