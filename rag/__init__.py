"""Newsdesk's public API, grouped by stage; loads no model and no heavy library."""

# Articles
from rag.archive import Archive

# Questions
from rag.assistant import AnswerStream, Assistant, ask

# Errors: one clear sentence each
from rag.errors import ArchiveError, ModelError, RagError, ReadError, SettingsError

# Evaluation
from rag.evaluation.evaluating import evaluate

# Settings
from rag.settings import Settings, load_settings

# What goes in and comes out
from rag.types import (
    AddReport,
    Answer,
    AnswerFinished,
    Article,
    Citation,
    EvidenceFound,
    FailedSource,
    Generator,
    Limits,
    Passage,
    Question,
    Quote,
    Retriever,
    Sentence,
    SentenceChecked,
    TextWritten,
    Turn,
    Waiting,
)

__all__ = [
    "AddReport",
    "Answer",
    "AnswerFinished",
    "AnswerStream",
    "Archive",
    "ArchiveError",
    "Article",
    "Assistant",
    "Citation",
    "EvidenceFound",
    "FailedSource",
    "Generator",
    "Limits",
    "ModelError",
    "Passage",
    "Question",
    "Quote",
    "RagError",
    "ReadError",
    "Retriever",
    "Sentence",
    "SentenceChecked",
    "Settings",
    "SettingsError",
    "TextWritten",
    "Turn",
    "Waiting",
    "ask",
    "evaluate",
    "load_settings",
]
