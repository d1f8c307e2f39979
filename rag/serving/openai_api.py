"""/v1/chat/completions and /v1/models, as OpenAI's clients ask them."""

import json
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from anyio import to_thread
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rag.assistant import AnswerStream, Assistant
from rag.errors import ModelError, RagError
from rag.serving.asked import BadRequestError
from rag.serving.chat_completion import Chunks, Completion
from rag.serving.chat_request import read_chat_request
from rag.serving.forms import Form
from rag.serving.leaving import unless_gone
from rag.serving.live import BROKEN_OFF, Live
from rag.serving.models_served import Current, assistants_by_name
from rag.serving.refusals import SERVER, error_form, refusal
from rag.types import AnswerEvent, AnswerFinished

PING_SECONDS = 15  # proxies close what is silent for a minute
END = "[DONE]"
HUNG_UP = 499  # a status for logs: there is nobody to read it

Events = AsyncGenerator[AnswerEvent, None]


class UnknownModelError(RagError):
    pass


@dataclass(frozen=True, slots=True)
class OpenAIApi:
    """Answers with whom the page uses at the time."""

    current: Current
    live: Live
    began: int = field(default_factory=lambda: int(time.time()))

    def app(self) -> Starlette:
        """Return what serves below /v1; whatever goes wrong is told in OpenAI's form."""
        return Starlette(
            routes=[
                Route("/chat/completions", self.complete, methods=["POST"]),
                Route("/models", self.list_models),
                Route("/models/{name:path}", self.describe_model),
            ],
            exception_handlers={
                RagError: _explain_trouble,
                ClientDisconnect: _tell_nobody,
                HTTPException: _explain_status,
                Exception: _explain_mistake,
            },
        )

    async def complete(self, request: Request) -> Response:
        asked = read_chat_request(await request.body())
        question = asked.question()
        assistant = await to_thread.run_sync(self._named, asked.model)
        completion = Completion(asked.model)

        def begin() -> AnswerStream:
            return assistant.stream(question)

        if asked.stream:
            return await _stream(self.live.events(begin), Chunks(completion))
        answer = await unless_gone(request, self.live.answer(begin))
        return JSONResponse(completion.whole(answer))

    async def list_models(self, request: Request) -> Response:
        served = await to_thread.run_sync(assistants_by_name, self.current())
        return JSONResponse({"object": "list", "data": [self._describe(name) for name in served]})

    async def describe_model(self, request: Request) -> Response:
        name: str = request.path_params["name"]
        await to_thread.run_sync(self._named, name)
        return JSONResponse(self._describe(name))

    def _describe(self, name: str) -> Form:
        return {"id": name, "object": "model", "created": self.began, "owned_by": "newsdesk"}

    def _named(self, name: str) -> Assistant:
        served = assistants_by_name(self.current())
        if name not in served:
            raise UnknownModelError(
                f"there is no model {name!r} here; ask for one of: {', '.join(served)}"
            )
        return served[name]


async def _stream(events: Events, chunks: Chunks) -> Response:
    """Wait for the evidence, so that what goes wrong before it has a status of its own."""
    first = await anext(events, None)
    if first is None:
        raise ModelError(BROKEN_OFF)
    return EventSourceResponse(_sent(first, events, chunks), ping=PING_SECONDS, sep="\n")


async def _sent(
    first: AnswerEvent, events: Events, chunks: Chunks
) -> AsyncGenerator[dict[str, str], None]:
    ended = False
    try:
        async with aclosing(events):
            for chunk in chunks.of(first):
                yield _data(chunk)
            async for event in events:
                ended = isinstance(event, AnswerFinished)
                for chunk in chunks.of(event):
                    yield _data(chunk)
    except RagError as error:
        yield _data(error_form(str(error), kind=SERVER))
        return
    yield {"data": END} if ended else _data(error_form(BROKEN_OFF, kind=SERVER))


def _data(form: Form) -> dict[str, str]:
    return {"data": json.dumps(form)}


async def _explain_trouble(request: Request, error: Exception) -> Response:
    if isinstance(error, BadRequestError):
        return refusal(400, str(error), parameter=error.parameter)
    if isinstance(error, UnknownModelError):
        return refusal(404, str(error), code="model_not_found", parameter="model")
    answer = refusal(503, str(error), kind=SERVER)
    answer.headers["x-should-retry"] = "false"  # OpenAI's clients would ask twice more
    return answer


async def _tell_nobody(request: Request, error: Exception) -> Response:
    return Response(status_code=HUNG_UP)


async def _explain_status(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return refusal(
        status,
        f"there is no {request.method} {request.url.path}; ask POST /v1/chat/completions or "
        "GET /v1/models",
        code="unknown_url",
    )


async def _explain_mistake(request: Request, error: Exception) -> Response:
    return refusal(500, "Newsdesk failed; the terminal that runs it says why", kind=SERVER)
