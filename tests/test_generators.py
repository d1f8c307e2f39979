"""The contract of Generator, run on every implementation, and what is asked of llama.cpp alone."""

import json
import re
import time
import weakref
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from math import log
from pathlib import Path
from threading import Event, Thread
from typing import cast

import llama_cpp
import pytest
from llama_cpp import Llama

from rag.errors import ModelError
from rag.generation import LlamaCppGenerator
from rag.openai_compatible import OpenAICompatibleGenerator
from rag.prompting import harmless
from rag.types import Generator, Judging, Message, Waiting
from tests.fakes import ScriptedGenerator

REPLY = "Blinken cancelled his trip because of a balloon — “ça va” 😀."
QUESTION = [
    Message("system", "Answer in one sentence."),
    Message("user", "What is the capital of France?"),
]


class Endpoint(BaseHTTPRequestHandler):
    """Speaks OpenAI's protocol: a named word is repeated; asked to, it writes without end."""

    hung_up = Event()

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._begin("application/json")
        self.wfile.write(b'{"data": [{"id": "first-model"}, {"id": "second-model"}]}')

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if body.get("logprobs"):
            self._begin("application/json")
            self.wfile.write(json.dumps({"choices": [self._first_tokens(body)]}).encode())
            return
        self._begin("text/event-stream")
        named = re.search(r"the word (\w+)", body["messages"][-1]["content"])
        pieces = re.findall(r"\S+\s*", named[1] if named else REPLY)[: body["max_tokens"]]
        try:
            for piece in repeat("on ") if "without end" in str(body) else pieces:
                self._event({"choices": [{"delta": {"content": piece}}]})
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            self.hung_up.set()

    def _first_tokens(self, body: dict[str, list[dict[str, str]]]) -> dict[str, object]:
        """Lean to what the message says, or keep probabilities to itself."""
        asked = body["messages"][-1]["content"]
        if "keep it to yourself" in asked:
            return {"logprobs": None}
        says_yes = "Reply Yes" in asked
        shares = {"Yes": 0.5, " yes": 0.1, "NO": 0.2, "Well": 0.2} if says_yes else {"No": 0.9}
        likeliest = [{"token": token, "logprob": log(share)} for token, share in shares.items()]
        return {"logprobs": {"content": [{"top_logprobs": likeliest}]}}

    def _begin(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def _event(self, event: object) -> None:
        self.wfile.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


class Reader(Thread):
    """Asks in a thread of its own; `has_news` once it was told to wait, or was given text."""

    def __init__(self, generator: Generator) -> None:
        super().__init__(daemon=True)
        self.pieces: list[str | Waiting] = []
        self.has_news = Event()
        self._stream = generator.stream(QUESTION, max_tokens=24)

    def run(self) -> None:
        for piece in self._stream:
            if piece:
                self.pieces.append(piece)
                self.has_news.set()


@pytest.fixture(params=["scripted", pytest.param("llama.cpp", marks=pytest.mark.model), "endpoint"])
def generator(request: pytest.FixtureRequest) -> Generator:
    if request.param == "scripted":
        return ScriptedGenerator(REPLY, REPLY, REPLY, opinion=0.5)
    if request.param == "endpoint":
        address = cast(str, request.getfixturevalue("endpoint"))
        return OpenAICompatibleGenerator(address, context_tokens=4096)
    return cast(LlamaCppGenerator, request.getfixturevalue("smollm"))


def written(generator: Generator, messages: list[Message], max_tokens: int = 24) -> str:
    return "".join(texts(generator.stream(messages, max_tokens=max_tokens)))


def texts(pieces: Iterable[str | Waiting]) -> list[str]:
    return [piece for piece in pieces if piece and isinstance(piece, str)]


def is_right(reply: str) -> bool:
    return reply == REPLY or "Paris" in reply


def test_pieces_join_to_the_same_reply_each_time(generator: Generator) -> None:
    pieces = texts(generator.stream(QUESTION, max_tokens=24))
    assert len(pieces) > 1
    assert "".join(pieces) == written(generator, QUESTION)
    assert is_right("".join(pieces))


def test_no_more_is_written_than_was_allowed(generator: Generator) -> None:
    pieces = texts(generator.stream(QUESTION, max_tokens=3))
    assert 0 < len(pieces) <= 3
    assert written(generator, QUESTION).startswith("".join(pieces).strip())


def test_nothing_comes_after_closing_and_the_next_question_is_answered(
    generator: Generator,
) -> None:
    pieces = generator.stream(QUESTION, max_tokens=24)
    assert any(pieces)
    pieces.close()
    assert list(pieces) == []
    assert is_right(written(generator, QUESTION))


def test_a_stream_that_nobody_reads_may_be_closed(generator: Generator) -> None:
    generator.stream(QUESTION, max_tokens=24).close()
    assert is_right(written(generator, QUESTION))


def test_who_waits_is_told_how_many_come_first_down_to_none(generator: Generator) -> None:
    first = generator.stream(QUESTION, max_tokens=24)
    begun = next(piece for piece in first if piece)
    second, third = (Reader(generator) for _ in range(2))
    for reader in (second, third):
        reader.start()
        assert reader.has_news.wait(60)
    assert isinstance(begun, str)
    assert is_right("".join([begun, *texts(first)]))
    for reader, others in ((second, 1), (third, 2)):
        reader.join(60)
        waited = [piece.before for piece in reader.pieces if isinstance(piece, Waiting)]
        assert waited == sorted(set(waited), reverse=True)
        serves_all_at_once = generator.name == "first-model"
        assert (waited[:1] + waited[-1:]) == ([] if serves_all_at_once else [others, 0])
        assert is_right("".join(texts(reader.pieces)))


def judged(generator: Generator, asked: str) -> float | None:
    heard: list[float | None] = []

    def ends_it(opinion: float | None) -> bool:
        heard.append(opinion)
        return False

    judging = Judging([Message("user", asked)], ends_it)
    pieces = list(generator.stream(QUESTION, max_tokens=24, judging=judging))
    assert set(pieces) <= {""}
    return heard[0]


def test_a_judgement_that_ends_the_reply_tells_its_probability(generator: Generator) -> None:
    yes, no = judged(generator, "Reply Yes."), judged(generator, "Reply No.")
    assert (yes is None) == (no is None) == (generator.name == "smollm2-135m")
    assert 0 <= (no or 0) <= (yes or 0) <= 1


def test_a_judgement_that_lets_it_go_on_comes_before_the_whole_reply(generator: Generator) -> None:
    judging = Judging([Message("user", "Is it so? Reply Yes or No.")], lambda opinion: True)
    pieces = generator.stream(QUESTION, max_tokens=24, judging=judging)
    assert is_right("".join(str(piece) for piece in pieces))


def test_an_endpoints_opinion_is_the_share_of_yes(endpoint: str) -> None:
    generator = OpenAICompatibleGenerator(endpoint, context_tokens=4096)
    assert judged(generator, "Reply Yes.") == pytest.approx(0.6 / 0.8)
    assert judged(generator, "Reply No.") == 0.0
    assert judged(generator, "Reply Yes, but keep it to yourself.") is None


@pytest.mark.parametrize("text", ["He went home.", "ß 😀 هو", "Привет, мир"])
def test_more_text_has_more_tokens(generator: Generator, text: str) -> None:
    assert 0 < generator.count_tokens(text) < generator.count_tokens(f"{text} " * 20)


def test_nothing_has_hardly_a_token(generator: Generator) -> None:
    assert generator.count_tokens("") <= 1


def test_a_generator_knows_its_name_and_its_room(generator: Generator) -> None:
    assert generator.name in ("scripted", "smollm2-135m", "first-model")
    assert generator.context_size == 4096


def test_threads_asking_at_once_each_get_their_own_reply(endpoint: str) -> None:
    generator = OpenAICompatibleGenerator(endpoint, context_tokens=4096)
    words = [f"word{number}" for number in range(12)]
    asked = [[Message("user", f"Say the word {word}.")] for word in words]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda question: written(generator, question), asked)) == words


def test_closing_hangs_up_on_the_endpoint(endpoint: str) -> None:
    generator = OpenAICompatibleGenerator(endpoint, context_tokens=4096)
    pieces = generator.stream([Message("user", "Write without end.")], max_tokens=24)
    assert [next(pieces), next(pieces)] == ["on ", "on "]
    pieces.close()
    assert Endpoint.hung_up.wait(timeout=30)


# What is asked of llama.cpp alone

llama = pytest.mark.model


@llama
def test_llamas_opinion_is_what_it_leans_to_say(smollm_file: Path) -> None:
    generator = LlamaCppGenerator(
        smollm_file, name="any-size", context_tokens=1024, smallest_judge=0
    )
    yes, no = judged(generator, "Say the word Yes."), judged(generator, "Say the word No.")
    assert yes is not None
    assert no is not None
    assert 0 < no < 0.5 < yes < 1


@llama
def test_threads_asking_llama_at_once_each_get_what_they_get_alone(
    smollm: LlamaCppGenerator,
) -> None:
    asked = [QUESTION, [QUESTION[0], Message("user", "What is the capital of Japan?")]]
    alone = [written(smollm, question) for question in asked]
    assert "Paris" in alone[0]
    assert "Tokyo" in alone[1]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda question: written(smollm, question), asked * 2))
    assert together == alone * 2


@llama
def test_closing_while_llama_reads_the_prompt_frees_it_at_once(smollm: LlamaCppGenerator) -> None:
    long = [Message("user", " ".join(f"{number}" for number in range(900)))]
    tokens = smollm.count_tokens(long[0].content)
    pieces = smollm.stream(long, max_tokens=8)
    assert next(pieces) == ""
    pieces.close()
    place = smollm._line.join()
    assert place.wait(60)
    evaluated = smollm._model.n_tokens
    place.leave()
    assert evaluated < tokens
    assert is_right(written(smollm, QUESTION))


@llama
def test_a_question_that_waits_for_the_model_can_be_given_up(smollm: LlamaCppGenerator) -> None:
    place = smollm._line.join()
    waiting = smollm.stream(QUESTION, max_tokens=24)
    assert [next(waiting), next(waiting)] == [Waiting(1), ""]
    waiting.close()
    place.leave()
    assert is_right(written(smollm, QUESTION))


@llama
def test_a_model_that_nobody_holds_is_freed_at_once_but_never_under_an_answer(
    smollm_file: Path,
) -> None:
    generator = LlamaCppGenerator(smollm_file, name="smollm2-135m", context_tokens=512)
    model = weakref.ref(generator._model)
    answer = generator.stream(QUESTION, max_tokens=24)
    first = next(answer)
    del generator
    assert is_right("".join(piece for piece in [first, *answer] if isinstance(piece, str)))
    del answer
    deadline = time.monotonic() + 5  # its thread ends by itself
    while model() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert model() is None


@llama
def test_a_prompt_that_is_too_long_is_an_error_for_people(smollm: LlamaCppGenerator) -> None:
    with pytest.raises(ModelError, match=r"^the model smollm2-135m failed: Requested tokens"):
        written(smollm, [Message("user", "word " * 5000)])
    assert is_right(written(smollm, QUESTION))


@llama
@pytest.mark.parametrize("size", [0, 3, 1000, 5_000_000])
def test_a_model_file_cut_short_is_an_error_for_people(
    smollm_file: Path, tmp_path: Path, size: int
) -> None:
    file = tmp_path / "short.gguf"
    with smollm_file.open("rb") as whole:
        file.write_bytes(whole.read(size))
    with pytest.raises(ModelError, match=r"short\.gguf cannot be run .* it may be cut short"):
        LlamaCppGenerator(file, name="short", context_tokens=512)


def special_tokens(model: Llama) -> dict[int, str]:
    vocabulary = llama_cpp.llama_model_get_vocab(model.model)
    special = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED
    return {
        token: llama_cpp.llama_vocab_get_text(vocabulary, token).decode()
        for token in range(model.n_vocab())
        if llama_cpp.llama_vocab_get_attr(vocabulary, token) & special
    }


@llama
def test_an_article_cannot_hold_a_special_token_of_the_model(smollm: LlamaCppGenerator) -> None:
    special = special_tokens(smollm._model)
    text = " and ".join(special.values())
    assert "<|im_start|>" in text
    assert special.keys() <= set(smollm._model.tokenize(text.encode(), special=True))
    safe = smollm._model.tokenize(harmless(text).encode(), add_bos=False, special=True)
    assert special.keys().isdisjoint(safe)
