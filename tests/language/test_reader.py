"""Whole documents: evidence quotes the text, other news says nothing, nothing crashes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dipgraph.knowledge import gazetteer
from dipgraph.language.confidence import Confidence, Construction, Count
from dipgraph.language.reader import Reader
from dipgraph.model import Document
from dipgraph.ontology import load

READER = Reader(load(), gazetteer.load())
STORY = (
    "French President Emmanuel Macron awarded Indian Prime Minister Narendra Modi the Legion of Honour on Thursday.\n\n"
    "“The award,” the Élysée said, “honours a friend.” Mr Modi’s visit to Türkiye — planned for May — was postponed."
)
OTHER_NEWS = (
    "It rained in Paris on Sunday, and the cafés were full. The bakery in the old town sold out by noon.\n\n"
    "Shares of the company fell by two per cent. Its chief engineer wrote a novel about a lighthouse.\n\n"
    "The home side won the match after extra time. A film about bees opened in March."
)
GRAMMAR = "will not met visited . , and who his the"
WORDS = st.sampled_from([*STORY.split(), *GRAMMAR.split(), "\n\n"])
HOSTILE = {
    "empty": "",
    "blank": " \n\n\t ",
    "a very long token": "x" * 20_000,
    "a very long name": "Kim " * 500,
    "emoji": "Putin 🇷🇺 met Xi 🇨🇳 👩‍👩‍👧‍👦 in Moscow 🎉.",
    "control characters": "Putin\x00 met\x07 Xi\x1b[31m Jinping\u2028 in\u0085 Moscow\ufeff.",
    "right to left": "التقى فلاديمير بوتين \u202ePutin met Xi Jinping\u202c في موسكو",
    "combining marks": "P\u0301\u0301\u0301utin m\u0308et Xi Jinpi\u0301ng.",
    "only quotes": "“”‘’\"'" * 50,
    "brackets": "(((" * 100 + "Putin met Xi Jinping" + ")))" * 100,
    "ligatures": "The oﬃcial ﬁnally met Xi Jinping in ½ Moscow.",
}


def quotes_exactly(document: Document) -> bool:
    claims = READER.read(document).claims
    return all(document.text[s.start : s.end] == s.text and s.text for claim in claims for s in claim.evidence)


@pytest.mark.parametrize("text", [STORY, OTHER_NEWS, STORY.upper(), STORY.replace("\n\n", " ")])
def test_evidence_quotes_a_story(text: str) -> None:
    assert quotes_exactly(Document("story", text, published=date(2023, 7, 14)))


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join)))
def test_evidence_quotes_any_text(text: str) -> None:
    assert quotes_exactly(Document("any", text, published=date(2023, 7, 14)))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_like_any_other(name: str) -> None:
    assert quotes_exactly(Document(name, HOSTILE[name], published=date(2023, 7, 14)))


def test_news_without_diplomacy_tells_nothing() -> None:
    assert READER.read(Document("other", OTHER_NEWS, published=date(2023, 7, 14))).claims == ()


def test_a_story_tells_its_facts_in_the_order_of_its_text() -> None:
    claims = READER.read(Document("story", STORY, published=date(2023, 7, 14))).claims
    starts = [claim.evidence[0].start for claim in claims]
    assert starts == sorted(starts)
    assert {("HonourAward", "asserted"), ("Visit", "postponed")} <= {(c.kind, c.status) for c in claims}


def test_evidence_is_one_sentence() -> None:
    claims = READER.read(Document("story", STORY, published=date(2023, 7, 14))).claims
    (visit,) = [claim for claim in claims if claim.kind == "Visit"]
    assert visit.evidence[0].text == "Mr Modi’s visit to Türkiye — planned for May — was postponed."


def test_claims_name_their_document_and_its_date() -> None:
    document = Document("story", STORY, published=date(2023, 7, 14))
    assert {(c.document, c.published) for c in READER.read(document).claims} == {("story", date(2023, 7, 14))}


def test_confidence_is_the_share_of_the_construction() -> None:
    document = Document("a", "Vladimir Putin gave Kim Jong-un the Order of Friendship.")
    counts = {Construction("all", "HonourAward", "verb"): Count(70, 100)}
    (claim,) = Reader(READER.ontology, READER.gazetteer, confidence=Confidence(counts)).read(document).claims
    assert claim.confidence == pytest.approx(0.7, abs=0.01)
    assert 0.5 < READER.read(document).claims[0].confidence < 1


def test_reading_twice_gives_the_same() -> None:
    document = Document("story", STORY, published=date(2023, 7, 14))
    assert READER.read(document).claims == READER.read(document).claims


def test_each_match_comes_with_its_claim() -> None:
    reading = READER.read(Document("story", STORY, published=date(2023, 7, 14)))
    assert tuple(claim for _, claim in reading.matches) == reading.claims
    assert all(match.frame.kind == claim.kind and match.roles == claim.roles for match, claim in reading.matches)
