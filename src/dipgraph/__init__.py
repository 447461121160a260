"""dipgraph reads news about diplomacy and builds a knowledge graph of states, leaders, honours and alliances.

>>> import dipgraph
>>> dipgraph.build("articles/", "KG")
>>> dipgraph.query("KG", "SELECT ?label { ?s a dip:State ; rdfs:label ?label }").rows
>>> dipgraph.view("KG", "graph.html")

The verbs are those of the command line; each says more in its docstring.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dipgraph.errors import DipgraphError, EndpointError, InputError, OntologyError, QueryError, StoreError
    from dipgraph.language.endpoint import Endpoint
    from dipgraph.model import Document
    from dipgraph.pipeline import build, extract
    from dipgraph.pipeline.analyses import analyses, analyze, dataframe, plot
    from dipgraph.pipeline.answers import ask, check, check_ontology, kinds, open, query, questions, show
    from dipgraph.pipeline.evaluation import calibrate, evaluate
    from dipgraph.pipeline.explanation import explain, explain_page
    from dipgraph.pipeline.graph import KnowledgeGraph
    from dipgraph.pipeline.outputs import demo, export, networkx, view
    from dipgraph.pipeline.report import report

_HOMES = {
    "dipgraph.errors": ("DipgraphError", "EndpointError", "InputError", "OntologyError", "QueryError", "StoreError"),
    "dipgraph.language.endpoint": ("Endpoint",),
    "dipgraph.model": ("Document",),
    "dipgraph.pipeline": ("build", "extract"),
    "dipgraph.pipeline.analyses": ("analyses", "analyze", "dataframe", "plot"),
    "dipgraph.pipeline.answers": ("ask", "check", "check_ontology", "kinds", "open", "query", "questions", "show"),
    "dipgraph.pipeline.evaluation": ("calibrate", "evaluate"),
    "dipgraph.pipeline.explanation": ("explain", "explain_page"),
    "dipgraph.pipeline.graph": ("KnowledgeGraph",),
    "dipgraph.pipeline.outputs": ("demo", "export", "networkx", "view"),
    "dipgraph.pipeline.report": ("report",),
}

__all__ = [
    "DipgraphError",
    "Document",
    "Endpoint",
    "EndpointError",
    "InputError",
    "KnowledgeGraph",
    "OntologyError",
    "QueryError",
    "StoreError",
    "analyses",
    "analyze",
    "ask",
    "build",
    "calibrate",
    "check",
    "check_ontology",
    "dataframe",
    "demo",
    "evaluate",
    "explain",
    "explain_page",
    "export",
    "extract",
    "kinds",
    "networkx",
    "open",
    "plot",
    "query",
    "questions",
    "report",
    "show",
    "view",
]


def __getattr__(name: str) -> Any:
    """Import what is used when it is used: `import dipgraph` itself is quick."""
    if name == "__version__":
        return import_module("importlib.metadata").version("dipgraph")
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
