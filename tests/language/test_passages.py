"""What can hold no fact is not parsed, and nothing else changes: same text, same offsets, same parse of what is kept."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from dipgraph.language.parse import fold, load, parse
from dipgraph.language.passages import Screen
from dipgraph.language.reader import Reader
from dipgraph.model import Document


@pytest.fixture(scope="session")
def screen(reader: Reader) -> Screen:
    return reader.screen


@pytest.mark.parametrize(
    "sentence",
    [
        "Putin met Kim in Vladivostok.",  # an irregular form
        "They were decorated by the king.",
        "The two ministers shook hands.",  # a verb with its object noun
        "Burkina Faso pulled out.",  # a verb with its particle
        "The secretary of state was absent.",  # an office of several words
        "The leaders exchanged visits.",  # a plural is two
        "His counterpart disagreed.",
        "The visit was postponed.",  # what became of an event that was told before
        "Georgia acceded too.",  # one is left unsaid
    ],
)
def test_a_sentence_with_a_trigger_or_an_office_is_worth_parsing(screen: Screen, sentence: str) -> None:
    assert screen.holds(sentence.rstrip(".").split())


@pytest.mark.parametrize(
    "sentence",
    [
        "The weather was fine all week.",
        "Nobody in London or Paris slept.",  # two who could have a part, no trigger
        "Visits were exchanged.",  # a trigger, nobody who could have a part
        "Bread rose by a tenth.",
        "",
    ],
)
def test_a_sentence_without_is_not(screen: Screen, sentence: str) -> None:
    assert not screen.holds(sentence.rstrip(".").split())


def test_whatever_the_parser_finds_a_trigger_in_is_worth_parsing(reader: Reader) -> None:
    """Every form of a trigger that the lemmatizer takes back to it is kept."""
    for text in (
        "Kim visits Xi.",
        "Kim visited Xi.",
        "Kim, visiting Xi, spoke.",
        "Xi was sent letters by Kim.",
        "He flew to Rome.",
    ):
        doc = load()(text)
        assert list(reader.frames.predicates(doc)), text
        assert reader.screen.holds(token.text for token in doc)


def test_sentences_are_told_apart_by_stops_and_paragraphs(screen: Screen) -> None:
    text = 'Bread was dear. Mr. Smith said "Enough." Then Xi met Putin.\n\nRain fell'
    doc = load().make_doc(text)
    assert [(span.text.strip(), worth) for span, worth in screen.passages(doc)] == [
        ('Bread was dear. Mr. Smith said "Enough."', False),
        ("Then Xi met Putin.", True),
        ("Rain fell", False),
    ]


def test_a_thorough_reading_parses_everything_and_finds_the_same(reader: Reader) -> None:
    document = Document("a", "Rain fell on the town. Putin met Xi in Beijing.\n\nThe old garden was quiet.")
    brief, thorough = reader.read(document), reader.read(document, thorough=True)
    assert brief.claims == thorough.claims
    assert {t.pos_ for t in brief.doc if t.text in ("Rain", "garden")} == {"X"}
    assert "X" not in {t.pos_ for t in thorough.doc}


def test_a_text_without_anything_to_find_is_not_parsed_at_all(reader: Reader) -> None:
    assert {t.pos_ for t in reader.read(Document("a", "Rain fell on the town.")).doc} == {"X"}


def _every_other(doc: Doc) -> Sequence[tuple[Span, bool]]:
    cuts = [*range(0, len(doc), 7), len(doc)]
    return [(doc[a:b], bool(i % 2)) for i, (a, b) in enumerate(pairwise(cuts))]


@given(st.text(st.sampled_from("Kim met Xi. \n\tÉ“”-"), max_size=60))
def test_text_and_offsets_stay(text: str) -> None:
    whole, part = load().make_doc(fold(text)), parse(text, passages=_every_other)
    assert [(t.idx, len(t)) for t in whole] == [(t.idx, len(t)) for t in part]


def test_what_is_left_out_is_one_sentence_of_bare_words_and_the_rest_is_parsed_alike() -> None:
    kept, left = "Vladimir Putin met Xi Jinping in Beijing.", "Rain fell on the old town."

    def passages(doc: Doc) -> Sequence[tuple[Span, bool]]:
        cut = next(t.i for t in doc if t.text == "Rain")
        return [(doc[:cut], True), (doc[cut:], False)]

    doc, alone = parse(f"{kept} {left}", passages=passages), parse(kept)
    assert [s.text for s in doc.sents] == [kept, left]
    first, second = doc.sents
    assert [(t.dep_, t.head.i, t.lemma_, t.tag_, t.ent_type_) for t in first] == [
        (t.dep_, t.head.i, t.lemma_, t.tag_, t.ent_type_) for t in alone
    ]
    assert {t.pos_ for t in second} == {"X"}
    assert not [e for e in doc.ents if e.start >= second.start]


def test_a_document_reads_the_same_with_and_without_what_holds_no_fact(reader: Reader) -> None:
    fact, filler = "Vladimir Putin met Xi Jinping in Beijing on May 5, 2024.", "The weather was fine all week."
    alone = reader.read(Document("a", fact)).claims
    among = reader.read(Document("a", f"{filler} {fact} {filler}\n\n{filler}")).claims
    assert [(c.kind, c.roles, c.time, c.place) for c in alone] == [(c.kind, c.roles, c.time, c.place) for c in among]
    assert alone
