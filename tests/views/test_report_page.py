"""A report as a page and as Markdown: links lead somewhere, nothing acts, the same report gives the same bytes."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from dipgraph.views.charts import Bar, Mark, Node, factions, histogram, timelines
from dipgraph.views.report import Figure, Listed, Listing, Quoted, Report, Row, Section, Table, literal, recount, runs
from dipgraph.views.report_markdown import escaped, report_markdown
from dipgraph.views.report_page import report_page

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)> | [x](javascript:alert(1)) \"'`&"


def report(text: str = "Peace", url: str = "https://example.org/a", color: str = "#4477aa") -> Report:
    """A small one, with the same text wherever a reader's text can stand."""
    figure = Figure(text, ("https://w3id.org/dipgraph/fact/1", "https://w3id.org/dipgraph/fact/2"))
    chart = histogram([Bar(text, (("plain", 2),))], text)
    table = Table(
        text, (text, "facts", "share"), (Row(text, (figure, text), color),), recount([figure]), text, chart, True
    )
    matrix = replace(table, matrix=True, omitted=3)
    document = Quoted("d", text, "2020-01-01", url, "", "", "")
    fact = Listed(figure.items[0], "2020", text, ((text, text),), 0.5, (Quoted("d", text, "", url, text, text, text),))
    sections = (Section(text, text, (table, matrix)), Section(text, "", (), text))
    return Report(text, text, sections, (document,), (Listing(text, text, color, (fact,)),), 2)


class Elements(HTMLParser):
    """The names, ids, links and attributes of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.names: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.names.add(tag)
        self.attributes |= found.keys()
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found["href"])] if "href" in found else []


def test_links_lead_to_what_is_there_once() -> None:
    page = Elements(report_page(report()))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert "https://example.org/a" in page.links


def test_the_page_may_do_nothing() -> None:
    html = report_page(report())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]  # type: ignore[index]
    assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-") and "unsafe" not in policy
    page = Elements(html)
    assert not page.names & {"script", "img", "iframe", "object", "link", "form"}
    assert not {name for name in page.attributes if name.startswith("on") or name == "style"}


def test_hostile_text_stays_text() -> None:
    html = report_page(report(HOSTILE, "javascript:alert(1)", "red;}*{display:none"))
    page = Elements(html)
    assert not page.names & {"script", "img"} and "onerror" not in page.attributes
    assert not [link for link in page.links if "javascript" in link]
    assert "red;}" not in html
    calm = Elements(report_page(report()))
    assert page.names == calm.names and page.ids == calm.ids


def test_hostile_text_stays_text_in_markdown() -> None:
    text = report_markdown(report(HOSTILE, "javascript:alert(1)"))
    shown = MarkdownIt("commonmark").enable("table").render(text)
    page = Elements(shown)
    assert not page.names & {"script", "img"} and not [link for link in page.links if "javascript" in link]
    assert page.names == Elements(MarkdownIt("commonmark").enable("table").render(report_markdown(report()))).names
    assert shown.count("<td") == 6


@pytest.mark.parametrize(
    "text", ["- x", "1. x", "# x", "> x", "a\nb", "=== x", "a_b_c *d*", "a < b & c", "~~~", "x | y"]
)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    shown = MarkdownIt("commonmark").enable("table").render(escaped(text))
    inside = shown.removeprefix("<p>").removesuffix("</p>\n")
    assert inside.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == " ".join(text.split())


def test_markdown_links_lead_somewhere() -> None:
    text = report_markdown(report())
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(re.findall(r'<a id="([^"]+)">', text))
    assert "```sparql\nSELECT" in text and "3 more are not shown." in text


def test_equal_reports_are_equal_bytes() -> None:
    assert report_page(report()) == report_page(report())
    assert report_markdown(report()) == report_markdown(report())


def test_what_is_left_out_is_said() -> None:
    html = report_page(report())
    assert "1 of 2 are listed" in html and "and 1 not listed" in html and "3 more are not shown" in html


def test_charts_without_anything_are_charts() -> None:
    for chart in (histogram([], "x"), timelines([], "x"), factions([], [], "x")):
        assert chart.startswith("<svg") and "<title>x</title>" in chart


def test_charts_draw_what_they_are_given() -> None:
    assert histogram([Bar("2020", (("friend", 2), ("foe", 1)))], "x").count("<rect") == 2
    marks = [Mark(2020.0, sign, f"k{sign}", "#000000", f"tip {sign}") for sign in (-1, 0, 1)]
    drawn = timelines([("A – B", marks)], "x")
    assert (drawn.count("<path"), drawn.count("<circle"), drawn.count("tip")) == (2, 1, 3)
    nodes = [Node("a", "<A>", 1, 1), Node("b", "B", 2, 1)]
    sides = factions(nodes, [("a", "b", -1, False), ("a", "elsewhere", 1, True)], "x")
    assert sides.count("<line") == 1 and "&lt;A&gt;" in sides and 'class="foe"' in sides


def test_labels_of_queries_are_escaped() -> None:
    assert literal('a"b\\\n') == '"a\\"b\\\\\\n"'
    assert runs([3, 1, 2, 7]) == [(1, 3), (7, 7)]
