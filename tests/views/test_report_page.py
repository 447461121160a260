"""A report as a page and as Markdown: links lead somewhere, nothing acts, the same report gives the same bytes."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from dipgraph.views.charts import Bar, Histogram
from dipgraph.views.report import Figure, Listed, Listing, Quoted, Report, Row, Section, Table
from dipgraph.views.report_markdown import escaped, report_markdown
from dipgraph.views.report_notes import GROUPS, Index, runs
from dipgraph.views.report_page import report_page

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)> | [x](javascript:alert(1)) \"'`&"


def report(text: str = "Peace", url: str = "https://example.org/a", color: str = "#4477aa") -> Report:
    """A small one, with the same text wherever a reader's text can stand."""
    figure = Figure(text, ("https://w3id.org/dipgraph/fact/1", "https://w3id.org/dipgraph/fact/2"))
    pairs = Figure.of("pairs", {text: (figure.items[0],), f"{text} 2": figure.items})
    chart = Histogram((Bar(text, (("plain", 2),)),))
    table = Table(
        text, (text, "facts", "share"), (Row(text, (figure, text), color),), f"# {text}", text, chart, text, True
    )
    matrix = Table(
        text,
        (text, "b", "all"),
        (Row(text, (figure, figure)), Row("all", (figure, figure))),
        "",
        matrix=True,
        rest=text,
    )
    document = Quoted("d", text, "2020-01-01", url, "", "", "")
    fact = Listed(figure.items[0], "2020", text, ((text, text),), 0.5, (Quoted("d", text, "", url, text, text, text),))
    sections = (Section(text, (text, pairs, " and ", text), (table, matrix), sparql=text), Section(text, missing=text))
    summary = Section(text, (figure, text), sparql=text)
    return Report(text, summary, sections, (text,), (document,), (Listing(text, text, color, (fact,)),), 3, 2)


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
    assert shown.count("<td") == 9


@pytest.mark.parametrize(
    "text",
    ["- x", "1. x", "# x", "> x", "a\nb", "=== x", "--- x", "a_b_c *d* _e_", "a < b & c", "~~~", "x | y", "2018-06-08", "0.319", "+3",
     "`x`", "[a](b)", "1) x", ": x", "http://a.b/c_d", "\\*"],
)  # fmt: skip
def test_markdown_shows_text_as_it_is(text: str) -> None:
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escaped(text))
    inside = shown.removeprefix("<p>").removesuffix("</p>\n")
    assert inside.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == " ".join(text.split())


@pytest.mark.parametrize(
    "text", ["0.319", "2018-06-08", "+3", "said (Harary 1959): so, e.g. don’t", "articles/a_b-c", "5 of 6", "a: b; c!"]
)
def test_markdown_leaves_plain_text_alone(text: str) -> None:
    assert escaped(text) == text


def test_markdown_links_lead_somewhere() -> None:
    text = report_markdown(report())
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(re.findall(r'<span id="([^"]+)">', text))
    assert "```sparql\n# Peace\n```" in text
    assert "Peace[2](#s1-1) and Peace" in text.splitlines()


def test_equal_reports_are_equal_bytes() -> None:
    assert report_page(report()) == report_page(report())
    assert report_markdown(report()) == report_markdown(report())


def test_what_is_left_out_is_said() -> None:
    html = report_page(report())
    assert "Listed: 1 of 3;" in html and "Listed: 1 of 2," in html and " and 1 not listed" in html
    assert "Listed: 1 of 2; `--limit` lists more." in report_markdown(report())


def test_groups_are_named_as_far_as_there_is_room() -> None:
    many = Figure.of("pairs", {f"pair {n}": ("https://w3id.org/dipgraph/fact/1",) for n in range(GROUPS + 5)})
    made = replace(report(), summary=Section("s", (many,), sparql="q"))
    (entry,) = Index(made).texts[0].entries
    assert (many.value, len(entry.groups), entry.more, entry.groups[3].name) == (GROUPS + 5, GROUPS, 5, "pair 3")
    assert "and 5 more, which the query names" in report_page(made) and "; and 5 more)" in report_markdown(made)


def test_a_bar_leads_to_its_figure() -> None:
    page = Elements(report_page(report()))
    assert page.links.count("#t1-1") == 2  # in the chart and in the table
    assert "t1-1" in page.ids


def test_runs() -> None:
    assert runs([3, 1, 2, 7, 7]) == [(1, 3), (7, 7)]
