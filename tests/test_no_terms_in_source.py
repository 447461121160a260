"""The ontology is the program: Python names no kind of fact, no role, no status, and holds no list of trigger words.

Docstrings and comments are prose and may use any word. Every exception is listed with its reason, and must be in use.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dipgraph
from dipgraph.ontology import load

SOURCE = Path(dipgraph.__file__).parent
ONTOLOGY = load()
TERMS = {
    **{role: "role" for kind in ONTOLOGY.kinds.values() for role in kind.roles},
    **{s.predicate: "plain triple" for kind in ONTOLOGY.kinds.values() for s in kind.shortcuts},
    **dict.fromkeys(ONTOLOGY.kinds, "kind of fact"),
    **dict.fromkeys(ONTOLOGY.statuses, "status"),
}
LEXICON = {
    *(word for kind in ONTOLOGY.kinds.values() for frame in kind.frames for word in frame.words | frame.object_nouns),
    *(word for status in ONTOLOGY.statuses.values() for words in status.cues.values() for word in words),
    *ONTOLOGY.words["speech"],
}

TENURE = "a field of model.Tenure: the gazetteer's dated office holding, which is background knowledge and no fact"
TITLE = "the office, holder and polity of a title in the text: titles are grammar, as persons and states are"
COLUMN = "a column or folder of the gazetteer's CSV tables"
END = "the far end of an edge, in the words of networkx, or of a dgx:shortcut (dgx:target)"
WORD = "an everyday word that happens to be a term too"
NETWORK = (
    *("attention", "balance", "brokerage", "centrality", "chains", "export", "frustration", "honours", "measures"),
    *("occurrences", "periods", "portfolios", "projection", "ranks"),
)
EXCEPTIONS: dict[tuple[str, str], str] = {
    **{("model.py", term): TENURE for term in ("holder", "office", "polity")},
    **{
        (f"language/{name}.py", term): TITLE
        for name in ("holdings", "tenures")
        for term in ("office", "polity", "holder")
    },
    **{(f"language/{name}.py", "office"): TITLE for name in ("titles", "reference")},
    **{(f"language/{name}.py", "holder"): TITLE for name in ("circumstances", "reference")},
    **{(f"language/{name}.py", "polity"): TITLE for name in ("posts", "reference")},
    **{("language/frames.py", term): TITLE for term in ("holder", "office", "polity")},
    ("language/circumstances.py", "office"): TITLE,
    ("language/roles.py", "office"): TITLE,
    **{("language/names.py", term): TENURE for term in ("holder", "polity", "office")},
    **{("language/persons.py", term): TENURE for term in ("holder", "polity")},
    ("language/mentions.py", "office"): TITLE,
    **{(f"network/{name}.py", term): TENURE for name in ("offices", "portfolios") for term in ("holder", "polity")},
    **{("network/ranks.py", term): TENURE for term in ("holder", "office")},
    **{("knowledge/gazetteer.py", term): COLUMN for term in ("office", "polity", "honour", "member")},
    **{(f"network/{name}.py", "target"): END for name in NETWORK},
    **{
        (name, "target"): END
        for name in (
            *("cli/ontologies.py", "knowledge/facts.py", "ontology/values.py", "views/factions.py"),
            *(f"pipeline/report/{name}.py" for name in ("actors", "dealings", "queries")),
            *("ontology/faults.py", "ontology/tables.py"),
            *("views/payload.py", "views/plots.py"),
        )
    },
    ("knowledge/folder.py", "holder"): "the process that holds the lock",
    ("ontology/tables.py", "actsFor"): "dgx:actsFor, an annotation of the extraction vocabulary",
    ("cli/asking.py", "met"): "an example in the help text, which its own test runs",
    **{(name, "joined"): WORD for name in ("knowledge/facts.py", "network/offices.py")},
    ("language/mentions.py", "left"): WORD,
    ("language/time_patterns.py", "occasion"): WORD,
    ("views/plots.py", "left"): "a side, to matplotlib",
}
LISTS = {
    "language/modality.py": "the auxiliaries of the future tense: closed-class words of English grammar",
}


def prose(tree: ast.AST) -> set[int]:
    """Strings that stand as statements: docstrings."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def words(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each identifier, and each word of each string literal, with its line."""
    documentation = prose(tree)
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield from ((line, word) for word in re.findall(r"\w+", node.value))
        for field in ("id", "attr", "arg", "name"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                yield line, value


def lists(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Each literal collection of strings, and each string that is split into words, with its line."""
    for node in ast.walk(tree):
        found: list[ast.expr | None] = []
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            found = list(node.elts)
        elif isinstance(node, ast.Dict):
            found = list(node.keys)
        texts = [item.value for item in found if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            inner = node.func.value
            texts = inner.value.split() if isinstance(inner, ast.Constant) and isinstance(inner.value, str) else []
        if texts:
            yield getattr(node, "lineno", 0), texts


def named(source: str) -> set[tuple[int, str]]:
    """Terms of the ontology in some source."""
    return {(line, word) for line, word in words(ast.parse(source)) if word in TERMS}


def listed(source: str) -> list[tuple[int, list[str]]]:
    """Collections most of whose strings, and at least three, are words of the lexicon."""
    return [
        (line, texts)
        for line, texts in lists(ast.parse(source))
        if len(hits := [text for text in texts if text in LEXICON]) >= 3 and len(hits) > len(texts) / 2
    ]


FILES = {str(path.relative_to(SOURCE)): path for path in sorted(SOURCE.rglob("*.py"))}


@pytest.mark.parametrize("name", FILES)
def test_a_module_names_nothing_that_the_ontology_names(name: str) -> None:
    found = named(FILES[name].read_text(encoding="utf-8"))
    faults = [f"line {line}: {TERMS[w]} {w}" for line, w in sorted(found) if (name, w) not in EXCEPTIONS]
    assert faults == []


@pytest.mark.parametrize("name", FILES)
def test_a_module_lists_no_trigger_words(name: str) -> None:
    found = [] if name in LISTS else listed(FILES[name].read_text(encoding="utf-8"))
    assert found == []


def test_every_exception_is_in_use() -> None:
    used = {(name, word) for name, path in FILES.items() for _, word in named(path.read_text(encoding="utf-8"))}
    assert EXCEPTIONS.keys() - used == set()
    assert {name for name in LISTS if not listed(FILES[name].read_text(encoding="utf-8"))} == set()


@pytest.mark.parametrize(
    ("source", "term"),
    [
        ('x = "HonourAward"', "HonourAward"),
        ('x = f"{y} was postponed"', "postponed"),
        ("def recipient(): ...", "recipient"),
        ("x.recipient = 1", "recipient"),
        ("f(awarder=1)", "awarder"),
        ("for visitor in y: pass", "visitor"),
        ("class Visit: ...", "Visit"),
        ('x["dip:honoured"]', "honoured"),
    ],
)
def test_a_term_would_be_found(source: str, term: str) -> None:
    assert {word for _, word in named(source)} == {term}


@pytest.mark.parametrize(
    "source",
    [
        'x = ("award", "confer", "bestow")',
        'x = {"visit": 1, "tour": 2, "travel": 3}',
        'x = "award confer grant".split()',
    ],
)
def test_a_list_of_triggers_would_be_found(source: str) -> None:
    assert listed(source)


def test_prose_may_use_any_word() -> None:
    assert not named('def f():\n    """The recipient of a Visit was postponed."""  # HonourAward\n')
