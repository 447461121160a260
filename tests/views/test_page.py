"""The page as text: contract, determinism, hostile input, what may not stand in the code."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from sample import LOOK, ontology, small

from dipgraph.errors import DipgraphError
from dipgraph.views.layout import positions
from dipgraph.views.page import page
from dipgraph.views.payload import contract, web

VIEWS = Path(__file__).parents[2] / "src/dipgraph/views"
SCRIPTS = sorted(VIEWS.glob("script/*.js"))


def document(html: str) -> Any:
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.S)[1])  # type: ignore[index]


def test_every_fact_and_edge_of_the_graph_is_in_the_page() -> None:
    graph = small()
    data = document(page(graph, ontology()))
    assert data["contract"] == "dipgraph.page/1"
    assert {node["id"] for node in data["nodes"]} == set(graph.nodes)
    assert {fact["id"] for fact in data["facts"]} == {fact for *_, fact in graph.edges(data="fact")}
    lines = {
        (*(sorted((a, b)) if d["symmetric"] else (a, b)), d["type"], d["property"])
        for a, b, d in graph.edges(data=True)
    }
    assert len(data["edges"]) == len(lines) < graph.number_of_edges()
    assert sum(len(edge["facts"]) for edge in data["edges"]) == graph.number_of_edges()
    assert sum(entry["count"] for entry in data["relations"]) == len(data["facts"])


def test_references_are_in_range_and_the_best_linked_come_first() -> None:
    data = contract(small(), ontology())
    for edge in data["edges"]:
        assert 0 <= edge["from"] < len(data["nodes"]) and 0 <= edge["to"] < len(data["nodes"])
        assert all(data["facts"][i]["relation"] is not None for i in edge["facts"])
    assert all(0 <= quote["doc"] < len(data["docs"]) for fact in data["facts"] for quote in fact["evidence"])
    degrees = [node["degree"] for node in data["nodes"]]
    assert degrees == sorted(degrees, reverse=True)


def test_parallel_edges_bend_apart() -> None:
    graph = nx.MultiDiGraph()
    for i, (a, b) in enumerate((("a", "b"), ("b", "a"), ("a", "b"))):
        graph.add_edge(a, b, f"{i}", fact=f"{i}", type=f"kind{i}")
    bends = [(1 if edge["from"] == 0 else -1) * edge["curve"] for edge in contract(graph)["edges"]]
    assert len(set(bends)) == 3
    assert bends.count(0) == 1


def test_lasting_facts_stay_open_and_points_do_not() -> None:
    graph, kinds = nx.MultiDiGraph(), ("Accession", "Trip")
    for kind in kinds:
        day = "2024-03-07"
        graph.add_edge("a", "b", kind, fact=kind, type=kind, time=day, begin=day, end=day)
    graph.add_edge("a", "b", "x", fact="x", type="Accession", time="2020/2021-05", begin="2020-01-01", end="2021-05-31")
    graph.add_edge("a", "b", "y", fact="y", type="Accession", time="")
    facts = {fact["id"]: (fact["t0"], fact["t1"]) for fact in contract(graph, ontology())["facts"]}
    march = 2024 * 12 + 2
    assert facts == {"Accession": (march, None), "Trip": (march, march), "x": (24240, 24256), "y": (None, None)}


def test_the_bytes_do_not_depend_on_hash_seed_or_order_of_insertion() -> None:
    code = (
        "import sys, random, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "import networkx as nx; from sample import small, ontology; from dipgraph.views.page import page\n"
        "g = small(); h = nx.MultiDiGraph(**g.graph); n, e = list(g.nodes(data=True)), list(g.edges(keys=True, data=True))\n"
        "random.Random(sys.argv[2]).shuffle(n); random.Random(sys.argv[2]).shuffle(e); h.add_nodes_from(n); h.add_edges_from(e)\n"
        "print(hashlib.sha256(page(h, ontology()).encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent), seed], env={**os.environ, "PYTHONHASHSEED": seed},
            check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("0", "1", "2")
    }  # fmt: skip
    assert len(runs) == 1


class Tags(HTMLParser):
    """Which elements and attributes a browser would see."""

    def __init__(self, html: str):
        super().__init__()
        self.seen, self.attributes = Counter[str](), set[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        self.attributes |= {name for name, _ in attrs}


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}<!-- \"'&"


def test_hostile_text_cannot_leave_the_data() -> None:
    graph = nx.MultiDiGraph(documents={"d": {"title": HOSTILE, "published": HOSTILE, "url": "javascript:alert(1)"}})
    graph.add_node(
        HOSTILE, label=HOSTILE, kind=HOSTILE, aliases=(HOSTILE,), description=HOSTILE, same_as=("data:text/html,x",)
    )
    quote = {"document": "d", "before": HOSTILE, "text": HOSTILE, "after": "\ud800\u2028\x00"}
    graph.add_edge(
        HOSTILE,
        "b",
        HOSTILE,
        fact=HOSTILE,
        type=HOSTILE,
        status=HOSTILE,
        roles={HOSTILE: (HOSTILE,)},
        evidence=(quote,),
    )
    html = page(graph, ontology(), title=HOSTILE, description=HOSTILE)
    tags = Tags(html)
    assert tags.seen["script"] == 3
    assert "img" not in tags.seen and not {name for name in tags.attributes if name.startswith("on")}
    assert "49" not in re.search(r"<title>(.*?)</title>", html)[1]  # type: ignore[index]
    data = document(html)
    assert data["nodes"][0]["label"] in (HOSTILE, "b")
    assert data["docs"][0]["url"] == ""
    assert all(not node["about"]["links"] for node in data["nodes"])
    html.encode("utf-8")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//x.example", "file:///etc/passwd",
                                 "http://", "https://a b", "https://x\"onload=", "\x01https://x", "ftp://x", "", "https://x\n"])  # fmt: skip
def test_other_urls_are_dropped(url: str) -> None:
    assert web(url) == ""


@pytest.mark.parametrize(
    "url", ["https://www.wikidata.org/wiki/Q159", "http://x.example/?a=b&c=d#e", "HTTPS://X.example/é"]
)
def test_web_urls_pass(url: str) -> None:
    assert web(url) == url


def test_the_policy_allows_only_the_scripts_that_are_there() -> None:
    html = page(small(), ontology())
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', html)[1].replace("&#39;", "'")  # type: ignore[index]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy
    assert not re.search(r"<(script|link|img|iframe)[^>]*(src|href)=[\"']?(https?:)?//", html)
    assert " style=" not in html.split("<script")[0]
    assert not re.search(r"<[^>]* on[a-z]+=", html.split('<script id="data"')[0])


def test_empty_and_single_graphs_make_pages() -> None:
    assert document(page(nx.MultiDiGraph(), ontology()))["nodes"] == []
    graph = nx.MultiDiGraph()
    graph.add_node("x", label="Alone", kind="Realm")
    assert document(page(graph, ontology()))["nodes"][0]["label"] == "Alone"


def test_positions_are_deterministic_and_apart() -> None:
    links = [(i, j, 1.0) for i in range(60) for j in (i + 1, (i * 7) % 60) if j < 60]
    places = positions(62, links, [10.0] * 62)
    assert places == positions(62, links, [10.0] * 62)
    apart = min(((a - c) ** 2 + (b - d) ** 2) ** 0.5 for k, (a, b) in enumerate(places) for c, d in places[:k])
    assert apart > 20


def test_plain_pyvis_calls_make_the_same_kind_of_page(tmp_path: Path) -> None:
    from dipgraph.views.pyvis_page import PageNetwork, html

    network = PageNetwork(heading="By hand")
    network.add_node(1, label="One")
    network.add_node(2, label="Two", group="other")
    network.add_edge(1, 2, label="knows")
    network.add_edge(1, 2, label="likes")
    network.write_html(str(tmp_path / "é.html"))
    data = document((tmp_path / "é.html").read_text(encoding="utf-8"))
    assert data["title"] == "By hand" and len(data["edges"]) == 2
    assert {entry["label"] for entry in data["relations"]} == {"knows", "likes"}
    with pytest.raises(DipgraphError, match=r"dipgraph\.page/1"):
        html({"contract": "other"})


def test_show_opens_the_written_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dipgraph.views import pyvis_page

    opened: list[str] = []
    monkeypatch.setattr(pyvis_page.webbrowser, "open", opened.append)
    pyvis_page.PageNetwork(contract(small(), ontology())).show(str(tmp_path / "x.html"))
    assert opened == [(tmp_path / "x.html").as_uri()] and (tmp_path / "x.html").stat().st_size > 10_000


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_make_elements_only_from_text_nodes(path: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|createContextualFragment|DOMParser|setTimeout\(\s*[\"']|fetch\(|XMLHttpRequest"
    assert not re.search(forbidden, path.read_text(encoding="utf-8"))


def test_no_term_of_the_ontology_stands_in_the_code() -> None:
    from dipgraph.ontology import load

    real, made = load(), ontology()
    names = {*real.classes, *real.kinds, *real.statuses, *made.kinds, *LOOK}
    colors = {
        entry.color for source in (real, made) for entry in (*source.classes.values(), *source.kinds.values())
    } - {"#888888"}
    for path in [*VIEWS.glob("*.py"), *SCRIPTS]:
        text = path.read_text(encoding="utf-8")
        assert not {name for name in names if re.search(rf"[\"'`.]{name}[\"'`]", text)}, path
        assert not {color for color in colors if color in text}, path


def test_an_address_that_is_none_is_no_link() -> None:
    assert [web(url) for url in ("http://[", "http://[x/a", "https://a]b/", "https://example.org/a")] == [
        "", "", "", "https://example.org/a",
    ]  # fmt: skip


def test_an_edge_keeps_its_name_when_relations_and_ends_change_rank() -> None:
    graph: Any = nx.MultiDiGraph()
    for node in "ab":
        graph.add_node(node, label=node, kind="State")
    graph.add_edge("a", "b", "1", fact="1", type="Talk", property="talks", symmetric=True)
    before = {edge["id"] for edge in contract(graph)["edges"]}
    graph.add_node("c", label="c", kind="State")
    for i in range(3):
        graph.add_edge("b", "c", f"x{i}", fact=f"x{i}", type="Gift", property="gave", symmetric=False)
    assert before < {edge["id"] for edge in contract(graph)["edges"]}
