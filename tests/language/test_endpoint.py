"""The endpoint: one POST, what it does about every kind of refusal, and what it never does."""

from collections.abc import Iterator
from typing import Any

import pytest
from stub_endpoint import Reply, Stub, said, serving

from dipgraph.errors import EndpointError, InputError, ReplyError
from dipgraph.language import endpoint as module
from dipgraph.language.endpoint import KEY, TRIES, Endpoint

MESSAGES = [{"role": "user", "content": "Well?"}]
SCHEMA = {"type": "object"}
BUSY = Reply(b"busy", 429)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as stub:
        yield stub


def ask(stub: Stub, *replies: Reply, waits: list[float] | None = None, **options: Any) -> str:
    stub.replies = list(replies)
    waits = [] if waits is None else waits
    return Endpoint(stub.url, "m", sleep=waits.append, **options).answer(MESSAGES, SCHEMA)


def test_it_asks_for_structured_output(stub: Stub) -> None:
    assert ask(stub, said("fine")) == "fine"
    (body,) = stub.asked
    assert (body["model"], body["messages"], body["temperature"]) == ("m", MESSAGES, 0)
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert stub.keys == [None]


@pytest.mark.parametrize("status", [400, 422])
def test_it_does_without_where_that_is_not_understood(stub: Stub, status: int) -> None:
    stub.replies = [Reply(b"response_format?", status), said("one"), said("two")]
    endpoint = Endpoint(stub.url, "m")
    assert [endpoint.answer(MESSAGES, SCHEMA) for _ in range(2)] == ["one", "two"]
    assert ["response_format" in body for body in stub.asked] == [True, False, False]


def test_a_long_address_is_an_address_too(stub: Stub) -> None:
    stub.replies = [said("fine")]
    assert Endpoint(f"{stub.url}/chat/completions/", "m").answer(MESSAGES, SCHEMA) == "fine"


@pytest.mark.parametrize("url", ["", "localhost:11434", "file:///etc/passwd", "ftp://x/v1", "http://", "http://x:y/",
                                 "http://[", "http://a b/", "http://x/\n", "http://user:hunter2@x/v1", "http://x/?key=1"])  # fmt: skip
def test_what_is_no_address_is_said_before_anything_is_sent(url: str) -> None:
    with pytest.raises(InputError, match="--endpoint") as caught:
        Endpoint(url, "m")
    assert "hunter2" not in str(caught.value)


def test_the_key_is_sent_and_never_shown(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "sk-secret")
    ask(stub, said("fine"))
    assert stub.keys == ["Bearer sk-secret"]
    for status in (400, 401, 404, 500):
        with pytest.raises(EndpointError) as caught:
            ask(stub, Reply(b'{"error": "Incorrect key sk-secret"}', status))
        assert "sk-secret" not in str(caught.value)
    with pytest.raises(ReplyError) as caught:
        ask(stub, Reply(b"sk-secret is no JSON"))
    assert "sk-secret" not in str(caught.value)
    assert "sk-secret" not in repr(Endpoint(stub.url, "m"))
    monkeypatch.setenv(KEY, "sk-secret\r\nHost: elsewhere")
    with pytest.raises(EndpointError, match=f"{KEY}: not a key") as caught:
        ask(stub, said("fine"))
    assert "sk-secret" not in str(caught.value)


def test_no_other_key_is_sent(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    ask(stub, said("fine"))
    assert stub.keys == [None]


def test_nobody_there() -> None:
    with serving() as gone:
        url = gone.url
    with pytest.raises(EndpointError, match=r"cannot be reached .*refused.*is it running") as caught:
        Endpoint(url, "m").answer(MESSAGES, SCHEMA)
    assert not isinstance(caught.value, ReplyError)


@pytest.mark.parametrize(
    ("status", "message", "fatal"),
    [(401, f"wants a valid key; put it into the environment variable {KEY}", True), (403, "wants a valid key", True),
     (404, "it has no model 'm'", True), (307, "a redirect, which is not followed", True), (413, "answers 413", False)],
)  # fmt: skip
def test_refusals(stub: Stub, status: int, message: str, fatal: bool) -> None:
    with pytest.raises(EndpointError, match=message) as caught:
        ask(stub, Reply(b"no\x1b[31m", status, (("Location", "http://127.0.0.1:9/"),)))
    assert isinstance(caught.value, ReplyError) is not fatal
    assert len(stub.asked) == 1
    assert str(caught.value).isprintable()


def test_it_waits_as_long_as_it_is_asked_to(stub: Stub) -> None:
    waits: list[float] = []
    later = "Wed, 21 Oct 2015 07:28:00 GMT"  # gone by: no wait
    replies = (Reply(b"", 429, (("Retry-After", "7"),)), Reply(b"", 503, (("Retry-After", later),)), said("fine"))
    assert ask(stub, *replies, waits=waits) == "fine"
    assert waits == [7.0, 0.0]


def test_it_waits_longer_each_time_and_not_for_ever(stub: Stub) -> None:
    waits: list[float] = []
    with pytest.raises(ReplyError, match="answers 429: too many requests"):
        ask(stub, BUSY, waits=waits)
    assert waits == [1, 2, 4]
    assert len(stub.asked) == TRIES
    with pytest.raises(ReplyError, match="answers 500"):
        ask(stub, Reply(b"oops", 500), waits=waits)


@pytest.mark.parametrize("wait", ["3600", "9" * 400])
def test_it_does_not_wait_an_hour(stub: Stub, wait: str) -> None:
    waits: list[float] = []
    with pytest.raises(ReplyError, match="too many requests"):
        ask(stub, Reply(b"", 429, (("Retry-After", wait),)), waits=waits)
    assert waits == []


@pytest.mark.parametrize(
    ("reply", "message"),
    [(Reply(b"<html>"), "does not answer as a chat endpoint does: '<html>'"), (Reply(b"[]"), "does not answer"), (Reply(b"null"), "does not answer"),
     (Reply(b'{"choices": []}'), "does not answer"), (Reply(b'{"choices": {"0": 1}}'), "does not answer"), (Reply(b'{"error": "x"}'), "does not answer"),
     (Reply(b"[" * 100_000), "does not answer"), (Reply(b"\xff\xfe"), "does not answer"), (said("x", "length"), "was cut short"),
     (said(" "), "answers with nothing"), (Reply(b'{"choices": [{"message": {"content": null}}]}'), "answers with nothing"),
     (Reply(b'{"choices"', length=50), "does not answer|broke off")],
)  # fmt: skip
def test_answers_that_are_none(stub: Stub, reply: Reply, message: str) -> None:
    with pytest.raises(ReplyError, match=message) as caught:
        ask(stub, reply)
    assert "\n" not in str(caught.value)


def test_a_slow_answer(stub: Stub) -> None:
    with pytest.raises(ReplyError, match=r"gave no whole answer in 0.1 seconds; allow more by --timeout"):
        ask(stub, Reply(b"", pause=0.5), timeout=0.1)


def test_an_answer_without_end(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_REPLY", 100_000)
    with pytest.raises(ReplyError, match="answers with more than"):
        ask(stub, said("x" * 1_000_000))
