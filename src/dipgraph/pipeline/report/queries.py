"""The SPARQL that recounts a report: each query gives `?figure`, which is what the report calls a number, and its `?count`.

Where the graph itself holds what is counted, the query finds it there. Which state a person stands for is worked out by
`network.projection` from who held which office when; of such numbers `recount` names the facts.
"""

from collections.abc import Iterable, Mapping, Sequence

from dipgraph.knowledge.quads import PREFIXES
from dipgraph.model import ID
from dipgraph.ontology import Ontology
from dipgraph.views.report import Figure

UNDATED = "undated"
SIGNS = {1: "+", 0: "0", -1: "-"}
"""How the sign of a fact stands in the label of a figure."""
_GROUPED = "} GROUP BY ?figure ORDER BY ?figure"
_COUNT = "SELECT ?figure (COUNT(DISTINCT ?item) AS ?count) {"
_SOURCE = r"""?document a dip:Document ; dcterms:identifier ?id .
    OPTIONAL { ?document schema:url ?url }
    BIND(REPLACE(COALESCE(?url, ""), "^([^:/?#]+:)?//([^/?#]*@)?(\\[([^/?#]*)\\]|([^/?#:\\[]*))([:/?#].*)?$", "$4$5") AS ?site)
    BIND(IF(?site = COALESCE(?url, "") || ?site = "", ?id, REPLACE(LCASE(?site), "^www[.]", "")) AS ?source)"""
"""A document's `?source`: the site of its address, or its own name."""
SOURCES = f"{_SOURCE} BIND(?source AS ?item)"


def counts(patterns: Mapping[str, str]) -> str:
    """The query that counts the different `?item` of each pattern."""
    parts = (f"  {{ {pattern} BIND({literal(label)} AS ?figure) }}" for label, pattern in patterns.items())
    return "\n".join((_COUNT, " UNION\n".join(parts), _GROUPED))


def documents_by_time(length: int) -> str:
    """Documents by the first characters of their date of publication."""
    return f"""{_COUNT}
  ?item a dip:Document .
  OPTIONAL {{ ?item dcterms:issued ?day }}
  BIND(COALESCE(SUBSTR(STR(?day), 1, {length}), "{UNDATED}") AS ?figure)
{_GROUPED}"""


def documents_and_facts_by_source() -> str:
    """What each source has: documents, facts, and facts that nobody else has."""
    return f"""{_COUNT}
  {{
    {_SOURCE}
    BIND(?document AS ?item) BIND(CONCAT(?source, ": documents") AS ?figure)
  }} UNION {{
    ?item a dip:Fact ; prov:wasDerivedFrom ?claim . ?claim prov:wasDerivedFrom ?document .
    {_SOURCE}
    BIND(CONCAT(?source, ": facts") AS ?figure)
  }} UNION {{
    {{ SELECT ?item (SAMPLE(?source) AS ?only) {{
    ?item a dip:Fact ; prov:wasDerivedFrom ?claim . ?claim prov:wasDerivedFrom ?document .
    {_SOURCE}
    }} GROUP BY ?item HAVING (COUNT(DISTINCT ?source) = 1) }}
    BIND(CONCAT(?only, ": facts only there") AS ?figure)
  }}
{_GROUPED}"""


def facts_by_kind_and_status() -> str:
    """Facts of each kind, and of these the ones of each status."""
    return f"""{_COUNT}
  VALUES ?column {{ "all" "status" }}
  ?item a dip:Fact, ?kind ; dip:status ?status .
  FILTER(?kind != dip:Fact)
  BIND(REPLACE(STR(?kind), "^.*[/#]", "") AS ?name)
  BIND(IF(?column = "all", ?name, CONCAT(?name, " ", REPLACE(STR(?status), "^.*[/#]", ""))) AS ?figure)
{_GROUPED}"""


def facts_by_time(length: int, rules: Ontology) -> str:
    """Facts by the first characters of the day on which they began, and of these the ones of each sign."""
    signs = " ".join(f'({term(kind.iri)} "{SIGNS[kind.sign]}")' for kind in rules.kinds.values())
    return f"""{_COUNT}
  VALUES ?column {{ "all" "sign" }}
  VALUES (?kind ?sign) {{ {signs} }}
  ?item a dip:Fact, ?kind .
  OPTIONAL {{ ?item dip:begin ?day }}
  BIND(COALESCE(SUBSTR(STR(?day), 1, {length}), "{UNDATED}") AS ?when)
  BIND(IF(?column = "all", ?when, CONCAT(?when, " ", ?sign)) AS ?figure)
{_GROUPED}"""


def facts_by_entity(rules: Ontology) -> str:
    """The facts that join each entity to another, and of these the ones that arrive at it and that leave it.

    As `Shortcut.pairs` has it: of one role, two who also stand together in another are not joined.
    """
    joins = " ".join(
        f"({term(kind.iri)} {' '.join(term(kind.roles[role].iri) for role in (each.source, each.target))})"
        for kind in rules.kinds.values()
        for each in kind.shortcuts
    )
    return f"""{_COUNT}
  VALUES (?kind ?from ?to) {{ {joins} }}
  VALUES (?end ?column) {{ ("tail" "") ("tail" " out") ("head" "") ("head" " in") }}
  ?item a dip:Fact, ?kind ; dip:status {term(rules.statuses[rules.default_status].iri)} ; ?from ?tail ; ?to ?head .
  FILTER(?tail != ?head)
  FILTER(?from != ?to || NOT EXISTS {{
    ?item ?other ?tail, ?head . FILTER(?other NOT IN (?from, dip:place, dip:attributedTo)) }})
  BIND(CONCAT(REPLACE(STR(IF(?end = "tail", ?tail, ?head)), "^{ID}", ""), ?column) AS ?figure)
{_GROUPED}"""


def facts_by_confidence() -> str:
    """Facts by kind, with the mean of their confidence."""
    return """SELECT ?figure (COUNT(DISTINCT ?item) AS ?count) (AVG(?confidence) AS ?mean) {
  ?item a dip:Fact, ?kind ; dip:confidence ?confidence .
  FILTER(?kind != dip:Fact)
  BIND(REPLACE(STR(?kind), "^.*[/#]", "") AS ?figure)
} GROUP BY ?figure ORDER BY ?figure"""


def documents_by_reading() -> str:
    """Documents by the name of what read them."""
    return f"""{_COUNT}
  ?item a dip:Document .
  GRAPH <graph/ledger> {{ ?item dip:reading ?figure }}
{_GROUPED}"""


def recount(figures: Sequence[Figure]) -> str:
    """A query that counts, figure by figure, which of these facts (or documents) the graph holds, or groups of them.

    Each item stands with the number of its figure and of its group, 0 where none is counted.
    """
    names = " ".join(f"({row} {literal(each.label)})" for row, each in enumerate(figures, start=1))
    found = dict.fromkeys(
        f"({row} {group} {iri(item)})"
        for row, each in enumerate(figures, start=1)
        for group, items in enumerate((each.items, *(items for _, items in each.groups)))
        for item in items
        if bool(group) == bool(each.groups)
    )
    items = "\n".join(f"    {' '.join(line)}" for line in _lines(list(found), 4))
    return f"""SELECT ?figure ?count {{
  VALUES (?row ?figure) {{ {names} }}
  {{ SELECT ?row (COUNT(DISTINCT IF(?group = 0, STR(?item), STR(?group))) AS ?count) {{
    VALUES (?row ?group ?item) {{
{items}
    }}
    ?item a ?class . FILTER(?class IN (dip:Fact, dip:Document))
  }} GROUP BY ?row }}
}} ORDER BY ?figure"""


def literal(text: str) -> str:
    """A text as SPARQL writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def iri(name: str) -> str:
    """An IRI as SPARQL writes it: dipgraph's own are relative to where its identifiers live."""
    return f"<{relative(name)}>"


def relative(name: str) -> str:
    """An IRI as the labels of figures have it."""
    return name.removeprefix(ID)


def term(name: str) -> str:
    """The IRI of a term of the ontology, with its prefix where that is declared."""
    local = name.removeprefix(PREFIXES["dip"])
    return f"dip:{local}" if local != name and local.isidentifier() else f"<{name}>"


def _lines(items: Sequence[str], wide: int) -> Iterable[Sequence[str]]:
    return (items[at : at + wide] for at in range(0, len(items), wide))
