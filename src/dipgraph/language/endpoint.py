"""A language model behind an OpenAI-compatible endpoint (Ollama, vLLM, hosted): one question, one answer.

The standard library suffices for one POST at a time. Redirects are not followed: they would carry the key elsewhere.
"""

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from dipgraph.errors import EndpointError, InputError, ReplyError

KEY = "DIPGRAPH_API_KEY"
"""The environment variable with the key: our own, so that no key of another program is sent to an endpoint unasked."""
TIMEOUT = 300.0
"""Seconds for one answer: a model on a laptop takes minutes."""
TRIES = 4
LONGEST_WAIT = 60.0
"""Seconds: who asks us to wait longer is asked again by the user, not by us."""
LONGEST_REPLY = 4_000_000
_BUSY = (429, 500, 502, 503, 504)
_NOT_UNDERSTOOD = (400, 415, 422, 501)

Messages = Sequence[Mapping[str, str]]


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = build_opener(_NoRedirect)


@dataclass(eq=False)
class Endpoint:
    """A model at an endpoint such as `http://localhost:11434/v1`. Making one contacts nobody; `answer` does."""

    url: str
    model: str
    timeout: float = TIMEOUT
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    _structured: bool = field(default=True, init=False, repr=False)

    def __post_init__(self) -> None:
        parts = _parts(self.url)
        if parts is None:
            raise InputError(f"--endpoint {self.url}: not a web address; write it like http://localhost:11434/v1.")
        if parts.username or parts.password or parts.query:
            raise InputError(f"--endpoint: no user name, password or query in an address; put the key into {KEY}.")

    def answer(self, messages: Messages, schema: Mapping[str, Any]) -> str:
        """What the model says, by the schema where the endpoint takes one, else in whatever form it pleases."""
        if self._structured:
            form = {"type": "json_schema", "json_schema": {"name": "facts", "strict": True, "schema": schema}}
            try:
                return self._content(
                    self._patiently({**self._plain(messages), "temperature": 0, "response_format": form})
                )
            except HTTPError as error:
                if error.code not in _NOT_UNDERSTOOD:
                    raise self._failure(error) from None
        try:
            content = self._content(self._patiently(self._plain(messages)))
        except HTTPError as error:
            raise self._failure(error) from None
        self._structured = False  # known only now: it was the form that was not understood
        return content

    def _plain(self, messages: Messages) -> dict[str, Any]:
        return {"model": self.model, "messages": list(messages), "stream": False}

    def _patiently(self, body: Mapping[str, Any]) -> bytes:
        """The reply, asked for again a few times where the endpoint is busy."""
        for attempt in range(1, TRIES + 1):
            try:
                return self._post(body)
            except HTTPError as error:
                wait = _wait(error, attempt)
                if error.code not in _BUSY or attempt == TRIES or wait > LONGEST_WAIT:
                    raise
                self.sleep(wait)
        raise AssertionError("unreachable")

    def _post(self, body: Mapping[str, Any]) -> bytes:
        address = self.url.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"
        request = Request(address, json.dumps(body).encode(), self._headers())  # noqa: S310 - http or https, checked
        try:
            with _OPENER.open(request, timeout=self.timeout) as reply:
                return self._read(reply)
        except HTTPError:
            raise
        except (OSError, HTTPException) as error:
            raise self._unreached(error) from None

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "dipgraph"}
        if key := os.environ.get(KEY, "").strip():
            if not _is_plain(key):
                raise EndpointError(f"{KEY}: not a key; it has characters that no key has.")
            headers["Authorization"] = f"Bearer {key}"
        return headers

    def _read(self, reply: HTTPResponse) -> bytes:
        """All of the reply, within the time for all of it and no more than can be an answer."""
        deadline, content = time.monotonic() + self.timeout, bytearray()
        while block := reply.read1(65_536):
            content += block
            if len(content) > LONGEST_REPLY:
                raise ReplyError(f"{self.url} answers with more than {LONGEST_REPLY // 1_000_000} MB.")
            if time.monotonic() > deadline:
                raise TimeoutError
        return bytes(content)

    def _content(self, reply: bytes) -> str:
        try:
            choice = json.loads(reply)["choices"][0]
            content, finish = choice["message"]["content"], choice.get("finish_reason")
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
            raise ReplyError(f"{self.url} does not answer as a chat endpoint does: {_quoted(reply)}.") from None
        if finish == "length":
            raise ReplyError(f"The answer of {self.model} was cut short; give the model a longer context.")
        if not isinstance(content, str) or not content.strip():
            raise ReplyError(f"{self.model} answers with nothing.")
        return content

    def _unreached(self, error: Exception) -> EndpointError:
        if isinstance(error, URLError):
            said = getattr(error.reason, "strerror", None) or error.reason
            return EndpointError(f"--endpoint {self.url} cannot be reached ({said}); is it running?")
        if isinstance(error, TimeoutError):
            return ReplyError(f"{self.url} gave no whole answer in {self.timeout:g} seconds; allow more by --timeout.")
        return ReplyError(f"{self.url} broke off its answer ({type(error).__name__}).")

    def _failure(self, error: HTTPError) -> EndpointError:
        with error:
            said = b""
            with suppress(OSError, HTTPException):
                said = error.read(2_000)
        where, why = f"{self.url} answers {error.code}", _quoted(said)
        if error.code in (401, 403):
            return EndpointError(f"{where}: it wants a valid key; put it into the environment variable {KEY}.")
        if error.code == 404:
            return EndpointError(f"{where}: it has no model {self.model!r}, or is no chat endpoint ({why}).")
        if 300 <= error.code < 400:
            return EndpointError(f"{where}, a redirect, which is not followed; give the address it leads to.")
        if error.code == 429:
            return ReplyError(f"{where}: too many requests, even after waiting ({why}).")
        return ReplyError(f"{where} ({why}).")


def _wait(error: HTTPError, attempt: int) -> float:
    """Seconds that the endpoint asks us to wait (a number or a date), else twice as long each time."""
    asked = (error.headers.get("Retry-After") or "").strip()
    if asked.isdecimal():
        return float(asked)
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    return float(2 ** (attempt - 1))


def _quoted(said: bytes) -> str:
    """What an endpoint says, safe to print: without the key, which some repeat."""
    text, key = said.decode("utf-8", "replace"), os.environ.get(KEY, "").strip()
    return repr(" ".join((text.replace(key, "…") if key else text).split())[:200])


def _parts(url: str) -> SplitResult | None:
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and _is_plain(url):
            return parts
    return None


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text
