"""Legend, details, table, search, paths, names and figures: what a reader finds beside the drawing, and by keyboard alone."""

import csv
import json
import re
import struct
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import networkx as nx
import pytest
from browsing import Reader
from jsonschema import Draft202012Validator
from sample import ontology, small

from dipgraph.views.payload import contract

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def exported(reader: Reader, name: str) -> bytes:
    reader.page.locator("#export").click()
    with reader.page.expect_download() as download:
        reader.page.locator("#formats").get_by_text(name).click()
    return Path(download.value.path()).read_bytes()


def test_the_status_stands_before_the_relations(reader: Reader) -> None:
    groups = reader.page.locator("#legend [data-group]").evaluate_all("all => all.map(each => each.dataset.group)")
    assert groups == ["classes", "statuses", "relations"]
    assert reader.page.locator('[data-group="statuses"]').bounding_box()["y"] < 400  # type: ignore[index]


def many() -> nx.MultiDiGraph:
    """Twenty relations, each less frequent than the one before."""
    graph = nx.MultiDiGraph()
    for kind in range(20):
        for i in range(20 - kind):
            fact = f"{kind:02}/{i}"
            graph.add_edge("a", f"b{i}", fact, fact=fact, type=f"kind {kind:02}", status="stated")
    return graph


@pytest.mark.parametrize("reader", [(many, {})], indirect=True)
def test_a_long_legend_is_folded_and_never_hides_what_is_off(reader: Reader) -> None:
    rows = reader.page.locator('[data-group="relations"] .row')
    visible = lambda: [row.is_visible() for row in rows.all()].count(True)  # noqa: E731
    assert visible() == 10 and reader.text("#more") == "10 more"
    reader.page.locator("#more").click()
    assert visible() == 20
    rows.nth(15).locator("input").uncheck()
    reader.page.locator("#more").click()
    assert visible() == 11 and rows.nth(15).is_visible()


def told_twice() -> nx.MultiDiGraph:
    """A trip that one document announces and another one denies: two quotes, one fact."""
    graph = nx.MultiDiGraph(documents={
        "d1": {"title": "Before", "published": "2020-01-01", "url": "https://www.gazette.example/1"}, "d2": {"title": "After"},
        "d3": {"title": "Elsewhere"},
    })  # fmt: skip
    quotes = [
        {"document": document, "status": status, "before": "", "text": text, "after": ""}
        for document, status, text in (("d1", "announced", "She will go."), ("d2", "refuted", "She did not go."))
    ]
    graph.add_node("b", label="B", same_as=("https://www.wikidata.org/wiki/Q159",))
    graph.add_edge(
        "a", "b", "1", fact="1", type="Trip", status="refuted", evidence=quotes, sources=("d1", "d2", "d3"), confidence=0.87
    )  # fmt: skip
    return graph


@pytest.mark.parametrize("reader", [(told_twice, {})], indirect=True)
def test_all_documents_of_a_fact_are_quoted_with_what_each_told(reader: Reader) -> None:
    reader.open("#node=b")
    captions = reader.page.locator("#details figcaption").all_inner_texts()
    assert captions == ["Before, gazette.example, 1 Jan 2020 · told as announced", "After"]
    assert "Also in Elsewhere" in reader.text("#details .fact")
    assert "in 3 documents · confidence 87%" in reader.text("#details .fact")
    assert reader.text("#details .fact .chip").strip() == "refuted"
    link = reader.page.locator("#details .links a")
    assert (link.inner_text(), link.get_attribute("href")) == (
        "Q159 · wikidata.org",
        "https://www.wikidata.org/wiki/Q159",
    )


def bridge() -> nx.MultiDiGraph:
    """a - b - c, the second step denied only; a - b also in another way; e and f apart."""
    graph = nx.MultiDiGraph()
    for a, b, kind, status in (("a", "b", "Trip", "stated"), ("a", "b", "Talks", "stated"), ("b", "c", "Trip", "refuted"), ("e", "f", "Trip", "stated")):  # fmt: skip
        graph.add_edge(a, b, f"{a}{b}{kind}", fact=f"{a}{b}{kind}", type=kind, status=status)
    return graph


@pytest.mark.parametrize("reader", [(bridge, {})], indirect=True)
def test_a_path_goes_over_what_is_shown_and_says_what_is_hidden(reader: Reader) -> None:
    reader.open("#path=a&path=c")
    assert "2 steps over the facts that are shown" in reader.text("#details")
    reader.open("#path=a&path=c&s=refuted")
    assert "No chain of shown facts joins these two." in reader.text("#details")
    assert "Over all facts there is one of 2 steps." in reader.text("#details")
    reader.page.get_by_role("button", name="Show all").click()
    assert reader.page.locator("#details .steps > li").count() == 2
    reader.open("#path=a&path=b&r=Trip")
    assert reader.page.locator("#details .steps > li").count() == 1
    reader.open("#path=a&path=f")
    assert "Nor do all the facts of this page." in reader.text("#details")


def test_a_path_by_keyboard_alone(reader: Reader) -> None:
    first, second = (node["label"] for node in contract(small(), ontology())["nodes"][:2])
    reader.page.keyboard.press("/")
    reader.page.keyboard.type(first)
    reader.page.keyboard.press("Enter")
    button = reader.page.get_by_role("button", name="Path to…")
    for _ in range(30):
        reader.page.keyboard.press("Tab")
        if button.evaluate("b => b === document.activeElement"):
            break
    reader.page.keyboard.press("Enter")
    assert f"Path from {first}: choose the other end" in reader.text("#chips")
    reader.page.keyboard.type(second)
    reader.page.keyboard.press("Enter")
    assert reader.text("#details .kind") == "Shortest path" and second in reader.text("#details h2")
    reader.page.keyboard.press("Escape")
    assert not reader.page.locator("#details").is_visible()


def test_expand_says_how_many_it_brings(reader: Reader) -> None:
    data = contract(small(), ontology())
    around = {end for e in data["edges"] if 0 in (e["from"], e["to"]) for end in (e["from"], e["to"])} - {0}
    reader.slide("#limit", 1)
    reader.page.keyboard.press("/")
    reader.page.keyboard.type(data["nodes"][0]["label"])
    reader.page.keyboard.press("Enter")
    reader.page.get_by_role("button", name=f"Expand: {len(around)} more").click()
    assert len(reader.shown()[0]) == len(around) + 1
    assert reader.page.get_by_role("button", name="Expand", exact=True).is_disabled()


def test_an_edge_is_reached_from_the_table_by_keyboard_and_sorting_keeps_the_focus(reader: Reader) -> None:
    reader.page.keyboard.press("t")
    names = reader.page.locator("#table th").all_inner_texts()
    assert names == ["When ↑", "Relation", "Status", "Roles", "Evidence", "Where", "According to"]
    reader.page.locator("#sort2").focus()
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("() => document.activeElement.id") == "sort2"
    assert reader.page.locator("#table th").nth(2).get_attribute("aria-sort") == "descending"
    while not reader.page.evaluate("() => document.activeElement.closest('td')"):
        reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    data = contract(small(), ontology())
    edge = data["edges"][reader.page.evaluate("() => dipgraph.state.selected.edge")]
    cards = reader.page.locator("#details .fact").evaluate_all("all => all.map(card => card.dataset.fact)")
    assert cards == [data["facts"][i]["id"] for i in edge["facts"]]
    assert reader.page.locator("#details blockquote").count() == len(cards)


@pytest.mark.parametrize("reader", [(bridge, {})], indirect=True)
def test_a_column_without_content_is_left_out(reader: Reader) -> None:
    reader.page.keyboard.press("t")
    assert reader.page.locator("#table th").all_inner_texts() == ["When ↑", "Relation", "Status"]


def test_search_wants_every_word_and_marks_it(reader: Reader) -> None:
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("OZTURK talks")
    quotes = reader.page.locator("#results .quote")
    wanted = [q for *_, q in small().edges(data="evidence") if "Öztürk" in str(q) and "talks" in str(q)]
    assert 0 < quotes.count() == len(wanted)
    marks = quotes.first.locator("mark").all_inner_texts()
    assert set(marks) == {"Öztürk", "talks"}


def overlap(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@pytest.mark.parametrize("reader", [(small, {}), (small, PHONE)], indirect=True)
def test_names_hit_neither_each_other_nor_the_count(reader: Reader) -> None:
    boxes = reader.page.evaluate("() => dipgraph.names().map(name => name.box)")
    assert len(boxes) > 8
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    stage, count = (reader.page.locator(each).bounding_box() for each in ("#stage", "#count"))
    assert stage and count
    left, top = count["x"] - stage["x"], count["y"] - stage["y"]
    assert not [box for box in boxes if overlap(box, [left, top, left + count["width"], top + count["height"]])]


def test_a_click_on_a_name_chooses_its_bearer(reader: Reader) -> None:
    name = reader.page.evaluate("() => dipgraph.names().at(-1)")
    box = reader.page.locator("#canvas").bounding_box()
    assert box
    reader.page.mouse.click(box["x"] + name["x"], box["y"] + name["y"])
    reader.page.wait_for_timeout(350)
    assert reader.page.evaluate("() => dipgraph.state.selected.node") == name["i"]


def contrast(one: str, other: str) -> float:
    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("reader", [(small, {"color_scheme": scheme}) for scheme in ("light", "dark")], indirect=True)
def test_every_line_is_seen_on_its_paper(reader: Reader) -> None:
    paper = reader.page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--canvas').trim()")
    strokes = reader.page.locator('[data-group="relations"] .stroke path:first-child').evaluate_all("all => all.map(each => each.getAttribute('stroke'))")  # fmt: skip
    fills = reader.page.locator('[data-group="classes"] .glyph > *').evaluate_all("all => all.map(each => each.getAttribute('fill'))")  # fmt: skip
    assert len(strokes) == 8 and all(contrast(color, paper) >= 3 for color in strokes)
    assert len(fills) == 6 and all(contrast(color, paper) >= 1.8 for color in fills)


def test_data_and_export_are_as_the_schema_says(reader: Reader) -> None:
    schema = json.loads((files("dipgraph.views") / "page.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema)
    everything = contract(small(), ontology(), title="All", selection="kinds Trip")
    check.validate(everything)
    assert not check.is_valid({**everything, "more": 1})
    assert not check.is_valid({**everything, "docs": [{**everything["docs"][0], "url": "javascript:alert(1)"}]})
    reader.page.locator('[data-group="relations"] input').first.uncheck()
    some = json.loads(exported(reader, "Data as JSON"))
    check.validate(some)
    assert 0 < len(some["facts"]) < len(everything["facts"])
    for edge in some["edges"]:
        ends = {some["nodes"][edge[end]]["id"] for end in ("from", "to")}
        assert set(edge["id"].split("|")) >= ends and all(i < len(some["facts"]) for i in edge["facts"])


def test_the_figure_has_every_node_line_and_head(reader: Reader) -> None:
    root = ElementTree.fromstring(exported(reader, "Drawing as SVG"))
    of = lambda kind: [each for each in root.iter() if each.get("class") == kind]  # noqa: E731
    data = contract(small(), ontology())
    lines, nodes, names = of("line"), of("node"), [name.text for name in of("name")]
    assert len(lines) == len(data["edges"]) and len(nodes) == len(reader.shown()[0])
    plain = sum(e["symmetric"] or data["relations"][e["relation"]]["shape"] == "none" for e in data["edges"])
    assert sum(len(g) == 2 for g in lines) == len(data["edges"]) - plain
    dashed = sum("stroke-dasharray" in g[0].attrib for g in lines)
    assert 0 < dashed < len(lines)
    assert set(names) <= {node["label"] for node in data["nodes"]} and len(names) > len(nodes) / 2
    words = {each.text for each in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"A made-up world", *(entry["label"] for entry in (*data["statuses"], *data["relations"]))} <= words


def test_a_picture_of_the_drawing_comes_out_of_the_table_too(reader: Reader) -> None:
    reader.page.keyboard.press("t")
    head = exported(reader, "Drawing as PNG")
    width, height = struct.unpack(">II", head[16:24])
    assert head.startswith(b"\x89PNG") and width > 1500 and height > 800


def test_a_column_for_each_role(reader: Reader) -> None:
    lines = list(csv.DictReader(exported(reader, "Facts as CSV").decode("utf-8-sig").splitlines()))
    assert len(lines) == 120
    told = {data["fact"]: data["roles"] for *_, data in small().edges(data=True)}
    for line in lines:
        roles = {name: value for name, value in line.items() if name.startswith("role: ") and value}
        assert roles == {f"role: {role}": "; ".join(fillers) for role, fillers in told[line["fact"]].items()}


def test_only_a_class_keeps_the_facts_that_it_has_part_in(reader: Reader) -> None:
    graph = small()
    kinds = dict(graph.nodes(data="kind"))
    wanted = {fact for a, b, fact in graph.edges(data="fact") if "Medal" in (kinds[a], kinds[b])}
    reader.page.get_by_label("Only Honour").focus()
    reader.page.keyboard.press("Enter")
    assert reader.shown()[1] == wanted and "Facts with: Honour" in reader.text("#chips")
    hash_ = reader.page.evaluate("() => location.hash")
    reader.open(hash_)
    assert reader.shown()[1] == wanted
    told = {row.inner_text() for row in reader.page.locator('[data-group="relations"] .n').all()}
    assert any(" of " in each for each in told)
    reader.page.get_by_label("All facts").click()
    assert len(reader.shown()[1]) == 120


def test_the_address_names_the_shorter_of_what_is_on_and_off(reader: Reader) -> None:
    names = [entry["id"] for entry in contract(small(), ontology())["relations"]]
    reader.page.get_by_label("Only visit").focus()
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("() => location.hash") == "#R=Trip"
    before = reader.shown()
    reader.open("#R=Trip")
    assert reader.shown() == before
    reader.open("#" + "&".join(f"r={name}" for name in names))
    assert reader.shown()[1] == set() and reader.page.evaluate("() => location.hash") == "#R=-"
    reader.open("#R=-")
    assert reader.shown()[1] == set()


def test_back_takes_back_a_choice(reader: Reader) -> None:
    reader.open("#node=" + contract(small(), ontology())["nodes"][3]["id"])
    first = reader.text("#details h2")
    reader.click_node(0)
    assert reader.text("#details h2") != first
    reader.page.go_back()
    reader.wait(f"() => document.querySelector('#details h2').textContent === {json.dumps(first)}")


@pytest.mark.parametrize("reader", [(small, PHONE)], indirect=True)
def test_the_drawer_closes_by_itself(reader: Reader) -> None:
    legend, menu = reader.page.locator("#legend"), reader.page.locator("#menu")
    beside = (375, 300)
    for close in (
        lambda: reader.page.keyboard.press("Escape"),
        lambda: reader.page.mouse.click(*beside),
        lambda: reader.page.locator("#view").click(),
    ):
        menu.click()
        assert legend.is_visible() and menu.get_attribute("aria-expanded") == "true"
        close()
        assert not legend.is_visible() and menu.get_attribute("aria-expanded") == "false"


def test_the_link_to_a_view_is_copied_or_it_is_said_why_not(reader: Reader) -> None:
    reader.page.locator("#export").click()
    reader.page.locator("#formats").get_by_text("Copy link").click()
    reader.wait("() => document.getElementById('count').textContent.includes('link')")


def apart() -> nx.MultiDiGraph:
    """A trip with a line, and one without, whose text says not where it goes."""
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", "1", fact="1", type="Trip", status="stated")
    quote = {"document": "d", "status": "stated", "before": "", "text": "She is abroad.", "after": ""}
    graph.graph["loose"] = {"2": {"type": "Trip", "status": "stated", "parties": ("a", "x"), "evidence": (quote,)}}
    return graph


@pytest.mark.parametrize("reader", [(apart, {})], indirect=True)
def test_a_fact_without_a_line_is_everywhere_but_in_the_drawing(reader: Reader) -> None:
    assert reader.text("#count") == "2 entities, 2 facts, 1 without a line"
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("abroad")
    reader.page.keyboard.press("Enter")
    assert "not drawn" in reader.text("#details .fact") and reader.text("#details mark") == "She is abroad."
    reader.open("#node=a")
    assert reader.page.locator("#details .fact").count() == 2
    reader.page.keyboard.press("t")
    assert reader.page.locator("#table tbody tr").count() == 2
    assert len(exported(reader, "Facts as CSV").splitlines()) == 3
    reader.page.locator('[data-group="relations"] input').uncheck()
    assert reader.text("#count").startswith("1 of 2 entities, 0 of 2 facts shown")


def twice_told() -> nx.MultiDiGraph:
    """One sentence that tells two facts."""
    graph = nx.MultiDiGraph(documents={"d": {"title": "News"}})
    for kind in ("Trip", "Talks"):
        quote = {"document": "d", "status": "stated", "before": "", "text": "She went and spoke.", "after": ""}
        graph.add_edge("a", "b", kind, fact=kind, type=kind, status="stated", evidence=(quote,))
    return graph


@pytest.mark.parametrize("reader", [(twice_told, {})], indirect=True)
def test_a_sentence_is_found_once_with_all_that_it_tells(reader: Reader) -> None:
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("spoke went")
    assert reader.page.locator("#results [role=option]").count() == 1
    reader.page.keyboard.press("Enter")
    assert reader.text("#details .kind") == "2 facts of one sentence"
    assert reader.page.locator("#details .fact").count() == 2
    hash_ = reader.page.evaluate("() => location.hash")
    reader.open(hash_)
    assert reader.page.locator("#details .fact").count() == 2


@pytest.mark.parametrize("reader", [(small, {"color_scheme": "dark"})], indirect=True)
def test_paper_is_white_and_holds_all(reader: Reader) -> None:
    reader.click_node(0)
    ground = "() => getComputedStyle(document.body).backgroundColor"
    dark = reader.page.evaluate(ground)
    closed = reader.page.locator("#details details:not([open])")
    assert closed.count() > 0
    reader.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert closed.count() == 0 and reader.page.evaluate(ground) == "rgb(255, 255, 255)"
    reader.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert reader.page.evaluate(ground) == dark


@pytest.mark.parametrize("reader", [(small, {"reduced_motion": "reduce"})], indirect=True)
def test_nothing_glides_for_who_wants_no_motion(reader: Reader) -> None:
    reader.page.evaluate("() => dipgraph.network.moveTo({scale: 0.05, position: {x: 9000, y: 9000}})")
    before = reader.page.evaluate("() => dipgraph.network.getScale()")
    reader.page.keyboard.press("0")
    assert reader.page.evaluate("() => dipgraph.network.getScale()") > 2 * before


def test_the_script_is_small_files_of_short_lines() -> None:
    scripts = sorted((Path(__file__).parents[2] / "src/dipgraph/views/script").glob("*.js"))
    for path in scripts:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) < 300 and max(map(len, lines)) <= 120, path
        assert lines[0].startswith('"use strict"' if path.stem == "elements" else "// "), path
    loaded = re.findall(r'"(\w+)"', re.search(r"SCRIPTS = \((.*?)\)", (scripts[0].parents[1] / "pyvis_page.py").read_text(), re.S)[1])  # type: ignore[index]  # fmt: skip
    assert sorted(loaded) == [path.stem for path in scripts]


def plain_pyvis() -> Any:
    from dipgraph.views.pyvis_page import PageNetwork

    network = PageNetwork(heading="By hand")
    for i, name in enumerate(("One", "Two", "Three")):
        network.add_node(i, label=name)
    network.add_edge(0, 1, label="knows")
    network.add_edge(0, 1, label="likes")
    network.add_edge(1, 2)
    return network


def test_a_page_of_plain_pyvis_calls_opens(reader: Reader, folder: Path) -> None:
    path = folder / "pyvis.html"
    plain_pyvis().write_html(str(path))
    opened = Reader(reader.context.browser, path).open()  # type: ignore[arg-type]
    assert opened.shown()[0] == {"0", "1", "2"} and len(opened.shown()[1]) == 3
    assert opened.text("#details h2") == "By hand"
    opened.context.close()
    assert not opened.faults


def test_the_address_holds_who_was_brought_in_and_the_order_of_the_table(reader: Reader) -> None:
    brought = reader.page.evaluate("() => dipgraph.data.nodes[40].id")
    reader.open(f"#limit=5&extra={quote(brought, safe='')}&table=1&sort=1,-1")
    assert brought in reader.shown()[0]
    assert reader.page.locator("th").nth(1).get_attribute("aria-sort") == "descending"
    address = reader.page.evaluate("() => location.hash")
    assert "sort=1%2C-1" in address and "extra=" in address
    reader.open("#limit=1")
    reader.page.locator("#reset").click()
    assert reader.page.evaluate("() => dipgraph.state.limit") == reader.page.evaluate(
        "() => dipgraph.data.nodes.length"
    )
