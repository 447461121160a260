"""The verb `explain`: sentence by sentence, how an article was read, what nearly was a fact and why it is none."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dipgraph.language.confidence import construction
from dipgraph.language.confidence import load as confidence
from dipgraph.language.endpoint import Endpoint
from dipgraph.language.frames import Match, Miss
from dipgraph.language.mentions import Mention
from dipgraph.language.parse import MODEL
from dipgraph.language.predicates import Predicate
from dipgraph.language.reader import AnyReader, Reading
from dipgraph.language.roles import Roles
from dipgraph.model import Claim, Document
from dipgraph.ontology import Ontology
from dipgraph.pipeline import Folders, Json, Log, Paths, labelled, load_ontology, make_reader, read, read_corpus
from dipgraph.pipeline.outputs import write

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def explain(
    paths: Paths | Document,
    *,
    ontology: Folders = (),
    model: str = MODEL,
    endpoint: Endpoint | None = None,
    published: date | str | None = None,
    log: Log | None = None,
) -> Iterator[Json]:
    """Sentence by sentence, how an article is read, ready for JSON.

    `mentions`: what is named, and as what it is understood. `predicates`: the words that can evoke a fact, with what stands
    in their grammatical slots and whom it means. `fired`: the facts stated, with how often facts made in that way are right. `missed`: what
    could have been a fact and why it is none; where it was `near`, which role lacks a filler, and what stands in its place.
    Offsets are the document's.

    >>> for sentence in dipgraph.explain("article.txt"):
    ...     print(sentence["text"], sentence["fired"], sentence["missed"])
    """
    rules = load_ontology(ontology)
    for _, sentences in _explained(paths, published, make_reader(rules, model, endpoint), rules, log):
        yield from sentences


def explain_page(
    paths: Paths | Document,
    output: Path | str | None = None,
    *,
    ontology: Folders = (),
    model: str = MODEL,
    endpoint: Endpoint | None = None,
    published: date | str | None = None,
    log: Log | None = None,
) -> str:
    """The same as one HTML page that opens offline, with the evidence marked in the text; written to `output` if given.

    A notebook shows it in a frame.

    >>> dipgraph.explain_page("article.txt", "article.html")
    """
    from dipgraph.views.reading_page import reading_page

    rules = load_ontology(ontology)
    reader = make_reader(rules, model, endpoint)
    articles = [
        {
            "id": document.id, "title": document.title, "text": document.text, "url": document.url,
            "published": document.published.isoformat() if document.published else "", "sentences": sentences,
        }
        for document, sentences in _explained(paths, published, reader, rules, log)
    ]  # fmt: skip
    html = reading_page(articles, rules)
    if output:
        write(output, html.encode())
    return html


def _explained(
    paths: Paths | Document, published: date | str | None, reader: AnyReader, rules: Ontology, log: Log | None
) -> Iterator[tuple[Document, list[Json]]]:
    documents = [paths] if isinstance(paths, Document) else read_corpus(paths, published)
    for document in documents:
        if reading := read(reader, document, log, thorough=True):
            yield document, [_sentence(s, reading, rules) for s in reading.doc.sents if s.text.strip()]


def _sentence(sentence: "Span", reading: Reading, rules: Ontology) -> Json:
    document, inside = reading.document, range(sentence.start, sentence.end)
    start, end = sentence.start_char, sentence.end_char
    start += len(document.text[start:end]) - len(document.text[start:end].lstrip())
    fired = [(match, claim) for match, claim in reading.matches if match.predicate.token.i in inside]
    kinds = {(match.frame.kind, match.predicate.token.i) for match, _ in fired}
    near = [m for m in reading.misses if m.predicate.token.i in inside]
    near = [m for m in near if not (m.frame.words and (m.frame.kind, m.predicate.token.i) in kinds)]
    return {
        "document": document.id,
        "start": start,
        "text": document.text[start:end].rstrip(),
        "mentions": [_mention(m, reading) for m in reading.mentions if m.start in inside],
        "predicates": [_predicate(p, reading) for p in _fullest([*(m for m, _ in fired), *near])],
        "fired": [_fired(match, claim, reading, rules) for match, claim in fired],
        "missed": _distinct(_missed(miss, reading, rules) for miss in near),
    }


def _mention(mention: Mention, reading: Reading) -> Json:
    doc, entity = reading.doc, mention.entity
    start, end = doc[mention.start].idx, doc[mention.end - 1].idx + len(doc[mention.end - 1])
    text = reading.document.text[start:end]
    return {"text": text, "start": start, "id": entity.iri, "label": entity.label, "class": entity.kind}


def _fullest(outcomes: Iterable[Match | Miss]) -> list[Predicate]:
    """Each trigger once, with the most slots that some frame saw, in the order of the text."""
    best: dict[tuple[int, str], Predicate] = {}
    for predicate in (outcome.predicate for outcome in outcomes):
        key = (predicate.token.i, predicate.trigger)
        if key not in best or len(predicate.slots) > len(best[key].slots):
            best[key] = predicate
    return [best[key] for key in sorted(best)]


def _predicate(predicate: Predicate, reading: Reading) -> Json:
    ordered = sorted(predicate.slots.items(), key=lambda slot: (min(token.i for token in slot[1]), slot[0]))
    slots = {slot: [_standing(token, reading) for token in tokens] for slot, tokens in ordered}
    return {**_trigger(predicate, reading), "word": predicate.word, "part": predicate.trigger, "slots": slots}


def _trigger(predicate: Predicate, reading: Reading) -> Json:
    """The trigger word and its offset; of a title all its words, where they stand together."""
    token, text = predicate.token, reading.document.text
    end = token.idx + len(token)
    start = max(0, end - len(predicate.word)) if predicate.trigger == "title" else token.idx
    start = start if text[start:end].casefold() == predicate.word else token.idx
    return {"trigger": text[start:end], "start": start}


def _fired(match: Match, claim: Claim, reading: Reading, rules: Ontology) -> Json:
    made = construction(match, rules.kinds[claim.kind])
    right, of = confidence().counts.get(made, (0, 0))
    return {
        "type": claim.kind,
        **_trigger(match.predicate, reading),
        "status": claim.status,
        "time": claim.time.value if claim.time else None,
        "place": labelled(claim.place),
        "attribution": labelled(claim.attribution),
        "roles": {role: labelled(fillers) for role, fillers in claim.roles.items()},
        "confidence": claim.confidence,
        "counted": {"right": right, "of": of},
        "evidence": [{"start": span.start, "end": span.end, "text": span.text} for span in claim.evidence],
    }


def _missed(miss: Miss, reading: Reading, rules: Ontology) -> Json:
    lacking = [] if miss.roles is None else _lacking(miss, miss.roles, rules)
    slots = sorted(slot for slot, names in miss.frame.slots.items() if set(names) & set(lacking))
    return {
        "type": miss.frame.kind,
        **_trigger(miss.predicate, reading),
        "why": miss.reason,
        "near": miss.roles is not None or not miss.frame.words,
        "lacks": lacking,
        "looked": slots,
        "stands": [
            {"slot": slot, **_standing(token, reading)}
            for slot in slots
            for token in miss.predicate.slots.get(slot, ())
        ],
        "roles": {role: labelled(fillers) for role, fillers in (miss.roles or {}).items()},
    }


def _lacking(miss: Miss, roles: Roles, rules: Ontology) -> list[str]:
    """The roles that want more fillers than were found."""
    wanted = {role.name: role.minimum for role in rules.kinds[miss.frame.kind].roles.values()}
    return [
        name for name, least in wanted.items() if len(roles.get(name, ())) < max(least, name in miss.frame.requires)
    ]


def _standing(token: "Token", reading: Reading) -> Json:
    """A word in a slot with what stands before it in its phrase ("the Russian president"), and whom or what it means."""
    text = " ".join(reading.doc[token.left_edge.i : token.i + 1].text.split())
    meant = reading.discourse.fillers(token, reading.discourse.ontology.classes)
    return {"text": text, "means": [{"id": e.iri, "label": e.label, "class": e.kind} for e in meant]}


def _distinct(missed: Iterable[Json]) -> list[Json]:
    """Frames of one kind that fail in the same way are one near miss."""
    return list({(m["type"], m["start"], m["why"], str(m["stands"])): m for m in missed}.values())
