"""Events told by a pro-form or left out: "Bahrain did the same a day later", "Peru followed suit", "Mexico declined to"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dipgraph.language import predicates
from dipgraph.language.parse import lemma
from dipgraph.language.predicates import Predicate, phrase
from dipgraph.language.reference import Discourse
from dipgraph.model import Entity
from dipgraph.ontology import Kind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dipgraph.language.frames import Match

TRIGGER = "pro-form"
_DOERS = ("subject", "possessor", "by")
_SENTENCES = 4
"""So many sentences back, at most, counting its own, is the event that is meant."""


def stands_for_another(token: "Token", pro_forms: Iterable[str]) -> bool:
    """Whether a verb stands for an event told before: a pro-form, or one whose infinitive is cut off after "to"."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    words = phrase(token)
    return (
        _cut_off(token) is not None
        or _so_did(token)
        or any(form.split()[0] == lemma(token) and words.issuperset(form.split()) for form in pro_forms)
    )


def _so_did(token: "Token") -> bool:
    """ "Chad condemned the raid, as DID Mali"."""
    as_ = any(c.dep_ == "mark" and c.lower_ == "as" for c in token.lefts)
    return (
        as_
        and lemma(token) in ("do", "have", "be")
        and all(c.dep_ in ("mark", "nsubj", "punct", "npadvmod") for c in token.children)
    )


def predicate(token: "Token") -> Predicate:
    """The predicate of a pro-form; its status is read at the cut-off "to" where there is one."""
    return Predicate(_cut_off(token) or token, TRIGGER, lemma(token), predicates.verb(token).slots, token)


def resumed(predicate: Predicate, told: Sequence["Match"], discourse: Discourse) -> list["Match"]:
    """The last event before, unless it is but a purpose ("came TO SIGN"), done by the new subject instead of the old one."""
    meant = (predicate.clause.head,) if _so_did(predicate.clause) else ()
    for match in (m for m in _before(predicate, told) if m.predicate.clause.dep_ != "advcl"):
        if meant and match.predicate.clause not in meant:
            continue
        kind = discourse.ontology.kinds[match.frame.kind]
        if _led(match, kind, predicate, discourse) and (
            roles := _replaced(match, kind, predicate.slots.get("subject", ()), discourse)
        ):
            return [replace(match, predicate=predicate, roles=roles)]
    return []


def known(
    role: Role,
    roles: Mapping[str, tuple[Entity, ...]],
    predicate: Predicate,
    told: Sequence["Match"],
    discourse: Discourse,
) -> tuple[Entity, ...]:
    """To whom the last event told before was done, in that role or another: "Chad cut ties with Israel, then restored them"."""
    here = {e.iri for found in roles.values() for e in found}
    for match in _before(predicate, told):
        done_to = match.roles.get(role.name) or tuple(e for found in match.roles.values() for e in found if here)
        doers = _doers(match, role, discourse)
        again = here & {e.iri for e in done_to}
        others = [e for e in done_to if e.iri not in here and (again or not here or e.iri not in doers)]
        if fitting := [e for e in others if any(discourse.ontology.is_a(e.kind, r) for r in role.ranges)]:
            return tuple(dict.fromkeys(fitting))
    return ()


def led_here(
    role: Role, kind: Kind, predicate: Predicate, told: Sequence["Match"], discourse: Discourse
) -> tuple[Entity, ...]:
    """Who took part together in the event just before, if such lead to this kind: "They held talks. A pact was signed"."""
    kinds = discourse.ontology.kinds
    if not any(kind.name in each.leads_to for each in kinds.values()):
        return ()
    for match in _before(predicate, told, sentences=2):
        before = kinds[match.frame.kind]
        if kind.name in before.leads_to:
            together = [e for r in before.roles.values() if r.minimum > 1 for e in match.roles.get(r.name, ())]
            return tuple(e for e in together if any(discourse.ontology.is_a(e.kind, wanted) for wanted in role.ranges))
    return ()


def _doers(match: "Match", role: Role, discourse: Discourse) -> set[str]:
    tokens = [t for slot in _DOERS for t in match.predicate.slots.get(slot, ())]
    return {e.iri for t in tokens for e in discourse.fillers(t, role.ranges, role.prefer)}


def _before(predicate: Predicate, told: Sequence["Match"], sentences: int = _SENTENCES) -> Iterator["Match"]:
    """The events of this sentence and those before it, the last one first."""
    if not told:
        return
    start = predicate.token.sent.start
    for _ in range(sentences - 1):
        start = predicate.token.doc[start - 1].sent.start if start else 0
    yield from (match for match in reversed(told) if match.predicate.token.i >= start)


def _cut_off(token: "Token") -> "Token | None":
    return next((c for c in token.rights if c.tag_ == "TO" and not any(c.children)), None)


def _led(match: "Match", kind: Kind, predicate: Predicate, discourse: Discourse) -> bool:
    """Whether whoever the new subject follows ("to follow WASHINGTON") is the one who did it, if the text says whom."""
    followed = {
        e.iri for t in predicate.slots.get("object", ()) for e in discourse.fillers(t, discourse.ontology.classes)
    }
    return not followed or any(followed & _doers(match, role, discourse) for role in kind.roles.values())


def _replaced(
    match: "Match", kind: Kind, subjects: Sequence["Token"], discourse: Discourse
) -> dict[str, tuple[Entity, ...]]:
    """The roles of an event with other doers; none where these do not fit, or had it done to them."""
    names = {name for slot in _DOERS for name in match.frame.slots.get(slot, ())} & match.roles.keys()
    roles = dict(match.roles)
    for name in names:
        role = kind.roles[name]
        old = _doers(match, role, discourse)
        new = {e.iri: e for t in subjects for e in discourse.fillers(t, role.ranges, role.prefer)}
        kept = [e for e in roles[name] if e.iri not in old]
        if not new or new.keys() & {e.iri for e in kept}:
            return {}
        roles[name] = tuple(new.values()) if role.maximum == 1 else (*new.values(), *kept)
    return roles if names else {}
