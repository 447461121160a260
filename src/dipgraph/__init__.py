"""dipgraph reads news about diplomacy and builds a knowledge graph of states, leaders, honours and alliances.

    import dipgraph

    dipgraph.build(["articles/"], "kg")
    with dipgraph.open("kg") as kg:
        for row in kg.query("SELECT ?a ?b { ?a dip:honoured ?b }"):
            print(row["a"], row["b"])
        page = dipgraph.view(kg)

The verbs are those of the command line; `dipgraph.pipeline` documents each.
"""

from typing import Any

_VERBS = (
    "build",
    "extract",
    "explain",
    "open",
    "graph",
    "view",
    "ask",
    "check",
    "questions",
    "as_json",
    "load_ontology",
    "Summary",
)

__all__ = [*_VERBS]  # noqa: PLE0604 - the names are listed once


def __getattr__(name: str) -> Any:
    """The verbs are imported when first used, so that `dipgraph --help` stays instant."""
    if name in _VERBS:
        from dipgraph import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'dipgraph' has no attribute {name!r}; it has {', '.join(_VERBS)}")


def __dir__() -> list[str]:
    return sorted(__all__)
