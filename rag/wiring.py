"""Settings -> objects: the only importer of the heavy backends, each only when it is asked for."""

import json
import logging
from dataclasses import replace
from pathlib import Path

from embeddings.protocols import Embedder, TokenCounter
from prompts.loader import Prompt, load_prompt
from rag.auto_model import available_memory, choose_auto
from rag.dense_index import DenseIndex
from rag.errors import ModelError, SettingsError
from rag.incoming import Progress
from rag.models import get_model
from rag.settings import Settings
from rag.types import Entailment, Generator, Reranker

AUTO, NONE = "auto", "none"
logger = logging.getLogger(__name__)


def silent(label: str, done: int, total: int) -> None:
    """Report no progress."""


def fetch_embedder(settings: Settings, progress: Progress = silent) -> Path:
    """Return the embedder's folder, fetched where needed."""
    return get_model(settings.embedder, settings.models, progress=progress)


def make_embedder(settings: Settings) -> Embedder:
    from embeddings.sentence_transformer import SentenceTransformerEmbedder

    folder = fetch_embedder(settings)
    try:
        return SentenceTransformerEmbedder(
            folder, name=settings.embedder, threads=settings.threads or None
        )
    except ValueError as error:
        raise ModelError(
            f"the embedder in {folder} cannot be loaded, it is damaged or of another kind; get it "
            "anew, or set another embedder"
        ) from error


def make_token_counter(settings: Settings) -> TokenCounter:
    from embeddings.token_counter import WordPieceTokenCounter

    folder = fetch_embedder(settings)
    try:
        text = (folder / "sentence_bert_config.json").read_text(encoding="utf-8")
        limit = int(json.loads(text)["max_seq_length"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"the embedder in {folder} does not say how many tokens it reads; it needs a "
            "sentence_bert_config.json with max_seq_length"
        ) from error
    return WordPieceTokenCounter(folder / "tokenizer.json", max_tokens=limit)


def make_dense_index(folder: Path, embedder: Embedder) -> DenseIndex:
    from embeddings.faiss_index import FaissIndex

    return DenseIndex(
        folder,
        embedder=embedder.name,
        dimension=embedder.dimension,
        new=FaissIndex,
        read=FaissIndex.read,
    )


def make_reranker(settings: Settings) -> Reranker | None:
    if settings.reranker == NONE:
        return None
    from rag.reranking import CrossEncoderReranker

    return CrossEncoderReranker(get_model(settings.reranker, settings.models, progress=silent))


def make_entailment(settings: Settings) -> Entailment | None:
    if settings.entailment == NONE:
        return None
    from rag.entailment import CrossEncoderEntailment

    return CrossEncoderEntailment(get_model(settings.entailment, settings.models, progress=silent))


def settle_model(settings: Settings, progress: Progress = silent) -> Settings:
    """Return the settings with a model that is at hand, fetched where needed.

    "auto" becomes the best that this machine can carry and get, at worst "none".

    Raises:
        ModelError: the model that the settings name cannot be had.
    """
    if settings.model == NONE or _is_endpoint(settings.model):
        return settings
    if settings.model != AUTO:
        get_model(settings.model, settings.models, progress=progress)
        return settings
    return replace(settings, model=_first_that_can_be_had(settings.models, progress))


def make_generator(settings: Settings) -> Generator | None:
    """Return what writes the answers; None: they are quotes.

    Raises:
        ModelError: the model cannot be had or run.
    """
    settled = settle_model(settings)
    if settled.model == NONE:
        return None
    return _endpoint(settled) if _is_endpoint(settled.model) else _local(settled)


def make_prompt(settings: Settings) -> Prompt:
    try:
        return load_prompt(settings.prompt)
    except ValueError as error:
        raise SettingsError(str(error)) from error


def _first_that_can_be_had(models_folder: Path, progress: Progress) -> str:
    for candidate in choose_auto(models_folder, memory_bytes=available_memory()):
        if candidate.name is not None:
            try:
                get_model(candidate.name, models_folder, progress=progress)
            except ModelError as error:
                logger.info("%s cannot be had from here; trying what comes next", candidate.name)
                logger.debug("%s", error)
                continue
        logger.info(candidate.line)
        return candidate.name or NONE
    return NONE


def _local(settings: Settings) -> Generator:
    from rag.generation import LlamaCppGenerator

    file = get_model(settings.model, settings.models, progress=silent)
    return LlamaCppGenerator(
        file,
        name=settings.model,
        context_tokens=settings.context_tokens,
        threads=settings.threads or None,
    )


def _is_endpoint(model: str) -> bool:
    return model.startswith(("http://", "https://"))


def _endpoint(settings: Settings) -> Generator:
    """A URL may name one of the endpoint's models after a #."""
    from rag.openai_compatible import OpenAICompatibleGenerator

    url, _, model = settings.model.partition("#")
    return OpenAICompatibleGenerator(
        url,
        context_tokens=settings.context_tokens,
        model=model or None,
        api_key=settings.api_key,
    )
