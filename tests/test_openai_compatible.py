"""What is particular to endpoints; what every generator must do is in test_generators.py."""

import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from rag.errors import ModelError
from rag.openai_compatible import OpenAICompatibleGenerator
from rag.types import Message

URL = "http://endpoint.test/v1"
QUESTION = [Message("system", "Answer."), Message("user", "Why?")]
Answering = Callable[[httpx.Request], httpx.Response]


def generator(answering: Answering, api_key: str = "") -> OpenAICompatibleGenerator:
    return OpenAICompatibleGenerator(
        f"{URL}/",
        context_tokens=2048,
        model="some-model",
        api_key=api_key,
        transport=httpx.MockTransport(answering),
    )


def replying(body: bytes | Iterator[bytes], status: int = 200) -> Answering:
    return lambda request: httpx.Response(status, content=body)


def event(text: str) -> bytes:
    data = json.dumps({"choices": [{"delta": {"content": text}}]}, ensure_ascii=False)
    return f"data: {data}\n\n".encode()


def written(answering: Answering) -> list[str]:
    return list(generator(answering).stream(QUESTION, max_tokens=50))


def test_the_question_is_asked_greedily_as_a_stream() -> None:
    requests: list[httpx.Request] = []

    def answering(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, content=event("So."))

    assert list(generator(answering, "secret").stream(QUESTION, max_tokens=50)) == ["So."]
    (request,) = requests
    assert str(request.url) == "http://endpoint.test/v1/chat/completions"
    assert request.headers["Authorization"] == "Bearer secret"
    assert json.loads(request.content) == {
        "model": "some-model",
        "messages": [
            {"role": "system", "content": "Answer."},
            {"role": "user", "content": "Why?"},
        ],
        "max_tokens": 50,
        "temperature": 0,
        "stream": True,
    }


def test_without_a_key_none_is_sent() -> None:
    def answering(request: httpx.Request) -> httpx.Response:
        assert "Authorization" not in request.headers
        return httpx.Response(200, content=event("So."))

    assert written(answering) == ["So."]


def test_without_a_model_the_first_that_the_endpoint_lists_is_used() -> None:
    transport = httpx.MockTransport(replying(b'{"data": [{"id": "first"}, {"id": "second"}]}'))
    made = OpenAICompatibleGenerator(URL, context_tokens=2048, transport=transport)
    assert (made.name, made.context_size) == ("first", 2048)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(event("He ") + event("went.") + b"data: [DONE]\n\n", id="plain"),
        pytest.param(event("He ") + event("went."), id="without-an-end"),
        pytest.param(
            b": ping\n\n" + event("He ") + b"event: x\nid: 1\n" + event("went."), id="comments"
        ),
        pytest.param(
            b'data: {"choices": [{"delta": {"role": "assistant"}}]}\n\n'
            + event("He ")
            + b'data: {"choices": [{"delta": {"content": null}}]}\n\n'
            + event("went.")
            + b'data: {"choices": [], "usage": {"total_tokens": 3}}\n\n',
            id="events-without-text",
        ),
        pytest.param((event("He ") + event("went.")).replace(b"\n", b"\r\n"), id="crlf"),
        pytest.param((event("He ") + event("went.")).replace(b"data: ", b"data:"), id="no-space"),
        pytest.param(event("He ") + event("went.") + b"data: [DONE]\n\n" + event("x"), id="after"),
    ],
)
def test_the_text_of_the_events_is_given(body: bytes) -> None:
    assert written(replying(body)) == ["He ", "went."]


def test_text_arrives_whole_however_the_network_cuts_it() -> None:
    text = "Straße 😀 «ça» \u2028 next\x85line \\n end."
    body = event(text)
    assert written(replying(body[place : place + 1] for place in range(len(body)))) == [text]


@pytest.mark.parametrize(
    ("answering", "message"),
    [
        pytest.param(
            replying(b'{"error":\n {"message": "no key"}}', 401),
            f'{URL} answered 401: {{"error": {{"message": "no key"}}}}',
            id="refused",
        ),
        pytest.param(replying(b"", 503), f"{URL} answered 503: nothing more", id="no-words"),
        pytest.param(
            replying(b"<html>It works!</html>"),
            f"{URL} does not answer as an OpenAI-compatible endpoint does (it sent no events); "
            "check the address, it usually ends in /v1",
            id="a-web-page",
        ),
        pytest.param(
            replying(b'data: {"error": "out of memory"}\n\n'),
            f"{URL} does not answer as an OpenAI-compatible endpoint does (out of memory); "
            "check the address, it usually ends in /v1",
            id="error-event",
        ),
    ],
)
def test_trouble_of_the_endpoint_is_an_error_for_people(answering: Answering, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        written(answering)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "data",
    [
        b"not json",
        b"[]",
        b"3",
        b"null",
        b"{}",
        b'{"choices": {}, "x": 1}\ndata: {"choices": {"a": 1}}',
        b'{"choices": [3]}',
        b'{"choices": [{"delta": null}]}',
        b'{"choices": [{"text": "old"}]}',
        b"\xff\xfe",
    ],
)
def test_malformed_events_are_an_error_for_people(data: bytes) -> None:
    with pytest.raises(ModelError, match="does not answer as an OpenAI-compatible endpoint does"):
        written(replying(b"data: " + data + b"\n\n"))


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"data": []}', b'{"data": [{}]}', b'{"data": null}']
)
def test_an_endpoint_that_lists_no_models_is_an_error_for_people(body: bytes) -> None:
    with pytest.raises(ModelError, match=rf"^{URL} lists no models; check the address"):
        OpenAICompatibleGenerator(
            URL, context_tokens=2048, transport=httpx.MockTransport(replying(body))
        )


def refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("Connection refused", request=request)


def break_off() -> Iterator[bytes]:
    yield event("He ")
    raise httpx.ReadTimeout("timed out")


def test_an_endpoint_that_cannot_be_reached_is_an_error_for_people() -> None:
    with pytest.raises(ModelError) as caught:
        written(refuse)
    assert str(caught.value) == (
        f"{URL} cannot be reached (Connection refused); is the server running?"
    )


def test_an_answer_that_breaks_off_is_an_error_after_what_came() -> None:
    pieces = generator(replying(break_off())).stream(QUESTION, max_tokens=50)
    assert next(pieces) == "He "
    with pytest.raises(ModelError, match="cannot be reached"):
        next(pieces)


@pytest.mark.parametrize("address", ["http://[::1", "http://host:port/v1", "http://", "https://"])
def test_an_address_that_is_none_is_an_error_for_people(address: str) -> None:
    with pytest.raises(ModelError):
        OpenAICompatibleGenerator(address, context_tokens=2048)
    asked = OpenAICompatibleGenerator(address, context_tokens=2048, model="some-model")
    with pytest.raises(ModelError):
        list(asked.stream(QUESTION, max_tokens=50))


def test_a_key_that_is_none_is_an_error_for_people() -> None:
    with pytest.raises(ModelError, match=r"^api_key has a character that no key has"):
        generator(replying(b""), api_key="schlüssel")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 1), ("word", 2), ("He went home.", 5), ("中文字", 4), ("😀😀😀", 5)],
)
def test_tokens_are_estimated_from_above(text: str, tokens: int) -> None:
    assert generator(refuse).count_tokens(text) == tokens
