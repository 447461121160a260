"""What an edge quotes: the sentence around each span of evidence, cut in three."""

import re
from collections.abc import Mapping

from dipgraph.model import Fact, Span

REACH = 400
"""How many characters of a sentence are shown on each side of its evidence at most."""
CUT = "…"
_STOP = re.compile(r"[.!?]+[\"'”’»)\]]*(?=\s)|\n\s*\n")
_LAST_WORD = re.compile(r"[^\s(\"'“‘«\[]+$")
_ENDED = re.compile(r"[.!?][\"'”’»)\]]*\s*$")
_ABBREVIATIONS = re.compile(
    "Mrs?|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Cpl|Sgt|Adm|Cmdr|Brig|Rev|Hon|Sen|Rep|Gov|Pres|St|[JS]r|vs|Nos?|al|cf|ca|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|[A-Z]|.*\..*"
)

Quotation = dict[str, str]


def quotations(fact: Fact, texts: Mapping[str, str]) -> tuple[Quotation, ...]:
    """The evidence of a fact as `{"document", "status", "before", "text", "after"}`, by document (id) and position.

    Each span comes once, with the status that it gives to the fact, which other documents may have outdone. `texts`: the
    documents' texts by id; of a document that is not there, only the evidence itself is quoted.
    """
    claims = sorted(fact.claims, key=lambda claim: claim.status)
    told = {(c.document, s.start, s.end, s.text): c.status for c in claims for s in c.evidence}
    return tuple(
        {"document": document, "status": status, **sentence(texts.get(document, ""), Span(start, end, quoted))}
        for (document, start, end, quoted), status in sorted(told.items())
    )


def sentence(text: str, span: Span) -> dict[str, str]:
    """The sentence (or sentences) that `span` stands in, as what comes `before` it, its `text` and what comes `after`.

    Sentences end at a full stop, question or exclamation mark, or a blank line, but not at an abbreviation or initial.
    A side longer than `REACH` characters is cut at a word and marked "…". Looks at no more of the text than that, so
    that long documents cost no more than short ones. Where the span is not in the text, both sides are empty.
    """
    if text[span.start : span.end] != span.text:
        return {"before": "", "text": span.text, "after": ""}
    return {"before": _before(text, span.start), "text": span.text, "after": _after(text, span.end, span.text)}


def _before(text: str, start: int) -> str:
    low = max(0, start - REACH)
    part = text[low:start]
    stops = [m.end() for m in _STOP.finditer(text[low : start + 1]) if m.end() <= len(part) and _ends(part, m)]
    if stops:
        return part[stops[-1] :].lstrip()
    return part.lstrip() if low == 0 else CUT + part[_word_start(part) :]


def _after(text: str, end: int, quoted: str) -> str:
    if _ENDED.search(quoted):
        return ""
    part = text[end : end + REACH]
    for stop in _STOP.finditer(text[end : end + REACH + 1]):
        if stop.end() <= len(part) and _ends(quoted[-40:] + part, stop, len(quoted[-40:])):
            return part[: stop.end()].rstrip()
    if end + REACH >= len(text):
        return part.rstrip()
    return part[: part.rfind(" ")].rstrip() + CUT if " " in part else part + CUT


def _ends(text: str, stop: re.Match[str], shift: int = 0) -> bool:
    """Whether a mark ends a sentence: not the full stop of "Gen.", "U.S." or an initial."""
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    word = _LAST_WORD.search(text[max(0, stop.start() + shift - 40) : stop.start() + shift])
    return not word or not _ABBREVIATIONS.fullmatch(word[0])


def _word_start(part: str) -> int:
    blank = re.search(r"\s+", part)
    return blank.end() if blank else 0
