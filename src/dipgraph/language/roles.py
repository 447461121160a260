"""A predicate's arguments -> the roles of a frame: by slot and class, with what the words leave unsaid or is known beforehand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING

from dipgraph.language import ellipsis, predicates, unsaid
from dipgraph.language.names import PERSON, STATE, mint
from dipgraph.language.predicates import Predicate
from dipgraph.language.reference import Discourse
from dipgraph.language.slots import noun_slots, owners_of
from dipgraph.model import Entity
from dipgraph.ontology import Frame, Kind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dipgraph.language.frames import Match

Roles = Mapping[str, tuple[Entity, ...]]
_NOMINAL = ("NOUN", "PROPN", "PRON")
MOST = 12
"""So many fillers of a role are read from one phrase; what is longer is a list of something else."""


def fill(
    frame: Frame, kind: Kind, predicate: Predicate, discourse: Discourse, given: Roles | None = None
) -> dict[str, tuple[Entity, ...]]:
    """Roles by slot; an entity comes from one slot only, and slots with the narrower roles choose first."""
    roles: dict[str, dict[str, Entity]] = defaultdict(dict)
    taken: dict[str, str] = {}
    for slot, names in sorted(frame.slots.items(), key=lambda s: (len(kind.roles[s[1][0]].ranges), s)):
        for name in names:
            role = kind.roles[name]
            entities = (given or {}).get(slot) or tuple(
                e
                for t in arguments(predicate, slot, discourse)
                if slot != "objectOwner" or not _names_object(predicate, role, discourse)
                for e in discourse.fillers(t, role.ranges, role.prefer, _reach(predicate, t))
                or discourse.host_of(t, role.ranges, slot)
            )
            if role.maximum == 1 and roles[name]:
                continue
            for entity in entities:
                if taken.setdefault(entity.iri, slot) == slot or any(entity.iri in roles[n] for n in names):
                    roles[name].setdefault(entity.iri, entity)
    if predicate.trigger == "verb":
        _recall(frame, roles, predicate, discourse)
    for name, label in frame.given.items():
        entity = mint(kind.roles[name].ranges[0], label, discourse.ontology)
        roles[name] = roles[name] or {entity.iri: entity}
    if "title" in frame.slots and predicate.trigger != "title":
        _complete(frame, roles, kind, predicate, discourse)
    return {name: tuple(found.values())[:MOST] for name, found in roles.items() if found}


def _recall(frame: Frame, roles: dict[str, dict[str, Entity]], predicate: Predicate, discourse: Discourse) -> None:
    """ "It was signed in May": whose a thing is was said where the text first spoke of it ("the pact between X and Y")."""
    kind = discourse.ontology.kinds[frame.kind]
    known = [e for name, found in list(roles.items()) if kind.roles[name].core for e in found.values()]
    first = [t for e in known if (t := discourse.first_described(e)) and t not in predicate.token.subtree]
    for token in first:
        slots = noun_slots(token)
        slots["objectOwner"] = owners_of([token])
        for slot, names in frame.slots.items():
            for name in names:
                role = kind.roles[name]
                found = [e for t in slots.get(slot, ()) for e in discourse.fillers(t, role.ranges, role.prefer)]
                if not roles[name]:
                    roles[name] = {e.iri: e for e in found if e not in known}


def _complete(
    frame: Frame, roles: dict[str, dict[str, Entity]], kind: Kind, predicate: Predicate, discourse: Discourse
) -> None:
    """ "President X resigned": the office that a person is known by says which it is, and whose, where the words do not."""
    if any(not discourse.titled(t) for slot in ("as", "complement") for t in predicate.slots.get(slot, ())):
        return  # "President X was named as a suspect"
    fillers = [e for found in list(roles.values()) for e in found.values()]
    office, owner = next((o for e in fillers if any(o := discourse.office(e))), ((), ()))
    owner = owner or tuple(e for t in predicate.slots.get("subject", ()) for e in discourse.fillers(t, (STATE,)))
    for slot, entities in (("title", office), ("owner", owner)):
        for name in frame.slots.get(slot, ()):
            fitting = [e for e in entities if any(discourse.ontology.is_a(e.kind, r) for r in kind.roles[name].ranges)]
            if not roles.get(name) and fitting:
                roles[name] = {fitting[0].iri: fitting[0]}


def understand(
    frame: Frame,
    roles: dict[str, tuple[Entity, ...]],
    kind: Kind,
    predicate: Predicate,
    discourse: Discourse,
    told: Sequence["Match"],
) -> None:
    """ "Georgia acceded, too": what a frame may leave unsaid was told with it, or in the event before, else last."""
    for role in kind.roles.values():
        if role.minimum and not roles.get(role.name):
            roles[role.name] = ellipsis.led_here(role, kind, predicate, told, discourse)
    for name in sorted(frame.omissible):
        role, found = kind.roles[name], roles.get(name, ())
        slots = [slot for slot, names in frame.slots.items() if name in names and slot != "modifier"]
        said = [t for slot in slots for t in arguments(predicate, slot, discourse)]
        words = frame.context | frame.object_nouns
        named = [t for t in said if t.pos_ in _NOMINAL and t.ent_type_ != "DATE" and not nouns(t) & words]
        if any(not discourse.fillers(t, (*role.ranges, PERSON)) for t in named):
            continue  # said, but not understood
        needed = max(role.minimum, 1)
        if len(found) < needed:
            likely = (
                *unsaid.told_with(role, predicate, discourse),
                *ellipsis.known(role, roles, predicate, told, discourse),
            )
            known = {e.iri for e in found}
            others = {e.iri: e for e in likely if e.iri not in known}
            found = (*found, *others.values())[:needed]
        while len(found) < needed:
            used = {e.iri for entities in (*roles.values(), found) for e in entities}
            spoken = unsaid.spoken_of(role, predicate, discourse, used)
            if spoken is None:
                break
            found += (spoken,)
        roles[name] = found


def each(roles: Roles, kind: Kind) -> Iterator[Roles]:
    """One reading for each filler of a role that takes one: "visited France, Serbia and Hungary" is three visits.

    Who fills such a role fills no other: in "recognition between X and Y" each recognises the other.
    """
    single = [name for name, found in sorted(roles.items()) if kind.roles[name].maximum == 1 and found]
    for choice in product(*(roles[name] for name in single)):
        others = {name: tuple(e for e in found if e not in choice) for name, found in roles.items()}
        reading = {**others, **{name: (entity,) for name, entity in zip(single, choice, strict=True)}}
        if all(reading[name] for name, found in roles.items() if found):
            yield reading


def arguments(predicate: Predicate, slot: str, discourse: Discourse) -> tuple["Token", ...]:
    """The tokens of a slot; an event noun itself; a title stands as complement ("elected president"), object or after "as"."""
    if slot == "itself":
        return (predicate.token,)
    if slot == "within":
        return tuple(predicates.within(predicate))
    if slot == "speaker":
        return tuple(predicates.speakers(predicate, discourse.ontology.words["speech"]))
    if predicate.trigger == "title" or slot not in ("title", "owner", "post"):
        return predicate.slots.get(slot, ())
    places = [t for place in ("complement", "as", "object") for t in predicate.slots.get(place, ())]
    posts = [t for place in ("from", "to", "into") for t in predicate.slots.get(place, ())]
    titled = [t for t in places if discourse.titled(t)] or discourse.posts_of((*places, *posts))
    return tuple(discourse.seats(titled)) if slot == "post" else tuple(titled)


def _reach(predicate: Predicate, argument: "Token") -> int | None:
    """What stands before a predicate has no partners behind it: "the medal that she gave him, and the prize"."""
    return predicate.token.i if argument.i < predicate.token.i else None


def _names_object(predicate: Predicate, role: Role, discourse: Discourse) -> bool:
    """Whether the object is itself somebody: "the American president" is not about America."""
    return any(discourse.fillers(t, role.ranges) for t in predicate.slots.get("object", ()))


def abroad(roles: Roles, kind: Kind, discourse: Discourse) -> dict[str, tuple[Entity, ...]]:
    """The roles without fillers that belong to the own state of one to whom they must be foreign.

    Where others stand beside that one, it is the host who was misread as a guest: "invited by the emir, Modi visited Kuwait".
    """
    kept = dict(roles)
    for name, other in ((r.name, r.foreign_to) for r in kind.roles.values() if r.foreign_to in roles):
        for entity in roles.get(name, ()):
            rest = [e for e in roles[other] if e.iri != entity.iri]
            at_home = [e for e in rest if _is_at_home(entity, e, discourse, same=name == other)]
            if at_home and (name == other or len(at_home) == len(rest)):
                kept[name] = tuple(e for e in kept[name] if e != entity)
            elif at_home:
                kept[other] = tuple(e for e in kept[other] if e not in at_home)
    return {name: found for name, found in kept.items() if found}


def _is_at_home(entity: Entity, with_whom: Entity, discourse: Discourse, *, same: bool) -> bool:
    """Whether it belongs to somebody's own state; a fellow citizen too, unless in the same role (a president with his minister)."""
    fellows = not same and entity.kind == with_whom.kind == PERSON
    if fellows and (home := discourse.tenures.state_of(entity)):
        return home == discourse.tenures.state_of(with_whom)
    return bool({entity.iri, entity.country} & discourse.states_of(with_whom))


def lacking(frame: Frame, kind: Kind, roles: Roles) -> str:
    for role in kind.roles.values():
        least = min(role.minimum, 1) if role.name in frame.omissible else role.minimum
        least = 0 if role.name in frame.open else least
        if len(roles.get(role.name, ())) < least:
            return (
                f"role {role.name} has {len(roles.get(role.name, ()))} of {least} fillers ({' or '.join(role.ranges)})"
            )
    missing = sorted(name for name in frame.requires & kind.roles.keys() if not roles.get(name))
    return f"role {missing[0]} is not filled" if missing else ""


def nouns(token: "Token") -> frozenset[str]:
    """The lemma of a noun, alone and with the word before it: "commissioner", "high commissioner"."""
    alone = token.lemma_.lower()
    return frozenset({alone, f"{token.nbor(-1).lower_} {alone}"} if token.i else {alone})
