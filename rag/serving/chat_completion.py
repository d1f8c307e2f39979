"""Answers in the form of /v1/chat/completions, whole or in chunks, with their proof beside.

Token counts are left out: what would be counted is not what the asker sent and gets.
"""

import secrets
import time
from dataclasses import dataclass, field

from rag.composing import cited_text
from rag.serving.forms import Form, evidence_form, proof_form
from rag.types import Answer, AnswerEvent, AnswerFinished, EvidenceFound, SentenceChecked, Waiting


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer's identity; `model` is the name that was asked for."""

    model: str
    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> Form:
        message = {"role": "assistant", "content": answer.text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {**self._head("chat.completion", choice), "newsdesk": proof_form(answer)}

    def chunk(self, delta: Form, *, finish: str | None = None) -> Form:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._head("chat.completion.chunk", choice)

    def _head(self, kind: str, choice: Form) -> Form:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "choices": [choice],
        }


@dataclass(slots=True)
class Chunks:
    """Events -> chunks: the evidence, how many are served first, proved sentences, their proof.

    What is told so far always begins the answer's text; what is not proved is never told.
    """

    completion: Completion
    _told: str = ""

    def of(self, event: AnswerEvent) -> list[Form]:
        match event:
            case EvidenceFound():
                found = {"searched": event.searched, **evidence_form(event.evidence)}
                first = self.completion.chunk({"role": "assistant", "content": ""})
                return [{**first, "newsdesk": found}]
            case Waiting():
                waiting = self.completion.chunk({})
                return [{**waiting, "newsdesk": {"waiting_for": event.before}}]
            case SentenceChecked() if event.sentence.supported:
                space = " " if self._told else ""
                return [self._tell(space + cited_text([event.sentence]))]
            case AnswerFinished():
                rest = event.answer.text.removeprefix(self._told)
                last = self.completion.chunk({}, finish="stop")
                return [
                    *([self._tell(rest)] if rest else []),
                    {**last, "newsdesk": proof_form(event.answer)},
                ]
        return []

    def _tell(self, text: str) -> Form:
        self._told += text
        return self.completion.chunk({"content": text})
