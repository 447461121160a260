"""Spans that name entities: known names, names of a telling word, honorifics, nationalities, descriptions."""

from collections.abc import Callable

import pytest

from dipgraph.language.mentions import Mention
from dipgraph.language.names import mint
from dipgraph.language.reader import Reader
from dipgraph.language.reference import Discourse

Resolve = Callable[..., Discourse]


def named(resolve: Resolve, text: str) -> dict[str, Mention]:
    """Mentions by their own characters."""
    found = resolve(text)
    doc = found.doc
    return {text[doc[m.start].idx : doc[m.end - 1].idx + len(doc[m.end - 1])]: m for m in found.mentions}


@pytest.mark.parametrize(
    ("text", "name", "kind", "label"),
    [
        ("Türkiye joined.", "Türkiye", "State", "Turkey"),
        ("Vladimir Putin spoke.", "Vladimir Putin", "Person", "Vladimir Putin"),
        ("NATO met.", "NATO", "Alliance", "North Atlantic Treaty Organization"),
        ("North Korea spoke.", "North Korea", "State", "North Korea"),
    ],
)
def test_known_names_are_found(discourse: Resolve, text: str, name: str, kind: str, label: str) -> None:
    entity = named(discourse, text)[name].entity
    assert (entity.kind, entity.label) == (kind, label)


def test_a_name_is_found_with_or_without_its_accents(discourse: Resolve) -> None:
    texts = "Recep Tayyip Erdoğan spoke.", "Recep Tayyip Erdogan spoke."
    first, second = (discourse(text).mentions[0].entity for text in texts)
    assert first.iri == second.iri


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Treaty of Nowhere was signed.", "Treaty of Nowhere", "Agreement"),
        ("They met at the Lake Summit.", "Lake Summit", "Occasion"),
        ("She works at the Ministry of Foreign Affairs of Japan.", "Ministry of Foreign Affairs of Japan", "Organization"),
        ("The Grand Cross of the Order of Nowhere was awarded.", "Grand Cross of the Order of Nowhere", "Honour"),
        ("He works at the Bank of England.", "Bank of England", "Organization"),
        ("She bestowed the Order of Nowhere on French Foreign Minister Bo Bar.", "Order of Nowhere", "Honour"),
    ],
)  # fmt: skip
def test_a_telling_word_makes_a_new_name(discourse: Resolve, text: str, name: str, kind: str) -> None:
    entity = named(discourse, text)[name].entity
    assert (entity.kind, entity.label, entity.generic) == (kind, name, False)


@pytest.mark.parametrize("text", ["Dr Naledi Pandor spoke to them.", "They spoke to H.E. Naledi Pandor."])
def test_a_name_follows_an_honorific_and_is_without_it(discourse: Resolve, text: str) -> None:
    assert named(discourse, text)["Naledi Pandor"].entity.kind == "Person"


def test_a_word_inside_a_word_is_no_name(discourse: Resolve) -> None:
    assert not any(m.entity.label == "Oman" for m in discourse("A woman met Romans.").mentions)


def test_the_longer_name_wins(discourse: Resolve) -> None:
    assert list(named(discourse, "The European Union met.")) == ["European Union"]


@pytest.mark.parametrize("word", ["French", "Turks", "Iranians", "Nigerian"])
def test_a_nationality_is_a_demonym_of_its_state(discourse: Resolve, word: str) -> None:
    mention = named(discourse, f"The {word} delegation met.")[word]
    assert mention.demonym and mention.entity.kind == "State"


def test_a_capital_is_a_city_or_its_government(discourse: Resolve) -> None:
    candidates = named(discourse, "They spoke about Moscow.")["Moscow"].candidates
    assert {(e.kind, e.label) for e in candidates} == {("Place", "Moscow"), ("State", "Russia")}


def test_a_phrase_that_describes_is_generic(discourse: Resolve) -> None:
    found = named(discourse, "A commemorative medal was given at the Russian embassy in Paris.")
    assert found["commemorative medal"].entity.generic
    assert found["Russian embassy in Paris"].entity.kind == "Organization"


def test_the_same_name_is_the_same_entity_in_every_document(reader: Reader) -> None:
    one, other = mint("Person", "Zoë Quibble", reader.ontology), mint("Person", "Zoe  Quibble", reader.ontology)
    assert one.iri == other.iri and one.iri.endswith("person/zoe-quibble")


def test_a_class_below_another_shares_its_identifiers(reader: Reader) -> None:
    assert mint("Alliance", "The Pact", reader.ontology).iri == mint("Organization", "The Pact", reader.ontology).iri


def test_a_name_of_signs_alone_still_gets_an_identifier(reader: Reader) -> None:
    assert mint("Person", "金正恩", reader.ontology).iri.endswith("person/unnamed")


def test_mentions_come_in_order_and_apart(discourse: Resolve) -> None:
    text = "French President Emmanuel Macron met the Indian delegation at the Lake Summit in Paris."
    spans = [(m.start, m.end) for m in discourse(text).mentions]
    assert spans == sorted(spans)
    assert len({i for start, end in spans for i in range(start, end)}) >= len(spans) > 3


@pytest.mark.parametrize("text", ["He was guest of honour.", "They moved by agreement.", "She spoke in honour of him."])
def test_a_bare_noun_after_a_preposition_names_nothing(discourse: Resolve, text: str) -> None:
    assert not [m for m in discourse(text).mentions if m.entity.generic]
