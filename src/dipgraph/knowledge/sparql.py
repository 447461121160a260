"""What may be asked of a store, and what its errors mean: text in, text out."""

import re
from collections.abc import Sequence

from dipgraph.errors import QueryError

FORBIDDEN = ("SERVICE", "LOAD")
UPDATES = ("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

# What can hold a keyword without its being one: IRIs, strings, comments, variables, tags, prefixed names.
_OPAQUE = r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>) | \"\"\"(?:[^\\]|\\.)*?\"\"\" | '''(?:[^\\]|\\.)*?'''
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | \#[^\n\r]* | [?$@]\w+
    | (?P<prefix>[\w.-]*):(?P<local>(?:[\w.%-]|\\[-_~.!$&'()*+,;=/?\#@%])*)
"""
_TOKEN = re.compile(rf"(?P<opaque>{_OPAQUE}) | (?P<word>[A-Za-z]+) | (?P<loose>[\"'\\])", re.VERBOSE | re.DOTALL)
# An IRI for certain; any other might be the operator < before an expression, up to a > in whatever follows.
_CERTAIN = re.compile(r"<([A-Za-z][\w+.-]*://.*|[\w:/.%~-]*)>")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_POSITION = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_EXPECTED = re.compile(r'"[^"\\]{1,3}"|\b[A-Z]{2,}\b|\b[a-zA-Z*]+ [a-zA-Z* ]{6,}')


def checked(query: str) -> str:
    """The query itself; QueryError if it would change the graph or ask another server."""
    # Escapes may be undone before or after the text is cut into tokens: neither way may a keyword slip through.
    for text in {query, _unescaped(query)}:
        tokens = list(_TOKEN.finditer(text))
        words = [match["word"].upper() for match in tokens if match["word"]]
        refused = [word for word in words if word in FORBIDDEN] or ["SERVICE"] * _may_reach_out(text, tokens)
        if refused:
            raise QueryError(
                f"{refused[0]} is refused: a query may ask only this knowledge graph, not another address."
            )
        first = next((word for word in words if word not in ("PREFIX", "BASE")), "")
        if first in UPDATES:
            raise QueryError(
                f"{first} is refused: a query is SELECT, ASK, CONSTRUCT or DESCRIBE; only a build changes the graph."
            )
    return query


def _may_reach_out(text: str, tokens: Sequence[re.Match[str]]) -> bool:
    """Whether the engine may read SERVICE where no word of that name was read here; in doubt, yes.

    The engine needs no space between words (`trueSERVICE`, `SERVICE:x`), and a name may end at a full stop.
    """
    if "SERVICE" not in text.upper():
        return False
    if any(match["loose"] or (match["iri"] and not _CERTAIN.fullmatch(match["iri"])) for match in tokens):
        return True
    outside = (
        match["word"] or f"{match['prefix'] or ''} {(match['local'] or '').partition('.')[2]}" for match in tokens
    )
    return any("SERVICE" in part.upper() for part in outside)


def syntax_error(query: str, error: SyntaxError) -> QueryError:
    """The store's syntax error in one sentence, with its line, its column and the text there."""
    match = _POSITION.match(str(error))
    if not match:
        return QueryError(f"The query is not valid SPARQL: {' '.join(str(error).split())}.")
    line, column = int(match[1]), int(match[2])
    lines = query.splitlines() or [""]
    rest = lines[line - 1][column - 1 :].strip()[:30] if line <= len(lines) else ""
    if "Prefix not found" in match[3]:
        why = "this prefix is not declared"
    else:
        expected = list(dict.fromkeys(_EXPECTED.findall(match[3])))[:8]
        why = f"expected {', '.join(expected)}" if expected else "this was not expected"
    where = f"before {rest!r}" if rest else "at the end of the line"
    return QueryError(f"The query is not valid SPARQL at line {line}, column {column}, {where}: {why}.")


def _unescaped(query: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF else match[0]

    return _ESCAPE.sub(character, query)
