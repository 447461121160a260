"""What a frame leaves unsaid (FrameNet's null instantiation): found in the rest of the clause, before it, or in the title."""

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from dipgraph.language.names import STATE
from dipgraph.language.predicates import Predicate
from dipgraph.language.reference import Discourse
from dipgraph.model import Entity
from dipgraph.ontology import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_ELSEWHERE = ("ccomp", "parataxis", "csubj")


def told_with(role: Role, predicate: Predicate, discourse: Discourse) -> tuple[Entity, ...]:
    """Of several sides, those below the predicate, the nearest in the tree first; where somebody is accredited comes last.

    "Relations were established when X received the envoy of Y."
    """
    if role.minimum < 2:
        return ()
    posts = {i for post in discourse.posts for tokens in post.slots.values() for i in tokens}
    below = sorted(_below(predicate.token), key=lambda t: t.i in posts)
    return tuple(e for t in below for e in discourse.fillers(t, _wanted(role)))


def spoken_of(role: Role, predicate: Predicate, discourse: Discourse, used: Container[str]) -> Entity | None:
    """What the text has last spoken of; of several sides, or of a body, else what its title names, the latest first."""
    spoken = discourse.spoken_of(predicate.token, role.ranges, role.prefer, used)
    if spoken is not None or (role.minimum < 2 and STATE in role.ranges):
        return spoken
    topics = discourse.latest(predicate.token, discourse.topic)
    topic = [e for e in topics if any(discourse.ontology.is_a(e.kind, wanted) for wanted in _wanted(role))]
    story = _in_story(predicate, role, discourse) if role.minimum > 1 else ()
    return next((e for e in (*topic, *story) if e.iri not in used), None)


def _in_story(predicate: Predicate, role: Role, discourse: Discourse) -> Iterator[Entity]:
    """What a headline leaves unsaid its story begins with."""
    sentence = predicate.token.sent
    following = next((s for s in sentence.doc[sentence.end :].sents if not s.text.isspace()), None)
    if sentence.start == 0 and following is not None and "\n" in sentence.doc.text[: following.start_char]:
        for token in (following.root, *_below(following.root)):
            yield from discourse.fillers(token, _wanted(role))


def _wanted(role: Role) -> tuple[str, ...]:
    return (role.prefer,) if role.prefer else role.ranges


def _below(token: "Token") -> Iterator["Token"]:
    """The tokens below one, level by level, without what is only said or thought there."""
    level = [c for c in token.children if c.dep_ not in _ELSEWHERE]
    while level:
        yield from level
        level = [c for t in level for c in t.children if c.dep_ not in _ELSEWHERE]
