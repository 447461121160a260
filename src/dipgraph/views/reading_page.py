"""How articles were read (`explain`) -> one HTML page: the text with its evidence marked, each sentence with its facts.

The page has no script: a sentence is a link to its card. All text passes through jinja2's escaping, so that none can act.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from jinja2 import Environment

from dipgraph.ontology import Ontology
from dipgraph.views.frame import Framed
from dipgraph.views.inline import digest, inlined, resource

Json = dict[str, Any]
GREY = "#888888"
MOST = 3
"""So many colours are mixed behind one piece of text."""


@dataclass(frozen=True)
class Piece:
    """A run of characters that the same marks cover."""

    text: str
    styles: str = ""
    tip: str = ""
    status: str = ""
    """Written after it: the status of a fact whose trigger it is, where that is not simply stated."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with all that its card shows."""

    anchor: str
    pieces: tuple[Piece, ...]
    facts: tuple[Json, ...]
    near: tuple[Json, ...]
    far: tuple[Json, ...]
    """What its wording alone ruled out."""
    mentions: tuple[Json, ...]
    predicates: tuple[Json, ...]


@dataclass
class Palette:
    """The colours that the page needs, each with the CSS class that gives it."""

    ontology: Ontology
    kinds: dict[str, int] = field(default_factory=dict)
    """Kind of fact -> how many facts are of it."""
    classes: dict[str, int] = field(default_factory=dict)
    """Class of entities -> how many mentions are of it."""
    tints: dict[tuple[str, ...], str] = field(default_factory=dict)

    def kind(self, name: str) -> str:
        """The CSS class of a kind of fact."""
        return _numbered("k", name, self.ontology.kinds)

    def entity_class(self, name: str) -> str:
        """The CSS class of a class of entities."""
        return _numbered("m", name, self.ontology.classes)

    def tint(self, kinds: Sequence[str]) -> str:
        """The CSS class of a background that mixes the colours of some kinds."""
        return self.tints.setdefault(tuple(dict.fromkeys(kinds))[:MOST], f"t{len(self.tints)}")

    def style(self) -> str:
        """The rules of all these CSS classes."""
        rules = [f".{self.kind(name)}{{--k:{self._color(self.ontology.kinds, name)}}}" for name in self.kinds]
        rules += [
            f".{self.entity_class(name)}{{--m:{self._color(self.ontology.classes, name)}}}" for name in self.classes
        ]
        for kinds, name in self.tints.items():
            share = 100 / len(kinds)
            stripes = [
                f"color-mix(in srgb, {self._color(self.ontology.kinds, kind)} var(--tint), transparent) {n * share:.1f}% {(n + 1) * share:.1f}%"
                for n, kind in enumerate(kinds)
            ]
            rules.append(f".{name}{{background-image:linear-gradient({', '.join(stripes)})}}")
        return "\n".join(rules)

    def _color(self, table: Any, name: str) -> str:
        color = table[name].color if name in table else GREY
        return color if re.fullmatch("#[0-9a-fA-F]{6}", color) else GREY


def _numbered(letter: str, name: str, names: Iterable[str]) -> str:
    """A CSS class by number: names are free text."""
    place = {known: number for number, known in enumerate(sorted(names))}
    return f"{letter}{place.get(name, 'x')}"


def reading_page(articles: Sequence[Json], ontology: Ontology) -> Framed:
    """The page of some articles: each with id, title, text, url, published, and its sentences as `explain` gives them."""
    palette = Palette(ontology)
    shown = [_article(article, f"a{number}", palette) for number, article in enumerate(articles, start=1)]
    style = inlined(f"{resource('reading.css')}\n{palette.style()}")
    policy = f"default-src 'none'; style-src {digest(style)}; base-uri 'none'; form-action 'none'"
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(resource("reading.html.j2")).render(
        articles=shown, policy=policy, style=style, kinds=_legend(palette.kinds, palette.kind, ontology.kinds),
        classes=_legend(palette.classes, palette.entity_class, ontology.classes),
    )  # fmt: skip
    # a lone surrogate from a broken input would make the file unwritable
    return Framed(page.encode("utf-8", "replace").decode("utf-8"))


def _legend(counts: dict[str, int], style: Callable[[str], str], table: Any) -> list[Json]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"label": _label(table, name), "style": style(name), "count": count} for name, count in ordered]


def _label(table: Any, name: str) -> str:
    return table[name].label if name in table else name


def _article(article: Json, anchor: str, palette: Palette) -> Json:
    paragraphs: list[list[Sentence]] = []
    end = 0
    for number, sentence in enumerate(article["sentences"], start=1):
        if not paragraphs or "\n\n" in article["text"][end : sentence["start"]].replace("\r\n", "\n"):
            paragraphs.append([])
        paragraphs[-1].append(_sentence(sentence, f"{anchor}s{number}", palette))
        end = sentence["start"] + len(sentence["text"])
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    return {
        **{key: article[key] for key in ("id", "title", "published", "url")},
        "paragraphs": paragraphs,
        "facts": [(sentence.anchor, fact) for sentence in sentences for fact in sentence.facts],
        "near": sum(bool(sentence.near) for sentence in sentences),
    }


def _sentence(sentence: Json, anchor: str, palette: Palette) -> Sentence:
    for claim in sentence["fired"]:
        palette.kinds[claim["type"]] = palette.kinds.get(claim["type"], 0) + 1
    for mention in sentence["mentions"]:
        palette.classes[mention["class"]] = palette.classes.get(mention["class"], 0) + 1
    missed = [{**miss, "label": _label(palette.ontology.kinds, miss["type"])} for miss in sentence["missed"]]
    table = palette.ontology.classes
    return Sentence(
        anchor,
        pieces(sentence, palette),
        tuple(_fact(claim, palette) for claim in sentence["fired"]),
        tuple(miss for miss in missed if miss["near"]),
        tuple(miss for miss in missed if not miss["near"]),
        tuple(
            {**m, "kind": _label(table, m["class"]), "style": palette.entity_class(m["class"])}
            for m in sentence["mentions"]
        ),
        tuple(sentence["predicates"]),
    )


def _fact(claim: Json, palette: Palette) -> Json:
    """A fact as its card shows it: labels for people."""
    kind, status = palette.ontology.kinds[claim["type"]], palette.ontology.statuses[claim["status"]]
    return {
        "label": kind.label,
        "style": palette.kind(kind.name),
        "status": status.label,
        "stated": status.name == palette.ontology.default_status,
        "roles": [(kind.roles[name].label, _names(fillers)) for name, fillers in claim["roles"].items()],
        "time": claim["time"],
        "place": _names(claim["place"]),
        "speaker": _names(claim["attribution"]),
        "trigger": claim["trigger"],
        "confidence": f"{claim['confidence']:.0%}",
        "counted": claim["counted"],
    }


def _names(entities: Iterable[Json]) -> str:
    return ", ".join(entity["label"] for entity in entities)


def pieces(sentence: Json, palette: Palette) -> tuple[Piece, ...]:
    """The text of a sentence, cut wherever a mark begins or ends."""
    start, text = sentence["start"], sentence["text"]
    spans = [span for claim in sentence["fired"] for span in claim["evidence"]]
    cuts = {0, len(text)}
    for begin, end in [
        *((span["start"], span["end"]) for span in spans),
        *(_extent(each, "trigger") for each in (*sentence["fired"], *sentence["missed"])),
        *(_extent(mention, "text") for mention in sentence["mentions"]),
    ]:
        cuts |= {min(max(offset - start, 0), len(text)) for offset in (begin, end)}
    return tuple(_piece(begin, end, sentence, palette) for begin, end in pairwise(sorted(cuts)))


def _extent(item: Json, key: str) -> tuple[int, int]:
    return item["start"], item["start"] + len(item[key])


def _piece(begin: int, end: int, sentence: Json, palette: Palette) -> Piece:
    offset = sentence["start"]

    def covered(extent: tuple[int, int]) -> bool:
        return bool(extent[0] <= begin + offset and end + offset <= extent[1])

    stated = [
        (span["end"] - span["start"], claim)
        for claim in sentence["fired"]
        for span in claim["evidence"]
        if covered((span["start"], span["end"]))
    ]
    innermost = min((length for length, _ in stated), default=0)
    evoked = [claim for claim in sentence["fired"] if covered(_extent(claim, "trigger"))]
    styles = [palette.tint([claim["type"] for length, claim in stated if length == innermost])] if stated else []
    if evoked:
        styles += ["trigger", palette.kind(evoked[0]["type"])]
    elif any(miss["near"] and covered(_extent(miss, "trigger")) for miss in sentence["missed"]):
        styles.append("near")
    named = [mention for mention in sentence["mentions"] if covered(_extent(mention, "text"))]
    styles += [f"name {palette.entity_class(mention['class'])}" for mention in named[:1]]
    default = palette.ontology.default_status
    last_of = [c for c in evoked if _extent(c, "trigger")[1] == end + offset and c["status"] != default]
    tip = "\n".join([_line(claim, palette) for _, claim in stated] + [_named(m, palette) for m in named])
    status = ", ".join(dict.fromkeys(palette.ontology.statuses[claim["status"]].label for claim in last_of))
    return Piece(sentence["text"][begin:end], " ".join(styles), tip, status)


def _line(claim: Json, palette: Palette) -> str:
    """A fact in one line, for the tip of the mouse."""
    fact = _fact(claim, palette)
    details = [f"{label}: {names}" for label, names in fact["roles"]]
    details += [
        f"{name}: {value}"
        for name, value in (("time", fact["time"]), ("place", fact["place"]), ("says", fact["speaker"]))
        if value
    ]
    return f"{fact['label']} ({fact['status']}) – {'; '.join(details)}"


def _named(mention: Json, palette: Palette) -> str:
    return f"{mention['text']} = {mention['label']} ({_label(palette.ontology.classes, mention['class'])})"
