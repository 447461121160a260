"""Which sentences may hold a fact: the rest are not parsed, since parsing is nearly all that reading costs.

A sentence is worth parsing where some frame of the ontology could fire on it: by its words alone, it has the frame's
trigger (and, where the frame asks for them, one of its context words or object nouns) or names an office, and it
speaks of two who could have a part in it: names, pronouns, nouns that describe or stand for somebody. Word forms are
taken back to lemmas with the tables of the model's own lemmatizer, so what the parse would find is kept.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from dipgraph.language.names import HE, IT, OFFICE, THEY
from dipgraph.language.parse import MODEL, lemma_tables, load
from dipgraph.model import Gazetteer
from dipgraph.ontology import Frame, Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_STOPS = (".", "?", "!")
_CLOSING = ('"', "'", "''", ")", "]")
_FORMS = ("verb", "noun")
_Words = tuple[frozenset[str], frozenset[str], frozenset[str]]
_PARTICIPANTS = 2
_REMEMBERED = 100_000
"""Word forms whose lemmas are kept: more than the vocabulary of ten thousand articles needs often."""


class Screen:
    """Tells which sentences are worth parsing, with one ontology, gazetteer and language model."""

    def __init__(self, ontology: Ontology, gazetteer: Gazetteer, model: str = MODEL):
        self._lemmas = _lemmatizer(model)
        frames = [frame for kind in ontology.kinds.values() for frame in kind.frames if frame.trigger != "title"]
        self._frames = {_words(f) for f in frames}
        pro_forms: set[_Words] = {
            (frozenset(words[:1]), frozenset(words[-1:]), frozenset())
            for words in (form.split() for form in ontology.words["proForm"])
        }
        self._elliptic = {_words(f) for f in frames if f.omissible or f.open} | pro_forms
        self._frames |= pro_forms
        self._events = frozenset(word for f in frames if f.trigger == "noun" for word in f.words)
        final = (status for status in ontology.statuses.values() if status.final)
        self._fates = frozenset(w.split()[0] for status in final for words in status.cues.values() for w in words)
        self._triggers = frozenset(w for triggers, _, _ in self._frames for w in triggers)
        nouns = [noun for c in ontology.classes.values() for noun in (*c.head_nouns, *c.groups)]
        self._vocabulary = frozenset(word for frame in self._frames for words in frame for word in words) | frozenset(
            word for noun in nouns for word in noun.split()
        )
        titles = {*gazetteer.offices, *ontology.classes[OFFICE].head_nouns}
        self._titles: dict[str, list[frozenset[str]]] = {}
        for words in sorted({frozenset(title.lower().split()) for title in titles}, key=sorted):
            self._titles.setdefault(max(words, key=lambda word: (len(word), word)), []).append(words)
        self._describing = frozenset(noun.split()[-1] for noun in nouns) | self._titles.keys()
        self._stop_words = load(model).Defaults.stop_words

    def knows(self, word: str) -> bool:
        """Whether a word in lower case is one that the ontology uses, and so no name by itself."""
        return self._lemmas is not None and bool(self._lemmas(word) & self._vocabulary)

    def holds(self, words: Iterable[str]) -> bool:
        """Whether a sentence of these words, as they are written, could hold a fact."""
        if self._lemmas is None:
            return True
        written = list(words)
        bag = frozenset().union(*(self._lemmas(word.lower()) for word in written))
        spoken_of = sum(map(self._referents, written))
        if spoken_of >= _PARTICIPANTS:
            return self._evokes(bag)
        if bag & self._events and bag & self._fates:  # "The visit was postponed."
            return True
        return spoken_of > 0 and _evoked(bag, self._elliptic)  # "Georgia acceded, too" leaves one unsaid

    def _evokes(self, bag: frozenset[str]) -> bool:
        if any(title <= bag for word in bag & self._titles.keys() for title in self._titles[word]):
            return True
        return bool(bag & self._triggers) and _evoked(bag, self._frames)

    def _referents(self, word: str) -> int:
        """How many a word may speak of: none, one, or two where it is plural."""
        lower = word.lower()
        if lower in THEY:
            return 2
        if lower in HE or lower in IT:
            return 1
        if self._lemmas is not None and (described := self._lemmas(lower) & self._describing):
            return 2 if described - {lower} else 1
        return int(word[0].isupper() and lower not in self._stop_words)

    def passages(self, doc: "Doc", *, thorough: bool = False) -> list[tuple["Span", bool]]:
        """The runs of sentences of a tokenised text that are worth parsing, and those between them (`thorough`: too)."""
        judged = ((span, self.holds(t.text for t in span if t.is_alpha or "-" in t.text)) for span in _sentences(doc))
        runs = [(worth, [span for span, _ in run]) for worth, run in groupby(judged, key=lambda pair: pair[1])]
        return [(doc[run[0].start : run[-1].end], worth or thorough) for worth, run in runs]


def _words(frame: Frame) -> _Words:
    """First words of a frame's triggers, its context words, last words of its object nouns."""
    objects = frozenset(noun.split()[-1] for noun in frame.object_nouns)
    return frozenset(word.split()[0] for word in frame.words), frame.context, objects


def _evoked(bag: frozenset[str], frames: Iterable[_Words]) -> bool:
    return any(
        triggers & bag and (not context or context & bag) and (not nouns or nouns & bag)
        for triggers, context, nouns in frames
    )


def _lemmatizer(model: str) -> Callable[[str], frozenset[str]] | None:
    """A word form -> every lemma that the model could give it; None where its lemmatizer has no tables."""
    tables = lemma_tables(model)
    if tables is None:
        return None
    rules, exceptions = tables

    @lru_cache(maxsize=_REMEMBERED)
    def lemmas(word: str) -> frozenset[str]:
        found = {word}
        for form in _FORMS:
            found.update(exceptions[form].get(word, ()))
            found.update(word[: len(word) - len(old)] + new for old, new in rules[form] if word.endswith(old))
        found.update([base[:-1] for base in found if base[-2:-1] == base[-1:] and base != word])  # "readmitt-ed"
        return frozenset(found)

    return lemmas


def _sentences(doc: "Doc") -> Iterator["Span"]:
    """Sentences by punctuation and paragraphs alone; one too few is harmless, one too many costs a fact at worst."""
    start = 0
    for token in doc[:-1]:
        following = token.nbor()
        closed = token.text in _STOPS or (token.text in _CLOSING and token.i > start and token.nbor(-1).text in _STOPS)
        opens = following.text not in _CLOSING and not following.is_lower
        if (closed and opens) or (token.is_space and "\n" in token.text):
            yield doc[start : following.i]
            start = following.i
    if start < len(doc):
        yield doc[start:]
