"""The examples of an ontology, run: what a kind of fact says must be found in them, and must not, is tested like code."""

from collections.abc import Iterator

from dipgraph.language.reader import Reader
from dipgraph.model import Claim, Document
from dipgraph.ontology import Example, Kind


def faults(kind: Kind, reader: Reader) -> Iterator[str]:
    """One sentence for each example of a kind that is not read as it says, with what was found instead."""
    if not any(e.expected is not None for e in kind.examples):
        yield f"{kind.name}: no dgx:example; write at least one sentence that states it"
    if not any(e.expected is None for e in kind.examples):
        yield f"{kind.name}: no dgx:counterexample; write at least one sentence that looks like it and is not"
    for example in kind.examples:
        document = Document("example", example.text, published=example.published)
        claims = [c for c in reader.read(document).claims if c.kind == kind.name]
        if example.expected is None and claims:
            yield f"{kind.name}: found in the counterexample {example.text!r}: {_shown(claims[0])}"
        elif example.expected is not None and not any(_meets(claim, example) for claim in claims):
            found = "; ".join(map(_shown, claims)) or "nothing"
            wanted = ", ".join(
                f"{name}: {' and '.join(sorted(values))}" for name, values in sorted(example.expected.items())
            )
            yield f"{kind.name}: expected {wanted} in {example.text!r}; found {found}"


def _meets(claim: Claim, example: Example) -> bool:
    said = _said(claim)
    return all(values <= said.get(name, set()) for name, values in (example.expected or {}).items())


def _said(claim: Claim) -> dict[str, set[str]]:
    said = {role: {n for e in fillers for n in (e.label, *e.aliases)} for role, fillers in claim.roles.items()}
    said |= {
        "status": {claim.status},
        "place": {e.label for e in claim.place},
        "attributedTo": {e.label for e in claim.attribution},
    }
    return said | ({"time": {claim.time.value}} if claim.time else {})


def _shown(claim: Claim) -> str:
    roles = {role: [e.label for e in fillers] for role, fillers in claim.roles.items()}
    details = [f"{name}: {' and '.join(labels)}" for name, labels in roles.items()]
    return ", ".join([*details, f"status: {claim.status}", f"time: {claim.time.value if claim.time else 'none'}"])
