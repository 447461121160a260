"""The page in a real browser, offline: what a reader does, checked against counts made in Python."""

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from browsing import Reader
from sample import ID, ontology, small

from dipgraph.views.payload import contract

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(1)</script>"


def expected(**passes: Any) -> set[str]:
    """IRIs of facts whose every named attribute passes, and that have an end of a passing class."""
    graph, classes = small(), passes.pop("ends", None)
    return {
        data["fact"]
        for a, b, data in graph.edges(data=True)
        if all(test(data[name]) for name, test in passes.items())
        and (not classes or (classes(graph.nodes[a]["kind"]) and classes(graph.nodes[b]["kind"])))
    }


def uncheck(reader: Reader, group: str, name: str) -> None:
    reader.page.locator(f'[data-group="{group}"] input[data-id="{name}"]').uncheck()


def test_counts_equal_the_graph(reader: Reader) -> None:
    graph = small()
    linked = {node for node, degree in graph.degree() if degree}
    assert reader.shown() == (linked, expected())
    assert reader.text("#count") == f"{len(linked)} of {len(graph)} entities, 120 of 120 facts shown"
    reader.page.locator("#lone").check()
    assert reader.text("#count") == f"{len(graph)} entities, 120 facts"
    rows = reader.page.locator('[data-group="relations"] .n').all_inner_texts()
    assert sum(map(int, rows)) == 120


def test_relation_filter(reader: Reader) -> None:
    uncheck(reader, "relations", "Trip")
    assert reader.shown()[1] == expected(type=lambda kind: kind != "Trip")
    reader.page.get_by_label("Only visit").focus()
    reader.page.keyboard.press("Enter")
    assert reader.shown()[1] == expected(type=lambda kind: kind == "Trip")
    reader.page.locator("#reset").click()
    assert len(reader.shown()[1]) == 120


def test_status_filter(reader: Reader) -> None:
    uncheck(reader, "statuses", "stated")
    assert reader.shown()[1] == expected(status=lambda status: status != "stated")


def test_class_filter(reader: Reader) -> None:
    uncheck(reader, "classes", "Realm")
    assert reader.shown()[1] == expected(ends=lambda kind: kind != "Realm")


def test_time_filter(reader: Reader) -> None:
    low, high = 2012 * 12, 2015 * 12 + 5
    reader.window(low, high)
    facts = {fact["id"]: fact for fact in contract(small(), ontology())["facts"]}
    dated = {i: fact for i, fact in facts.items() if fact["t0"] is not None}
    inside = {i for i, fact in dated.items() if fact["t0"] <= high and (fact["t1"] is None or fact["t1"] >= low)}
    assert reader.shown()[1] == inside | (set(facts) - set(dated))
    reader.page.locator("#undated").uncheck()
    assert reader.shown()[1] == inside
    assert reader.text("#window") == "Jan 2012 – Jun 2015"


def test_play_moves_the_window_to_the_end(reader: Reader) -> None:
    reader.page.locator("#play").click()
    before = reader.page.evaluate("() => dipgraph.state.hi")
    reader.page.wait_for_timeout(800)
    assert reader.page.evaluate("() => dipgraph.state.hi") > before
    reader.page.locator("#play").click()
    assert reader.page.locator("#play").get_attribute("aria-label") == "Play"


def test_search_by_keyboard_leads_to_the_evidence(reader: Reader) -> None:
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("greta ozturk")
    assert reader.text("#results li[aria-selected=true] .name") == "Greta Öztürk"
    reader.page.keyboard.press("Enter")
    assert reader.text("#details h2") == "Greta Öztürk"
    assert "held talks with" in " ".join(reader.page.locator("#details mark").all_inner_texts())
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("held talks with")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    assert reader.text("#details article mark") == "held talks with"
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("qqqq")
    assert "Nothing has this name" in reader.text("#results")


def test_a_click_on_a_node_lists_its_facts(reader: Reader) -> None:
    best = contract(small(), ontology())["nodes"][0]
    reader.click_node(0)
    assert reader.text("#details h2") == best["label"]
    closed = reader.page.locator("#details details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    wanted = {fact for a, b, fact in small().edges(data="fact") if best["id"] in (a, b)}
    cards = reader.page.locator("#details .fact").evaluate_all("cards => cards.map(card => card.dataset.fact)")
    assert set(cards) == wanted and len(cards) == best["degree"]
    link = reader.page.locator("#details cite a").first
    assert str(link.get_attribute("href")).startswith("https://news.example/") and "Daily Courier" in link.inner_text()


def test_hidden_facts_are_counted_in_the_details(reader: Reader) -> None:
    best = contract(small(), ontology())["nodes"][0]["id"]
    mine = {d["fact"]: d["type"] for a, b, d in small().edges(data=True) if best in (a, b)}
    uncheck(reader, "relations", "Penalty")
    reader.click_node(0)
    hidden = sum(kind == "Penalty" for kind in mine.values())
    assert f"{hidden} facts hidden by the filters" in reader.text("#details .hiding")


def test_a_click_on_an_edge_shows_roles_evidence_and_source(reader: Reader) -> None:
    edge = next(i for i, e in enumerate(contract(small(), ontology())["edges"]) if e["property"] == "received")
    reader.page.evaluate(
        f"() => dipgraph.network.moveTo({{scale: 2, position: dipgraph.network.body.edges[{edge}].edgeType.getPoint(0.5)}})"
    )
    reader.page.mouse.click(*reader.place(f"n.body.edges[{edge}].edgeType.getPoint(0.5)"))
    reader.page.wait_for_timeout(300)
    data = contract(small(), ontology())
    chosen = reader.page.evaluate("() => dipgraph.state.selected.edge")
    fact = data["facts"][data["edges"][chosen]["facts"][0]]
    panel = reader.text("#details")
    for _, fillers in fact["roles"]:
        assert fillers[0] in panel
    quote = fact["evidence"][0]
    assert quote["before"].strip() in panel and data["docs"][quote["doc"]]["title"] in panel


def test_shift_click_finds_the_shortest_path(reader: Reader) -> None:
    data = contract(small(), ontology())
    plain = nx.Graph([(e["from"], e["to"]) for e in data["edges"]])
    reader.click_node(0)
    far = max((i for i in plain if i != 0), key=lambda i: (nx.shortest_path_length(plain, 0, i), -i))
    reader.click_node(far, shift=True)
    steps = nx.shortest_path_length(plain, 0, far)
    assert reader.page.locator("#details .steps > li").count() == steps


def test_double_click_and_neighbourhood(reader: Reader) -> None:
    data = contract(small(), ontology())
    around = {n for e in data["edges"] if 0 in (e["from"], e["to"]) for n in (e["from"], e["to"])}
    reader.slide("#limit", 3)
    assert len(reader.shown()[0]) <= 3
    reader.page.locator("#fit").click()
    reader.page.wait_for_timeout(350)
    reader.click_node(0, double=True)
    assert {data["nodes"][i]["id"] for i in around} <= reader.shown()[0]
    reader.page.get_by_text("Only neighbourhood").click()
    assert reader.shown()[0] == {data["nodes"][i]["id"] for i in around}


def test_the_address_restores_the_view(reader: Reader) -> None:
    uncheck(reader, "relations", "Trip")
    uncheck(reader, "statuses", "maybe")
    reader.page.locator("#undated").uncheck()
    reader.click_node(1)
    reader.page.keyboard.press("t")
    before, hash_ = reader.shown(), reader.page.evaluate("() => location.hash")
    title = reader.text("#details h2")
    reader.open(hash_)
    assert reader.shown() == before and reader.text("#details h2") == title
    assert reader.page.locator("#table tbody tr").count() == len(before[1])
    reader.open("#node=nonsense&time=9-1x&limit=-4&c=%3Cb%3E&path=1&hood=%00")
    assert len(reader.shown()[1]) == 120


def test_nothing_matches_is_said_and_undone(reader: Reader) -> None:
    for box in reader.page.locator('[data-group="statuses"] input').all():
        box.uncheck()
    assert "No facts match these filters." in reader.text("#note")
    reader.page.locator("#note button").click()
    assert len(reader.shown()[1]) == 120


def test_exports_hold_what_is_shown(reader: Reader) -> None:
    uncheck(reader, "relations", "Trip")
    wanted, got = expected(type=lambda kind: kind != "Trip"), {}
    for name in ("Facts as CSV", "Data as JSON", "Drawing as PNG", "Drawing as SVG"):
        reader.page.locator("#export").click()
        with reader.page.expect_download() as download:
            reader.page.locator("#formats").get_by_text(name).click()
        got[name] = Path(download.value.path()).read_bytes()
    assert {fact["id"] for fact in json.loads(got["Data as JSON"])["facts"]} == wanted
    assert len(got["Facts as CSV"].decode("utf-8-sig").splitlines()) == len(wanted) + 1
    assert got["Drawing as PNG"].startswith(b"\x89PNG") and got["Drawing as SVG"].startswith(b"<svg")


def test_an_injected_script_is_blocked(reader: Reader) -> None:
    reader.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.owned = 1'; document.body.append(s); }"
    )
    assert reader.page.evaluate("() => window.owned") is None
    assert any("Content Security Policy" in fault for fault in reader.faults)


def test_dark_and_light_follow_the_system_and_the_switch(reader: Reader) -> None:
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = reader.page.evaluate(ground)
    reader.page.locator("#theme").click()
    dark = reader.page.evaluate(ground)
    assert light == "rgb(255, 255, 255)" and dark != light
    reader.page.locator("#theme").click()
    reader.page.emulate_media(color_scheme="light")
    assert reader.page.evaluate(ground) == light


def hostile() -> Any:
    graph = nx.MultiDiGraph(
        documents={"d": {"title": HOSTILE, "published": "2020-01-02", "url": "javascript:alert(1)"}}
    )
    for node in ("__proto__", HOSTILE):
        graph.add_node(
            node,
            label=HOSTILE + node,
            kind="Realm",
            description=HOSTILE,
            aliases=(HOSTILE,),
            same_as=("javascript:alert(1)",),
        )
    quote = {"document": "d", "before": "😀 ", "text": HOSTILE, "after": " 😀"}
    graph.add_edge("__proto__", HOSTILE, "k", fact="constructor", type=HOSTILE, property=HOSTILE, time="2020", begin="2020-01-01", end="2020-12-31",
                   status="stated", roles={HOSTILE: (HOSTILE,)}, place=(HOSTILE,), attribution=(HOSTILE,), evidence=(quote,), sources=("d",))  # fmt: skip
    return graph


@pytest.mark.parametrize("reader", [(hostile, {})], indirect=True)
def test_hostile_text_stays_text(reader: Reader) -> None:
    reader.click_node(0)
    assert HOSTILE in reader.text("#details h2")
    assert reader.text("#details mark") == HOSTILE
    assert reader.page.locator("#details blockquote").inner_text() == f"😀 {HOSTILE} 😀"
    reader.page.keyboard.press("t")
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("<img")
    assert reader.page.locator("img").count() == 0
    assert reader.page.locator("a[href^='javascript']").count() == 0
    reader.open("#node=__proto__")
    assert HOSTILE in reader.text("#details h2")


@pytest.mark.parametrize(
    "reader", [(small, {"viewport": {"width": 390, "height": 844}, "has_touch": True})], indirect=True
)
def test_a_phone_never_scrolls_sideways(reader: Reader) -> None:
    wide = "() => document.documentElement.scrollWidth > 390 || [...document.querySelectorAll('.bar, #details, #time')].some(e => e.scrollWidth > e.clientWidth + 1)"
    assert not reader.page.evaluate(wide)
    reader.click_node(0)
    assert reader.page.locator("#details").is_visible()
    assert not reader.page.evaluate(wide)
    reader.page.locator("#menu").click()
    assert reader.page.locator("#legend").is_visible()
    assert not reader.page.evaluate(wide)


def empty() -> Any:
    return nx.MultiDiGraph()


def single() -> Any:
    graph = nx.MultiDiGraph()
    graph.add_node(ID + "alone", label="Alone", kind="Realm")
    return graph


@pytest.mark.parametrize("reader", [(empty, {})], indirect=True)
def test_an_empty_graph_says_why(reader: Reader) -> None:
    assert "holds no entity and no fact" in reader.text("#note")
    reader.page.keyboard.press("t")
    reader.page.locator("#fit").click()


@pytest.mark.parametrize("reader", [(single, {})], indirect=True)
def test_a_lone_node_is_shown(reader: Reader) -> None:
    assert reader.shown() == ({ID + "alone"}, set())
    assert "1 entity and no fact" in reader.text("#note")
    reader.click_node(0)
    assert reader.text("#details h2") == "Alone"
