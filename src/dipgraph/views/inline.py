"""Code that stands inside a page: read from our own files, kept from ending its element, allowed by its digest."""

import base64
import hashlib
from importlib.resources import files

from markupsafe import Markup

from dipgraph.errors import DipgraphError


def resource(name: str) -> str:
    """The text of a file of this room."""
    return (files("dipgraph.views") / name).read_text(encoding="utf-8")


def inlined(code: str) -> Markup:
    """Code that stays in its element: a browser hashes it after turning CRLF to LF, so must we."""
    code = code.replace("\r\n", "\n").replace("\r", "\n")
    if found := [bad for bad in ("</script", "</style", "<!--") if bad in code.lower()]:
        raise DipgraphError(f"code to put into the page contains {found[0]!r}, which would end its element")
    return Markup(code)  # noqa: S704 - our own code and the engine's, checked above


def digest(code: str) -> str:
    """The source expression of a content security policy that allows exactly this code."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
