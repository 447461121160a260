"""The commands that read articles: build, extract, explain, demo."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from dipgraph.cli.options import (
    chosen_reader,
    confidence_option,
    examples,
    fact_line,
    format_option,
    given,
    note,
    note_empty,
    ontology_option,
    print_json,
    print_rows,
    progressbar,
    published_option,
    reader_options,
    report,
    shortened,
)

if TYPE_CHECKING:
    from dipgraph.model import Document
    from dipgraph.pipeline import Summary
    from dipgraph.reading.corpus import Corpus


@click.command(
    epilog=examples("dipgraph build articles/ --into KG", "dipgraph build news.jsonl --published 2020-05-06 --into KG")
)
@click.argument("paths", nargs=-1, required=True)
@click.option("--into", required=True, metavar="KG", help="The folder of the knowledge graph; made if it is not there.")
@published_option
@ontology_option
@reader_options
@format_option("table", "json")
def build(
    paths: tuple[str, ...],
    into: str,
    published: str | None,
    ontology: tuple[str, ...],
    style: str,
    **reader: Any,
) -> None:
    """Read articles into a knowledge graph.

    PATHS are files (.txt, .md, .json, .jsonl), folders of them, or - for the standard input. Articles that are in the
    graph already are skipped unless they changed. Ctrl-C loses nothing: the same command goes on where it was.
    """
    from dipgraph import pipeline
    from dipgraph.cli import Failure

    options = {**given(published=published, ontology=ontology), **chosen_reader(**reader)}
    try:
        summary = pipeline.build(paths, into, progress=progressbar, **options)
    except KeyboardInterrupt:
        raise Failure(f"stopped by Ctrl-C; {into} is whole: run the same command again to go on.", 130) from None
    if style == "json":
        print_json(_as_json(summary))
    else:
        _print_summary(summary)
    for path in summary.replaced:
        note(f"{into} was read with --ontology {path} before; to go on with that too, give both.")
    report(summary.log)


@click.command(
    epilog=examples("dipgraph extract article.txt", "cat article.txt | dipgraph extract - --published 2020-05-06")
)
@click.argument("paths", nargs=-1, required=True)
@published_option
@confidence_option
@ontology_option
@reader_options
@format_option("json", "table")
def extract(
    paths: tuple[str, ...],
    published: str | None,
    min_confidence: float,
    ontology: tuple[str, ...],
    style: str,
    **reader: Any,
) -> None:
    """Print the facts of articles, one a line as JSON.

    PATHS are files (.txt, .md, .json, .jsonl), folders of them, or - for the standard input. What several sentences of
    one article say about the same event is one fact; facts of different articles are not merged.
    """
    from dipgraph import pipeline

    empty: dict[str, None] = {}
    documents, log = 0, pipeline.Log()

    def counted(corpus: "Corpus") -> Iterator["Document"]:
        nonlocal documents
        for document in progressbar(corpus):
            documents += 1
            empty[document.id] = None
            yield document

    options = {
        **given(published=published, ontology=ontology, min_confidence=min_confidence),
        **chosen_reader(**reader),
    }
    for fact in pipeline.extract(paths, progress=counted, log=log, **options):
        empty.pop(fact["document"], None)
        click.echo(
            json.dumps(fact, ensure_ascii=False) if style == "json" else f"{fact['document']}  {fact_line(fact)}"
        )
    empty = {name: None for name in empty if name not in log.failed}
    if log.failed or len(empty) < documents:
        note_empty(list(empty), documents)
    elif min_confidence:
        note(f"No facts found with a confidence of {min_confidence:g} or more.")
    else:
        note("No facts found. `dipgraph explain` with the same file says for each sentence why.")
    report(log)


@click.command(epilog=examples("dipgraph explain article.txt", "dipgraph explain article.txt --html article.html"))
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option("--html", metavar="PAGE", help="Write it as one HTML page with the evidence marked in the text.")
@published_option
@ontology_option
@reader_options
@format_option("table", "json")
@click.option("--json", "style", flag_value="json", help="The same as --format json: one sentence a line.")
def explain(
    paths: tuple[str, ...],
    html: str | None,
    published: str | None,
    ontology: tuple[str, ...],
    style: str,
    **reader: Any,
) -> None:
    """Show, sentence by sentence, how an article is read.

    What each sentence mentions, which words can evoke a fact and what stands in their slots, which kinds of fact fired, and
    which nearly did and why they did not.
    """
    from dipgraph import pipeline
    from dipgraph.cli import explaining
    from dipgraph.pipeline import explanation

    log = pipeline.Log()
    options = {**given(published=published, ontology=ontology), **chosen_reader(**reader)}
    if html:
        size = len(explanation.explain_page(paths, html, log=log, **options).encode())
        click.echo(f"{html} ({size / 1e3:.0f} kB)")
        report(log)
        return
    states: dict[str, bool] = {}
    for sentence in explanation.explain(paths, log=log, **options):
        states[sentence["document"]] = states.get(sentence["document"], False) or bool(sentence["fired"])
        if style == "json":
            click.echo(json.dumps(sentence, ensure_ascii=False))
        else:
            explaining.print_sentence(sentence)
    note_empty([name for name, any_fact in states.items() if not any_fact], len(states))
    report(log)


@click.command(epilog=examples("dipgraph demo"))
@click.option("--into", default="dipgraph-demo", show_default=True, metavar="DIR", help="The folder to make.")
@format_option("table", "json")
def demo(into: str, style: str) -> None:
    """Do everything once, on the articles that come with dipgraph.

    Builds a knowledge graph, prints a summary, answers a question, and draws the graph.
    """
    from dipgraph.knowledge.quads import PREFIXES
    from dipgraph.pipeline import outputs

    made = outputs.demo(into, progress=progressbar)
    if style == "json":
        print_json(
            {
                **_as_json(made.summary),
                "question": made.question.title,
                "answer": made.answer.records(),
                "page": str(made.page),
            }
        )
        return
    _print_summary(made.summary)
    click.echo(f"\n{made.question.title}\n")
    print_rows(made.answer.columns, [[shortened(cell, PREFIXES) for cell in row] for row in made.answer.rows], "table")
    click.echo(f"\nThe graph: {made.page} (opens in any browser, without a network)")
    click.echo(
        f'Ask more:  dipgraph ask {made.summary.path}\n           dipgraph show {made.summary.path} "Vladimir Putin"'
    )


def _as_json(summary: "Summary") -> dict[str, Any]:
    return {
        "graph": str(summary.path), "documents": summary.documents, "unchanged": summary.unchanged, "empty": list(summary.empty),
        "failed": summary.log.failed, "facts": summary.facts, "kinds": dict(summary.kinds), "statuses": dict(summary.statuses),
    }  # fmt: skip


def _print_summary(summary: "Summary") -> None:
    read = summary.documents - summary.unchanged - len(summary.log.failed)
    click.echo(f"{summary.path}: {read} documents read, {summary.unchanged} unchanged; {summary.facts} facts")
    if not summary.facts:
        note("The graph holds no facts: `dipgraph explain FILE` says for each sentence why nothing was found.")
        return
    click.echo(f"  by status: {', '.join(f'{name} {n}' for name, n in summary.statuses.items())}")
    click.echo(f"  by kind:   {', '.join(f'{name} {n}' for name, n in summary.kinds.items())}")
    note_empty(summary.empty, summary.documents - summary.unchanged)
