"""The Generator that runs a GGUF model inside this process, through llama.cpp."""

import ctypes
import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TypeAlias

import llama_cpp
import numpy as np
import numpy.typing as npt
from jinja2 import TemplateError
from llama_cpp import Llama, LogitsProcessorList
from scipy.special import expit, logsumexp

from rag.errors import ModelError
from rag.types import Judging, Message, Waiting
from rag.waiting import Place, WaitingLine

GREEDY = 0.0
WAIT_SECONDS = 0.1  # how soon a stopped question leaves the queue
BEAT_SECONDS = 0.25  # how soon a question that waits for its first word can be stopped
FINISHED = None
SMALLEST_JUDGE = 10**9  # parameters; what a smaller model judges is noise
YES, NO = ("Yes", "yes", " Yes"), ("No", "no", " No")  # as a reply may begin

Scores: TypeAlias = "npt.NDArray[np.single]"
Arriving: TypeAlias = "SimpleQueue[str | ModelError | None]"


@dataclass(slots=True)
class _StopNow:
    """Tells llama.cpp, while it reads a prompt, whether the answer in hand is still wanted."""

    event: Event = field(default_factory=Event)


class LlamaCppGenerator:
    """Greedy, streaming, one answer at a time, first come, first served; safe when threads ask.

    The evaluated prompt stays in memory: the next one is evaluated from where it first differs.
    A model judges if it has at least `smallest_judge` parameters.

    Raises:
        ModelError: the file is not a model that llama.cpp can run.
    """

    def __init__(
        self,
        file: Path,
        *,
        name: str,
        context_tokens: int,
        threads: int | None = None,
        smallest_judge: int = SMALLEST_JUDGE,
    ) -> None:
        try:
            self._model = Llama(
                model_path=str(file),
                n_ctx=context_tokens,
                n_threads=threads,
                n_threads_batch=threads,
                verbose=False,
            )
        except (ValueError, RuntimeError, OSError) as error:
            raise ModelError(
                f"{file} cannot be run ({error}); it may be cut short or of a kind that this "
                "llama.cpp does not know: fetch it again, or choose another model"
            ) from error
        # llama.cpp would report every answer that is stopped as an error.
        logging.getLogger("llama-cpp-python").setLevel(logging.CRITICAL)
        self._name = name
        self._judges = llama_cpp.llama_model_n_params(self._model.model) >= smallest_judge
        self._line = WaitingLine()
        self._stop_now = stop_now = _StopNow()  # a cycle through self would keep the model loaded
        self._abort = llama_cpp.ggml_abort_callback(lambda _: stop_now.event.is_set())
        llama_cpp.llama_set_abort_callback(self._model.ctx, self._abort, ctypes.c_void_p())

    @property
    def name(self) -> str:
        return self._name

    @property
    def context_size(self) -> int:
        return int(self._model.n_ctx())

    def count_tokens(self, text: str) -> int:
        return len(self._model.tokenize(text.encode(), add_bos=False, special=True))

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> Generator[str | Waiting, None, None]:
        """Yield the reply as it is written; closing the iterator stops the model at once.

        The model works in a thread of its own, so that Ctrl-C acts even while it reads the prompt.
        An empty piece means nothing new; it comes at every beat, so that whoever asks can close.
        """
        reply = _Reply(self._line.join())
        produce = partial(self._reply_to, list(messages), max_tokens, judging)
        Thread(target=self._work, args=(produce, reply), daemon=True).start()
        try:
            yield from reply.pieces()
        finally:
            reply.closed.set()

    def _work(self, produce: Callable[[], Generator[str, None, None]], reply: "_Reply") -> None:
        end: ModelError | None = ModelError(f"the model {self._name} broke off; ask again")
        try:
            while not reply.place.wait(WAIT_SECONDS):
                if reply.closed.is_set():
                    return
            self._stop_now.event = reply.closed
            with closing(produce()) as written:
                for piece in written:
                    if reply.closed.is_set():
                        return
                    reply.arriving.put(piece)
            end = FINISHED
        except (ValueError, RuntimeError, TemplateError) as error:
            end = ModelError(f"the model {self._name} failed: {error}")
        finally:
            reply.place.leave()
            reply.arriving.put(end)

    def _reply_to(
        self, messages: list[Message], max_tokens: int, judging: Judging | None
    ) -> Generator[str, None, None]:
        if judging is None or judging.goes_on(self._judge(judging.messages)):
            yield from self._write(messages, max_tokens)

    def _judge(self, messages: Sequence[Message]) -> float | None:
        """Return the probability of Yes against No as the reply's first token."""
        if not self._judges:
            return None
        seen: list[float] = []

        def look(ids: "npt.NDArray[np.intc]", scores: Scores) -> Scores:
            yes, no = (logsumexp(scores[self._first_tokens(words)]) for words in (YES, NO))
            seen.append(float(expit(yes - no)))
            return scores

        self._model.create_chat_completion(
            [message._asdict() for message in messages],
            max_tokens=1,
            temperature=GREEDY,
            logits_processor=LogitsProcessorList([look]),
        )
        return seen[0]

    def _first_tokens(self, words: Sequence[str]) -> list[int]:
        return [self._model.tokenize(word.encode(), add_bos=False)[0] for word in words]

    def _write(self, messages: list[Message], max_tokens: int) -> Generator[str, None, None]:
        chunks = self._model.create_chat_completion(
            [message._asdict() for message in messages],
            max_tokens=max_tokens,
            temperature=GREEDY,
            stream=True,
        )
        for chunk in chunks:
            text = chunk["choices"][0]["delta"].get("content")
            if text:
                yield text


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply on its way from the thread in which the model works to the one that reads it."""

    place: Place
    arriving: Arriving = field(default_factory=SimpleQueue)
    closed: Event = field(default_factory=Event)

    def pieces(self) -> Iterator[str | Waiting]:
        before = 0
        while True:
            if (now := self.place.before) != before:
                yield Waiting(now)
                before = now
            piece = self._next()
            if piece is FINISHED:
                return
            if isinstance(piece, ModelError):
                raise piece
            if piece and before:
                yield Waiting(0)
                before = 0
            yield piece

    def _next(self) -> str | ModelError | None:
        try:
            return self.arriving.get(timeout=BEAT_SECONDS)
        except Empty:
            return ""
