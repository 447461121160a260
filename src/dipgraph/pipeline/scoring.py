"""Facts found against facts annotated -> counts and errors: which ones match, and what is right about those that do.

A fact found matches an annotated fact of its kind where their core fillers agree with F1 >= 0.5: one to one, best pairs
first. `strict`: every core filler is right and none is missing or wrong. A filler is right if its label is one of the
accepted names (case, accents, punctuation and a leading "the" aside) or its id ends in the ISO code of the state.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dipgraph.ontology import Ontology
from dipgraph.reading.gold import Answer, GoldArticle, GoldFact

Json = dict[str, Any]
ENOUGH = 0.5
"""The agreement of core fillers from which on two facts are the same."""


@dataclass(frozen=True)
class Counts:
    """How many were found and right, not found, found and wrong."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.missed + other.missed, self.wrong + other.wrong)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.missed + self.wrong) if self.right else 0.0


@dataclass(frozen=True)
class Error:
    """One thing that is wrong: a fact missed, wrong or partly right, or a detail of a fact that was found."""

    article: str
    what: str
    kind: str
    expected: Any
    found: Any
    evidence: str


@dataclass
class Scores:
    """What comparing adds up to."""

    articles: int = 0
    kinds: dict[str, Counts] = field(default_factory=dict)
    strict: int = 0
    roles: dict[str, Counts] = field(default_factory=dict)
    details: dict[str, list[bool]] = field(default_factory=dict)
    """Detail (status, time, …) -> for each matched fact whose annotation gives it, whether it is right."""
    grounded: list[bool] = field(default_factory=list)
    """For each fact found, whether its evidence quotes the text exactly."""
    outcomes: list[tuple[float, bool]] = field(default_factory=list)
    """For each fact found that has a confidence and is not arguable: that, and whether it is right."""
    errors: list[Error] = field(default_factory=list)

    def count(self, kind: str, counts: Counts) -> None:
        """Add to the facts of a kind."""
        self.kinds[kind] = self.kinds.get(kind, Counts()) + counts

    def count_roles(self, counts: Mapping[str, Counts]) -> None:
        """Add to the fillers of roles."""
        for role, more in counts.items():
            self.roles[role] = self.roles.get(role, Counts()) + more


def scores(articles: Iterable[GoldArticle], predictions: Iterable[Json], ontology: Ontology) -> Scores:
    """The facts of these articles among the predictions (as `extract` gives them), compared."""
    by_document: dict[str, list[Json]] = {}
    for prediction in predictions:
        by_document.setdefault(prediction["document"], []).append(prediction)
    total = Scores()
    for article in articles:
        total.articles += 1
        _score(article, by_document.get(article.document.id, []), ontology, total)
    return total


def matched(article: GoldArticle, found: Sequence[Json], ontology: Ontology) -> dict[int, int]:
    """Which fact found (its place) matches which annotated fact (its place): one to one, best pairs first."""
    pairs = []
    for wanted, fact in enumerate(article.facts):
        for place, prediction in enumerate(found):
            if fact.kind == prediction["type"]:
                by_role = compared(fact, prediction)
                core = _total(by_role, ontology.kinds[fact.kind].core).f1
                if core >= ENOUGH:
                    pairs.append((core, _total(by_role).f1, -wanted, -place))
    chosen: dict[int, int] = {}
    for _, _, wanted, place in sorted(pairs, reverse=True):
        if -wanted not in chosen and -place not in chosen.values():
            chosen[-wanted] = -place
    return chosen


def compared(fact: GoldFact, prediction: Json) -> dict[str, Counts]:
    """Role -> fillers right, missed and wrong."""
    found = prediction.get("roles", {})
    return {role: _paired(fact.roles.get(role, ()), found.get(role, [])) for role in {**fact.roles, **found}}


def _score(article: GoldArticle, found: Sequence[Json], ontology: Ontology, total: Scores) -> None:
    total.grounded += [_is_grounded(prediction, article.document.text) for prediction in found]
    chosen = matched(article, found, ontology)
    arguable = {place for wanted, place in chosen.items() if article.facts[wanted].optional}
    for wanted, fact in enumerate(article.facts):
        total.count(fact.kind, Counts())
        if fact.optional:
            continue
        if wanted in chosen:
            _score_match(article, fact, found[chosen[wanted]], ontology, total)
        else:
            total.count(fact.kind, Counts(missed=1))
            total.count_roles({role: Counts(missed=len(fillers)) for role, fillers in fact.roles.items()})
            total.errors.append(_error(article, "missed", fact, _names(fact.roles), None))
    for place, prediction in enumerate(found):
        right = place in chosen.values()
        if "confidence" in prediction and place not in arguable:
            total.outcomes.append((prediction["confidence"], right))
        if not right:
            roles = prediction.get("roles", {})
            total.count(prediction["type"], Counts(wrong=1))
            total.count_roles({role: Counts(wrong=len(fillers)) for role, fillers in roles.items()})
            quote = next((span["text"] for span in prediction.get("evidence") or ()), "")
            total.errors.append(Error(article.document.id, "wrong", prediction["type"], None, _labels(roles), quote))


def _score_match(article: GoldArticle, fact: GoldFact, prediction: Json, ontology: Ontology, total: Scores) -> None:
    by_role = compared(fact, prediction)
    core = _total(by_role, ontology.kinds[fact.kind].core)
    exact = not core.missed and not core.wrong
    total.count(fact.kind, Counts(right=1))
    total.strict += exact
    total.count_roles(by_role)
    if not exact:
        roles = _labels(prediction.get("roles", {}))
        total.errors.append(_error(article, "partly", fact, _names(fact.roles), roles))
    for name, right, expected, given in _details(fact, prediction):
        total.details.setdefault(name, []).append(right)
        if not right:
            total.errors.append(_error(article, name, fact, expected, given))


def _details(fact: GoldFact, prediction: Json) -> Iterator[tuple[str, bool, Any, Any]]:
    """Each detail that the annotation gives: its name, whether it is right, what it should be and what it is."""
    yield "status", prediction.get("status") == fact.status, fact.status, prediction.get("status")
    if fact.time is not None:
        yield "time", prediction.get("time") == fact.time, fact.time, prediction.get("time")
    for name, wanted in (("place", fact.place), ("attribution", fact.attribution)):
        if wanted is not None:
            given = prediction.get(name) or []
            right = _paired(wanted, given).right > 0
            yield name, right, [_name(answer) for answer in wanted], [filler.get("label") for filler in given]


def _paired(wanted: Sequence[Answer], found: Sequence[Json]) -> Counts:
    right, rest = 0, list(found)
    for answer in wanted:
        filler = next((each for each in rest if _is_right(answer, each)), None)
        if filler is not None:
            right += 1
            rest.remove(filler)
    return Counts(right, len(wanted) - right, len(rest))


def _is_right(answer: Answer, filler: Json) -> bool:
    if normalised(filler.get("label") or "") in {normalised(name) for name in answer.names}:
        return True
    code = re.split(r"[/:#]", filler.get("id") or "")[-1].casefold()
    return code in {code.casefold() for code in answer.codes}


@lru_cache(maxsize=8192)
def normalised(label: str) -> str:
    """A label without what does not count: case, accents, punctuation, possessive endings, a leading "the"."""
    text = unicodedata.normalize("NFKD", label.replace("’", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = re.sub(r"'s\b", "", text)
    return re.sub(r"^the ", "", " ".join(re.sub(r"[^\w]+", " ", text).split()))


def _total(by_role: Mapping[str, Counts], roles: Iterable[str] | None = None) -> Counts:
    wanted = by_role.keys() if roles is None else by_role.keys() & set(roles)
    return sum((by_role[role] for role in wanted), Counts())


def _is_grounded(prediction: Json, text: str) -> bool:
    spans = prediction.get("evidence") or []
    return bool(spans) and all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def _error(article: GoldArticle, what: str, fact: GoldFact, expected: Any, found: Any) -> Error:
    return Error(article.document.id, what, fact.kind, expected, found, fact.evidence[0])


def _names(roles: Mapping[str, tuple[Answer, ...]]) -> dict[str, list[str]]:
    return {role: [_name(answer) for answer in fillers] for role, fillers in roles.items()}


def _name(answer: Answer) -> str:
    return answer.names[0]


def _labels(roles: Mapping[str, list[Json]]) -> dict[str, list[str]]:
    return {role: [filler.get("label", "") for filler in fillers] for role, fillers in roles.items()}


def share(answers: Sequence[bool]) -> float | None:
    """The share that is right; None where there is none to judge."""
    return round(sum(answers) / len(answers), 3) if answers else None


def figures(found: Scores) -> Json:
    """The figures, ready for JSON: precision, recall and F1 as lists of three, shares as numbers."""
    facts = sum(found.kinds.values(), Counts())
    given, kept = facts.right + facts.missed, facts.right + facts.wrong
    strict = Counts(found.strict, given - found.strict, kept - found.strict)
    return {
        "articles": found.articles,
        "fact": _three(facts),
        "strict": _three(strict),
        "filler": _three(sum(found.roles.values(), Counts())),
        **{name: share(found.details.get(name, [])) for name in ("status", "time", "place", "attribution")},
        "grounded": share(found.grounded),
        "types": {name: _row(counts) for name, counts in sorted(found.kinds.items())},
        "roles": {name: _row(counts) for name, counts in sorted(found.roles.items())},
    }


def _three(counts: Counts) -> list[float]:
    return [round(value, 3) for value in (counts.precision, counts.recall, counts.f1)]


def _row(counts: Counts) -> Json:
    return {
        **dict(zip(("precision", "recall", "f1"), _three(counts), strict=True)),
        "gold": counts.right + counts.missed,
    }
