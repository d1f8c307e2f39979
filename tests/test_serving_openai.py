"""/v1 as OpenAI's own client uses it, on the real server with a scripted model."""

import json
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Generator as PythonGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openai import APIError, InternalServerError, NotFoundError, OpenAI, Stream
from openai.types.chat import ChatCompletion, ChatCompletionChunk, ChatCompletionMessageParam

from rag.errors import ModelError
from rag.types import Judging, Message
from tests.fakes import ScriptedGenerator
from tests.serving import BECAUSE, HOW_MANY, INVENTED, WHY, serving

# As errors they would be raised inside the server, for how Gradio uses its libraries.
pytestmark = pytest.mark.filterwarnings("default")

ARTICLE = {
    "title": "Port strike begins",
    "publisher": None,
    "author": None,
    "url": None,
    "published": None,
    "published_origin": None,
}
QUOTE = "Dockers in Harrow walked out on Monday over pay."


@pytest.fixture(scope="module")
def reply() -> ScriptedGenerator:
    return ScriptedGenerator(*[f"{BECAUSE} {INVENTED} {HOW_MANY}"] * 20)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, reply: ScriptedGenerator) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("served"), reply) as url:
        yield url


@pytest.fixture
def client(url: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{url}v1", api_key="none", max_retries=0) as client:
        yield client


def ask(client: OpenAI, *texts: str, body: object = None) -> ChatCompletion:
    """Ask with the texts of user and assistant in turn."""
    return client.chat.completions.create(model="newsdesk", messages=turns(texts), extra_body=body)


def stream(client: OpenAI, *texts: str) -> Stream[ChatCompletionChunk]:
    return client.chat.completions.create(model="newsdesk", messages=turns(texts), stream=True)


def turns(texts: Sequence[str]) -> list[ChatCompletionMessageParam]:
    return [
        {"role": "assistant", "content": text} if number % 2 else {"role": "user", "content": text}
        for number, text in enumerate(texts)
    ]


def proof(answer: ChatCompletion | ChatCompletionChunk) -> dict[str, Any]:
    found = (answer.model_extra or {})["newsdesk"]
    assert isinstance(found, dict)
    return found


def test_an_answer_has_its_marks_and_beside_it_what_proves_them(client: OpenAI) -> None:
    answer = ask(client, WHY)
    assert answer.choices[0].message.content == (
        "Dockers in Harrow walked out over pay [1]. The port handles 40 ships a week [1]."
    )
    assert (answer.object, answer.model, answer.usage) == ("chat.completion", "newsdesk", None)
    assert answer.choices[0].finish_reason == "stop"
    told = proof(answer)
    assert (told["abstained"], told["abstained_because"], told["model"]) == (
        False,
        None,
        "scripted",
    )
    assert [(each["text"], each["supported"], each["markers"]) for each in told["sentences"]] == [
        (BECAUSE, True, [1]),
        (INVENTED, False, []),
        (HOW_MANY, True, [1]),
    ]
    assert told["sentences"][1]["reason"] == "no article says 900 dollars of it"
    first = told["citations"][0]
    assert (first["marker"], first["quote"], first["start"], first["end"]) == (1, QUOTE, 0, 48)
    assert first["article"].pop("id").startswith("port-")
    assert first["article"] == ARTICLE
    assert told["evidence"][0]["quote"] == QUOTE


def test_a_stream_begins_with_the_evidence_tells_only_what_is_proved_and_ends_with_proof(
    client: OpenAI,
) -> None:
    chunks = list(stream(client, WHY))
    told = [chunk.choices[0].delta.content for chunk in chunks]
    assert told == [
        "",
        "Dockers in Harrow walked out over pay [1].",
        " The port handles 40 ships a week [1].",
        None,
    ]
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None, None, None, "stop"]
    assert chunks[0].choices[0].delta.role == "assistant"
    assert proof(chunks[0])["searched"] == WHY
    assert proof(chunks[0])["evidence"][0]["quote"] == QUOTE
    assert [each["quote"] for each in proof(chunks[-1])["citations"]] == [QUOTE, HOW_MANY]
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_streamed_answer_is_the_one_that_is_given_whole(client: OpenAI) -> None:
    streamed = "".join(chunk.choices[0].delta.content or "" for chunk in stream(client, WHY))
    assert streamed == ask(client, WHY).choices[0].message.content


def test_the_turns_before_are_the_history_and_system_messages_are_left_out(
    client: OpenAI, reply: ScriptedGenerator
) -> None:
    before = turns([WHY, "Over pay [1].", "Left unanswered", "", "Since when?"])
    instructed: ChatCompletionMessageParam = {"role": "system", "content": "Answer in rhymes."}
    client.chat.completions.create(model="newsdesk", messages=[instructed, *before])
    prompt = reply.asked[-1]
    assert "Question: Since when did dockers in Harrow walk out?" in prompt[1].content
    assert "rhymes" not in f"{prompt}"


def test_text_in_parts_is_a_question_too(client: OpenAI, reply: ScriptedGenerator) -> None:
    parts: ChatCompletionMessageParam = {
        "role": "user",
        "content": [
            {"type": "text", "text": "Why did dockers in Harrow"},
            {"type": "text", "text": "walk out?"},
        ],
    }
    client.chat.completions.create(model="newsdesk", messages=[parts], temperature=1, seed=3)
    assert f"Question: {WHY}" in reply.asked[-1][1].content


def test_a_question_may_be_limited_to_days_and_publishers(client: OpenAI) -> None:
    limits = {"newsdesk": {"published_from": "2023-01-01", "publishers": ["AP"]}}
    answer = ask(client, WHY, body=limits)
    assert proof(answer)["abstained_because"] == "no article within the limits matches the question"
    assert answer.choices[0].message.content == "The articles do not say."


def test_the_models_are_the_page_s_the_one_that_writes_and_none(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["newsdesk", "scripted", "none"]
    assert client.models.retrieve("scripted").owned_by == "newsdesk"


def test_the_model_none_answers_in_quotes(client: OpenAI) -> None:
    answer = client.chat.completions.create(model="none", messages=turns([WHY]))
    assert answer.choices[0].message.content == f"“Port strike begins”: “{QUOTE}” [1]"
    assert (answer.model, proof(answer)["model"]) == ("none", "none")


def test_a_model_that_is_not_here_is_not_found(client: OpenAI) -> None:
    with pytest.raises(NotFoundError) as caught:
        client.chat.completions.create(model="gpt-9", messages=turns([WHY]))
    assert caught.value.code == "model_not_found"
    assert caught.value.body == {
        "message": "there is no model 'gpt-9' here; ask for one of: newsdesk, scripted, none",
        "type": "invalid_request_error",
        "param": "model",
        "code": "model_not_found",
    }


USER = {"role": "user", "content": WHY}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param("{", "the body is no JSON: ", id="no-json"),
        pytest.param("", "the body is no JSON: ", id="empty"),
        pytest.param("[]", "input should be", id="no-object"),
        pytest.param({}, "messages: field required", id="no-messages"),
        pytest.param({"messages": []}, "the last message must be", id="nothing-said"),
        pytest.param(
            {"messages": [USER, {"role": "assistant", "content": "So."}]},
            "the last message must be the user's question",
            id="answer-last",
        ),
        pytest.param(
            {"messages": [{"role": "user", "content": " \n"}]},
            "the last message must be the user's question",
            id="blank",
        ),
        pytest.param(
            {"messages": [{"role": "wizard", "content": "x"}]},
            "messages.0.role: input should be 'system', 'developer', 'user' or 'assistant'",
            id="unknown-role",
        ),
        pytest.param(
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]},
            "messages.0.content",
            id="picture",
        ),
        pytest.param(
            {"messages": [{"role": "user", "content": "why " * 1001}]},
            "the question has 4,004 characters; ask in 4,000 or fewer",
            id="endless",
        ),
        pytest.param({"messages": [USER], "n": 2}, "n: input should be 1", id="two-answers"),
        pytest.param(
            {"messages": [USER], "newsdesk": {"published_from": "yesterday"}},
            "newsdesk.published_from: input should be a valid date",
            id="no-date",
        ),
    ],
)
def test_a_request_that_is_wrong_is_told_what_is_wrong(
    url: str, body: object, message: str
) -> None:
    content = body if isinstance(body, str) else json.dumps(body)
    answer = httpx.post(f"{url}v1/chat/completions", content=content)
    error = answer.json()["error"]
    assert (answer.status_code, error["type"]) == (400, "invalid_request_error")
    assert error["message"].startswith(message)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "chat/completions", 405), ("POST", "completions", 404), ("GET", "", 404)],
)
def test_what_is_not_there_is_told_in_the_same_form(
    url: str, method: str, path: str, status: int
) -> None:
    answer = httpx.request(method, f"{url}v1/{path}")
    assert answer.status_code == status
    assert answer.json()["error"]["message"].startswith(f"there is no {method} /v1/{path}; ask")


def test_a_body_that_is_too_large_is_refused_unread(url: str) -> None:
    answer = httpx.post(f"{url}v1/chat/completions", content=b" " * (8 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert answer.json()["error"]["message"].startswith("the body is larger than 8,388,608 bytes")


def test_a_body_that_does_not_say_its_length_is_refused(url: str) -> None:
    pieces = iter([b"{", b"}"])
    assert httpx.post(f"{url}v1/chat/completions", content=pieces).status_code == 411


class FailingGenerator:
    """Writes a sentence that is proved, begins another, and fails."""

    name = "failing"
    context_size = 4096

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> PythonGenerator[str, None, None]:
        yield f"{BECAUSE} They"
        raise ModelError("the model failed")


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[OpenAI]:
    with (
        serving(tmp_path, FailingGenerator()) as url,
        OpenAI(base_url=f"{url}v1", api_key="none") as client,
    ):
        yield client


def test_a_model_that_fails_is_told_in_one_sentence_and_not_asked_again(failing: OpenAI) -> None:
    with pytest.raises(InternalServerError) as caught:
        ask(failing, WHY)
    assert caught.value.status_code == 503
    assert caught.value.body == {
        "message": "the model failed",
        "type": "server_error",
        "param": None,
        "code": None,
    }
    assert caught.value.response.headers["x-should-retry"] == "false"


def test_a_model_that_fails_amid_a_stream_ends_it_with_the_sentence(failing: OpenAI) -> None:
    chunks = stream(failing, WHY)
    told = [next(chunks).choices[0].delta.content for _ in range(2)]
    assert told == ["", "Dockers in Harrow walked out over pay [1]."]
    with pytest.raises(APIError) as caught:
        next(chunks)
    assert str(caught.value) == "the model failed"


@pytest.fixture
def slow() -> ScriptedGenerator:
    return ScriptedGenerator(f"{BECAUSE} {'word ' * 400}.", BECAUSE, seconds_per_word=0.05)


def waited_for(what: Callable[[], bool]) -> bool:
    """Whether it becomes true within ten seconds."""
    for _ in range(200):
        if what():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("streaming", [True, False], ids=["stream", "whole"])
def test_the_model_stops_when_whoever_asked_hangs_up(
    tmp_path: Path, slow: ScriptedGenerator, streaming: bool
) -> None:
    with serving(tmp_path, slow) as url:
        asked = json.dumps({"messages": [USER], "stream": streaming}).encode()
        head = (
            f"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(asked)}"
        )
        with socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1].strip("/")))) as hung:
            hung.sendall(head.encode() + b"\r\n\r\n" + asked)
            assert waited_for(lambda: bool(slow.asked))
        assert waited_for(lambda: slow.stopped == 1)


def test_who_waits_has_the_evidence_at_once_and_is_told_how_many_come_first(
    tmp_path: Path, slow: ScriptedGenerator
) -> None:
    with serving(tmp_path, slow) as url, OpenAI(base_url=f"{url}v1", api_key="none") as client:
        first = stream(client, WHY)
        assert proof(next(first))["evidence"][0]["quote"] == QUOTE
        assert waited_for(lambda: bool(slow.asked))
        second = stream(client, WHY)
        assert proof(next(second))["evidence"][0]["quote"] == QUOTE
        assert proof(next(second)) == {"waiting_for": 1}
        first.close()
        rest = list(second)
        assert proof(rest[0]) == {"waiting_for": 0}
        assert rest[1].choices[0].delta.content == "Dockers in Harrow walked out over pay [1]."


def test_the_server_answers_others_while_a_model_writes(
    tmp_path: Path, slow: ScriptedGenerator
) -> None:
    with serving(tmp_path, slow) as url, OpenAI(base_url=f"{url}v1", api_key="none") as client:
        writing = stream(client, WHY)
        assert waited_for(lambda: bool(slow.asked))
        quoted = client.chat.completions.create(model="none", messages=turns([WHY]))
        assert proof(quoted)["citations"][0]["quote"] == QUOTE
        assert slow.stopped == 0
        writing.close()
