"""The Generator that asks an OpenAI-compatible endpoint: llama.cpp's server, Ollama, vLLM."""

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from math import exp

import httpx

from rag.errors import ModelError
from rag.types import Judging, Message

CONNECT_SECONDS = 5.0
READ_SECONDS = 300.0  # a large model on a small machine reads a prompt for minutes
TOP_LOGPROBS = 20  # the most that OpenAI's own endpoint gives
BYTES_PER_TOKEN = 3  # the endpoint's tokenizer is unknown; English has about four, so this errs
MALFORMED = (ValueError, KeyError, IndexError, TypeError, AttributeError)
DATA, DONE = "data:", "[DONE]"


class OpenAICompatibleGenerator:
    """`url` ends where /chat/completions is appended, usually in /v1.

    With no `model`, the first that the endpoint lists is used.
    """

    def __init__(
        self,
        url: str,
        *,
        context_tokens: int,
        model: str | None = None,
        api_key: str = "",
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._client = _make_client(api_key, transport)
        self._context_tokens = context_tokens
        self._model = model or self._first_model()

    @property
    def name(self) -> str:
        return self._model

    @property
    def context_size(self) -> int:
        return self._context_tokens

    def count_tokens(self, text: str) -> int:
        """Estimate from above."""
        return len(text.encode()) // BYTES_PER_TOKEN + 1

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> Generator[str, None, None]:
        if judging is not None:
            yield ""
            if not judging.goes_on(self._judge(judging.messages)):
                return
        body = {**self._asked(messages), "max_tokens": max_tokens, "stream": True}
        try:
            with self._client.stream("POST", f"{self._url}/chat/completions", json=body) as reply:
                if reply.is_error:
                    reply.read()
                reply.raise_for_status()
                yield from _pieces(_lines(reply.iter_text()))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._explained(error) from error
        except MALFORMED as error:
            raise ModelError(
                f"{self._url} does not answer as an OpenAI-compatible endpoint does ({error}); "
                "check the address, it usually ends in /v1"
            ) from error

    def _judge(self, messages: Sequence[Message]) -> float | None:
        """Return the probability of Yes against No, where the endpoint tells probabilities."""
        body = {
            **self._asked(messages),
            "max_tokens": 1,
            "logprobs": True,
            "top_logprobs": TOP_LOGPROBS,
        }
        try:
            reply = self._client.post(f"{self._url}/chat/completions", json=body)
            reply.raise_for_status()
            first = reply.json()["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
            return _share_of_yes({each["token"]: float(each["logprob"]) for each in first})
        except (httpx.HTTPError, *MALFORMED):
            return None  # many know no probabilities; what is wrong, the reply itself will say

    def _asked(self, messages: Sequence[Message]) -> dict[str, object]:
        return {
            "model": self._model,
            "messages": [message._asdict() for message in messages],
            "temperature": 0,
        }

    def _first_model(self) -> str:
        try:
            reply = self._client.get(f"{self._url}/models")
            reply.raise_for_status()
            return str(reply.json()["data"][0]["id"])
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._explained(error) from error
        except MALFORMED as error:
            raise ModelError(
                f"{self._url} lists no models; check the address, it usually ends in /v1"
            ) from error

    def _explained(self, error: httpx.HTTPError | httpx.InvalidURL) -> ModelError:
        if isinstance(error, httpx.InvalidURL):
            return ModelError(f"{self._url} is no address ({error}); check it")
        if isinstance(error, httpx.HTTPStatusError):
            said = " ".join(error.response.text.split())[:200]
            return ModelError(
                f"{self._url} answered {error.response.status_code}: {said or 'nothing more'}"
            )
        return ModelError(f"{self._url} cannot be reached ({error}); is the server running?")


def _share_of_yes(logarithms: Mapping[str, float]) -> float | None:
    """Return the probability of Yes against No; None where neither is among the likeliest."""
    yes, no = (
        sum(exp(value) for token, value in logarithms.items() if token.strip().casefold() == word)
        for word in ("yes", "no")
    )
    return yes / (yes + no) if yes + no else None


def _make_client(api_key: str, transport: httpx.BaseTransport | None) -> httpx.Client:
    try:
        return httpx.Client(
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            transport=transport,
        )
    except UnicodeEncodeError as error:
        raise ModelError("api_key has a character that no key has; copy it anew") from error
    except ImportError as error:  # the environment names a kind of proxy that needs a library
        raise ModelError(f"the proxy that the environment names cannot be used: {error}") from error


def _lines(texts: Iterator[str]) -> Iterator[str]:
    """Yield the lines; unlike str.splitlines, a line may hold U+2028 and its like."""
    unfinished = ""
    for text in texts:
        *lines, unfinished = (unfinished + text).split("\n")
        yield from lines
    yield unfinished


def _pieces(lines: Iterator[str]) -> Iterator[str]:
    """Yield the text in a stream of server-sent events, each of one `data:` line.

    Raises:
        ValueError: there are none.
    """
    events = 0
    for line in lines:
        if not line.startswith(DATA):
            continue
        events += 1
        data = line.removeprefix(DATA).strip()
        if data == DONE:
            return
        event = json.loads(data)
        if "error" in event:
            raise ValueError(event["error"])
        text = event["choices"][0]["delta"].get("content") if event["choices"] else None
        if text:
            yield text
    if not events:
        raise ValueError("it sent no events")
