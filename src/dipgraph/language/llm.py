"""The second reader: a language model reports facts, and what the text does not bear out is dropped.

The model decides nothing but what to propose. Quotes are looked up in the text, names are linked as the first reader
links them, and kinds, roles, classes and statuses are those of the ontology: so no text and no answer, however
hostile, can give more than facts whose evidence and names stand in the document.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dipgraph.errors import ReplyError
from dipgraph.language.checking import Proposals
from dipgraph.language.endpoint import Endpoint
from dipgraph.language.prompt import Prompt, prompt
from dipgraph.language.reader import Reader, Reading
from dipgraph.model import Document
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc

PART = 8_000
"""Characters of a document that are read at once: some 2,000 tokens, which with the prompt and the answer fit into 16,000."""
_BLANK_LINE = re.compile(r"\n\s*\n")
MOST_FACTS = 200
"""So many facts are taken from one answer; a part of a document does not state more."""


@dataclass(frozen=True, eq=False)
class SecondReader:
    """Reads documents by asking a language model; the first reader's gazetteer, parse and reference link the names."""

    first: Reader
    endpoint: Endpoint
    prompt: Prompt = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "prompt", prompt(self.first.ontology))

    def read(self, document: Document, *, thorough: bool = False) -> Reading:
        """All claims of a document that the text bears out; ReplyError if one of the answers cannot be used at all."""
        discourse = self.first.discourse(document, thorough=True)
        proposals = Proposals(document, discourse)
        for start, end in parts(discourse.doc):
            messages = self.prompt.messages(document, document.text[start:end])
            for fact in facts(self.endpoint.answer(messages, self.prompt.schema)):
                proposals.take(fact, start, end)
        pairs = tuple(sorted(proposals.taken, key=lambda pair: pair[1].evidence[0].start))
        claims = tuple(claim for _, claim in pairs)
        named, misses = tuple(discourse.mentions), tuple(proposals.misses)
        return Reading(document, discourse.doc, discourse, named, claims, pairs, misses, Counter(proposals.reasons))


def name(endpoint: Endpoint, ontology: Ontology) -> str:
    """A name for what its readings depend on: the model that is asked, and what it is told."""
    return f"llm {endpoint.model}, prompt {prompt(ontology).digest}"


def parts(doc: "Doc") -> Iterator[tuple[int, int]]:
    """Where to cut a document (character offsets): between paragraphs; within one that is too long, between sentences.

    A sentence that is longer than a part is one by itself.
    """
    start = reach = 0
    for end in _ends(doc):
        if end - start > PART and reach > start:
            yield start, reach
            start = reach
        reach = end
    if reach > start:
        yield start, reach


def _ends(doc: "Doc") -> Iterator[int]:
    edges = [0, *(blank.end() for blank in _BLANK_LINE.finditer(doc.text)), len(doc.text)]
    for start, end in pairwise(edges):
        if end - start > PART:
            yield from (sentence.end_char for sentence in doc.sents if start < sentence.end_char < end)
        yield end


def facts(answer: str) -> list[Any]:
    """What an answer proposes; ReplyError if it is no JSON object with a list of facts.

    Models that think aloud, or wrap the object into prose or a code fence, are forgiven.
    """
    answer = answer.rpartition("</think>")[2]
    try:
        found = json.loads(answer[answer.find("{") : answer.rfind("}") + 1] or answer)
    except (ValueError, RecursionError):
        raise ReplyError(f"the model's answer is not JSON: {answer.strip()[:80]!r}.") from None
    proposed = found.get("facts") if isinstance(found, dict) else None
    if not isinstance(proposed, list):
        raise ReplyError(f"the model's answer is no object with a list of facts: {answer.strip()[:80]!r}.")
    return proposed[:MOST_FACTS]
