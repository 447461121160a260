"""Claims -> facts: claims about the same event or state of affairs become one, in whatever order they come.

Two claims are one where their core roles agree and their times are compatible. Claims are taken most precise first
in a canonical order, so the result depends on the claims alone, not on the order of the documents.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dipgraph.model import ID, Claim, Entity, Fact, Time
from dipgraph.ontology import Kind, Ontology

Roles = Mapping[str, tuple[Entity, ...]]
SAME_NEWS = 31
"""Days between two documents within which an event that neither dates is taken for the same."""


def merge(claims: Sequence[Claim], ontology: Ontology) -> tuple[Fact, ...]:
    """The facts behind some claims, sorted by document, evidence and IRI; every claim supports exactly one fact."""
    by_kind: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_kind[claim.kind].append(claim)
    facts = (
        _fact(cluster, ontology.kinds[name], ontology)
        for name, found in by_kind.items()
        for cluster in _by_identity(_clusters(found, ontology.kinds[name]), ontology.kinds[name])
    )
    return tuple(sorted(facts, key=lambda f: (f.claims[0].document, f.claims[0].evidence[0].start, f.iri, f.status)))


def _clusters(claims: Iterable[Claim], kind: Kind) -> list[list[Claim]]:
    clusters: list[list[Claim]] = []
    by_filler: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for claim in sorted(claims, key=lambda c: _canonical(c, kind)):
        keys = [e.iri for e in _core_fillers(claim, kind)] or [""]
        years = _years(claim.time)
        candidates = sorted({i for key in keys for i in _of_years(by_filler[key], years)})
        fitting = [i for i in candidates if all(_same(other, claim, kind) for other in clusters[i])]
        near = [i for i in fitting if any(c.document == claim.document for c in clusters[i])]
        place = (near or fitting or [len(clusters)])[0]
        if place == len(clusters):
            clusters.append([])
        clusters[place].append(claim)
        for key in keys:
            for year in years:
                by_filler[key][year].add(place)
    return clusters


def _years(time: Time | None) -> range:
    """The years in which it may be; the year 0 stands for any."""
    return range(time.begin.year, time.end.year + 1) if time and time.begin and time.end else range(1)


def _of_years(clusters: Mapping[int, set[int]], years: range) -> Iterable[int]:
    """The clusters with a claim that may be of these years: comparing each claim with all others would be quadratic."""
    return (i for year, found in clusters.items() if not year or 0 in years or year in years for i in found)


def _by_identity(clusters: Iterable[list[Claim]], kind: Kind) -> Iterable[list[Claim]]:
    """Clusters that came to the same core fillers and time by different ways are one."""
    united: dict[str, list[Claim]] = {}
    for cluster in clusters:
        united.setdefault(_identity(cluster, kind), []).extend(cluster)
    return united.values()


def _identity(claims: Sequence[Claim], kind: Kind) -> str:
    core = {name: found for name, found in _united([c.roles for c in claims], kind).items() if name in kind.core}
    time = _sharpest([c.time for c in claims if c.time])
    return f"{kind.name}|{_signature(core)}|{time.value if time else ''}"


def _canonical(claim: Claim, kind: Kind) -> tuple[object, ...]:
    """Dated before undated, precise before vague, fuller before emptier, named before described."""
    time = claim.time.value if claim.time else ""
    fillers = _core_fillers(claim, kind)
    span = claim.evidence[0]
    described = sum(e.generic for e in fillers)
    return (
        not time,
        -len(time.split("/")[0]),
        described,
        -len(fillers),
        time,
        claim.document,
        span.start,
        _signature(claim.roles),
        claim.status,
        [(s.start, s.end) for s in claim.evidence],
        [e.iri for e in (*claim.place, *claim.attribution)],
    )


def _signature(roles: Roles) -> str:
    return "|".join(f"{name}={','.join(sorted(e.iri for e in found))}" for name, found in sorted(roles.items()))


def _core_fillers(claim: Claim, kind: Kind) -> list[Entity]:
    return [e for name, found in claim.roles.items() if name in kind.core for e in found]


def _same(a: Claim, b: Claim, kind: Kind) -> bool:
    if a.time and b.time and not a.time.overlaps(b.time):
        return False
    if a.document != b.document and not kind.lasting and not _simultaneous(a, b):
        return False
    shared = not (_core_fillers(a, kind) or _core_fillers(b, kind))
    for name in kind.core & a.roles.keys() & b.roles.keys():
        if _agree(a.roles[name], b.roles[name], single=kind.roles[name].maximum == 1):
            shared = shared or bool({e.iri for e in a.roles[name]} & {e.iri for e in b.roles[name]})
        else:
            return False
    return shared


def _simultaneous(a: Claim, b: Claim) -> bool:
    """Whether two documents can speak of one event: both date it, or neither does and both are of the same weeks."""
    if a.time is None and b.time is None and a.published and b.published:
        return abs((a.published - b.published).days) <= SAME_NEWS
    return (a.time is None) == (b.time is None)


def _agree(a: tuple[Entity, ...], b: tuple[Entity, ...], *, single: bool) -> bool:
    first, second = {e.iri for e in a}, {e.iri for e in b}
    if first <= second or second <= first:
        return True
    return single and any(e.generic for e in (*a, *b)) and a[0].kind == b[0].kind


def _fact(cluster: Sequence[Claim], kind: Kind, ontology: Ontology) -> Fact:
    claims = sorted(cluster, key=lambda c: (c.document, c.evidence[0].start, _canonical(c, kind)))
    roles = _united([c.roles for c in claims], kind)
    time = _sharpest([c.time for c in claims if c.time])
    status = _last_word(claims, time, kind, ontology)
    return Fact(
        iri=f"{ID}fact/{hashlib.sha256(_identity(claims, kind).encode()).hexdigest()[:20]}",
        kind=kind.name,
        roles=roles,
        status=status,
        claims=tuple(claims),
        time=time,
        place=next((c.place for c in claims if c.place), ()),
        attribution=tuple({e.iri: e for c in claims for e in c.attribution}.values()),
        confidence=max(c.confidence for c in claims),
    )


def _united(all_roles: Sequence[Roles], kind: Kind) -> dict[str, tuple[Entity, ...]]:
    """Every filler once; where only one may be, the named and fuller one."""
    united: dict[str, dict[str, Entity]] = defaultdict(dict)
    for roles in all_roles:
        for name, found in roles.items():
            for entity in found:
                known = united[name].get(entity.iri)
                if known is None or known.generic:
                    united[name][entity.iri] = entity
    result = {}
    for name, by_iri in sorted(united.items()):
        fillers = list(by_iri.values())
        if kind.roles[name].maximum == 1:
            fillers = sorted(fillers, key=lambda e: (e.generic, -len(e.label), e.iri))[:1]
        elif len(fillers) > 1:
            fillers = [e for e in fillers if not e.generic] or fillers
        result[name] = tuple(fillers)
    return result


def _sharpest(times: Sequence[Time]) -> Time | None:
    """The most precise time, the smallest of equals."""
    return min(times, key=lambda t: ("/" in t.value, -len(t.value), t.value)) if times else None


def _last_word(claims: Sequence[Claim], time: Time | None, kind: Kind, ontology: Ontology) -> str:
    """The status that the latest document gives: a final one, else the strongest that it gives to this very time.

    A state of affairs that is said to last does so, whatever is possible or planned besides.
    """
    latest = max(c.published or date.min for c in claims)
    said = [c for c in claims if (c.published or date.min) == latest]
    final = [c for c in said if ontology.statuses[c.status].final]
    so = [c for c in said if kind.lasting and c.status == ontology.default_status]
    decisive = final or so or [c for c in said if c.time == time] or said
    return max((c.status for c in decisive), key=lambda status: (ontology.statuses[status].rank, status))
