"""The Generator that runs a GGUF model inside this process, through llama.cpp."""

import ctypes
import logging
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import TypeAlias

import llama_cpp
from jinja2 import TemplateError
from llama_cpp import Llama

from rag.errors import ModelError
from rag.types import Message

GREEDY = 0.0
WAIT_SECONDS = 0.1  # how soon a stopped question leaves the queue
BEAT_SECONDS = 0.25  # how soon a question that waits for its first word can be stopped
FINISHED = None

Pieces: TypeAlias = "SimpleQueue[str | ModelError | None]"


class LlamaCppGenerator:
    """Greedy, streaming, one answer at a time; safe when several threads ask.

    The evaluated prompt stays in memory: the next one is evaluated from where it first differs.

    Raises:
        ModelError: the file is not a model that llama.cpp can run.
    """

    def __init__(
        self, file: Path, *, name: str, context_tokens: int, threads: int | None = None
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
        self._busy = Lock()
        self._stop_now = Event()
        self._abort = llama_cpp.ggml_abort_callback(lambda _: self._stop_now.is_set())
        llama_cpp.llama_set_abort_callback(self._model.ctx, self._abort, ctypes.c_void_p())

    @property
    def name(self) -> str:
        return self._name

    @property
    def context_size(self) -> int:
        return int(self._model.n_ctx())

    def count_tokens(self, text: str) -> int:
        return len(self._model.tokenize(text.encode(), add_bos=False, special=True))

    def stream(self, messages: Sequence[Message], *, max_tokens: int) -> Generator[str, None, None]:
        """Yield the reply as it is written; closing the iterator stops the model at once.

        The model works in a thread of its own, so that Ctrl-C acts even while it reads the prompt.
        An empty piece means nothing new; it comes at every beat, so that whoever asks can close.
        """
        pieces: Pieces = SimpleQueue()
        closed = Event()
        Thread(
            target=self._work, args=(list(messages), max_tokens, pieces, closed), daemon=True
        ).start()
        try:
            while (piece := _next_piece(pieces)) is not FINISHED:
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
        finally:
            closed.set()

    def _work(
        self,
        messages: list[Message],
        max_tokens: int,
        pieces: Pieces,
        closed: Event,
    ) -> None:
        end: ModelError | None = ModelError(f"the model {self._name} broke off; ask again")
        try:
            while not self._busy.acquire(timeout=WAIT_SECONDS):
                if closed.is_set():
                    return
            try:
                self._stop_now = closed
                with closing(self._write(messages, max_tokens)) as written:
                    for piece in written:
                        if closed.is_set():
                            return
                        pieces.put(piece)
            finally:
                self._busy.release()
            end = FINISHED
        except (ValueError, RuntimeError, TemplateError) as error:
            end = ModelError(f"the model {self._name} failed: {error}")
        finally:
            pieces.put(end)

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


def _next_piece(pieces: Pieces) -> str | ModelError | None:
    try:
        return pieces.get(timeout=BEAT_SECONDS)
    except Empty:
        return ""
