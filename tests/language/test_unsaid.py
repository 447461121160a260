"""What a frame leaves unsaid: found in its clause, in the title, in the story under a headline."""

from dipgraph.language.reader import Reader
from dipgraph.model import Document


def sides(reader: Reader, text: str, title: str = "") -> list[set[str]]:
    """The sides of each fact about relations."""
    claims = reader.read(Document("d", text, title)).claims
    return [{e.label for e in claim.roles["party"]} for claim in claims if "party" in claim.roles]


def test_the_sides_are_told_with_the_event(reader: Reader) -> None:
    text = "Diplomatic relations were established in 1957, when the Polish envoy called on the Government of Ethiopia."
    assert sides(reader, text) == [{"Poland", "Ethiopia"}]


def test_one_side_is_enough(reader: Reader) -> None:
    assert sides(reader, "Diplomatic relations were severed in 1957, when a new envoy reached Lima.") == [{"Peru"}]


def test_the_title_names_the_other_side(reader: Reader) -> None:
    text = "Diplomatic relations were restored in 1957, when the Polish envoy arrived."
    assert sides(reader, text, "Poland and Ethiopia: a history") == [{"Poland", "Ethiopia"}]


def test_a_headline_is_completed_by_its_story(reader: Reader) -> None:
    text = "Diplomatic Relations Severed, 1961.\n\nThe envoy of Poland left Ethiopia."
    assert sides(reader, text) == [{"Poland", "Ethiopia"}]


def test_nobody_in_sight_is_no_side(reader: Reader) -> None:
    assert sides(reader, "Diplomatic relations were established.") == []
