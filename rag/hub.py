"""The model hub through huggingface_hub: its cache, its records of files, downloads that resume."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from huggingface_hub import (
    constants,
    get_hf_file_metadata,
    get_session,
    hf_hub_url,
    try_to_load_from_cache,
)
from huggingface_hub.errors import (
    EntryNotFoundError,
    FileMetadataError,
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils import build_hf_headers, hf_raise_for_status

from rag.incoming import size_of
from rag.presets import HubSource, ModelFile, SourceFailedError

# huggingface_hub talks through httpx or, in later versions, httpx2: their errors share this parent.
HttpError: type[Exception] = HfHubHTTPError.__bases__[0]

CONNECT_SECONDS = 3
ANSWER_SECONDS = 10
TRIES_WITHOUT_PROGRESS = 3
RANGE_NOT_SATISFIABLE = 416
PARTIAL_CONTENT = 206


@dataclass(frozen=True, slots=True)
class HuggingFaceHub:
    """`hf_hub_download` begins anew in every process; this appends to what is there."""

    endpoint: str = constants.ENDPOINT
    pause_seconds: float = 1  # before a transfer that broke off goes on

    def find_cached(self, source: HubSource, path: str) -> Path | None:
        """Return the file in huggingface_hub's own cache, without asking the network."""
        for revision in (source.revision, constants.DEFAULT_REVISION):
            try:
                found = try_to_load_from_cache(source.hub, path, revision=revision)
            except HFValidationError:  # `look_up` and `download` say that it is no repository
                return None
            if isinstance(found, str):
                return Path(found)
        return None

    def check_reachable(self) -> None:
        """Fail within seconds where there is no way to the hub.

        Raises:
            SourceFailedError: it is out of reach, or switched off by HF_HUB_OFFLINE.
        """
        if constants.HF_HUB_OFFLINE:
            raise SourceFailedError("switched off by HF_HUB_OFFLINE")
        reason = why_unreachable(self.endpoint)
        if reason:
            raise SourceFailedError(f"{self.endpoint} is out of reach ({reason})")

    def look_up(self, source: HubSource, path: str) -> ModelFile:
        """Return the file with the size and SHA-256 that the hub records.

        Raises:
            SourceFailedError: the hub does not have the file or keeps no SHA-256 of it.
        """
        try:
            record = get_hf_file_metadata(self._url(source, path), timeout=ANSWER_SECONDS)
        except (HttpError, FileMetadataError) as error:
            raise explain(error, source, path) from error
        if record.size is None or record.etag is None or len(record.etag) != 64:
            raise SourceFailedError(f"it keeps no SHA-256 of {path}")
        return ModelFile(path, bytes=record.size, sha256=record.etag)

    def download(
        self, source: HubSource, path: str, target: Path, *, report: Callable[[int], None]
    ) -> None:
        """Append to `target` what it lacks of the file.

        Raises:
            SourceFailedError: the transfer failed; what arrived stays in `target`.
            OSError: `target` cannot be written.
        """
        url = self._url(source, path)
        tries = TRIES_WITHOUT_PROGRESS
        while True:
            before = size_of(target)
            try:
                append_rest(url, target, report=report)
            except HfHubHTTPError as error:
                raise explain(error, source, path) from error
            except HttpError as error:
                tries = TRIES_WITHOUT_PROGRESS if size_of(target) > before else tries - 1
                if tries == 0:
                    raise explain(error, source, path) from error
                time.sleep(self.pause_seconds)
            else:
                return

    def _url(self, source: HubSource, path: str) -> str:
        try:
            return hf_hub_url(source.hub, path, revision=source.revision, endpoint=self.endpoint)
        except HFValidationError as error:
            raise SourceFailedError(f"{source.hub} is no name of a repository") from error


@cache
def why_unreachable(endpoint: str) -> str | None:
    """Ask once per process: every model of an offline machine would wait again."""
    try:
        get_session().head(endpoint, timeout=CONNECT_SECONDS)
    except HttpError as error:
        return str(error) or type(error).__name__
    return None


def append_rest(url: str, target: Path, *, report: Callable[[int], None]) -> None:
    headers = build_hf_headers(headers={"Accept-Encoding": "identity"})  # ranges count plain bytes
    done = size_of(target)
    if done:
        headers["Range"] = f"bytes={done}-"
    timeout = constants.HF_HUB_DOWNLOAD_TIMEOUT
    with get_session().stream("GET", url, headers=headers, timeout=timeout) as response:
        if response.status_code == RANGE_NOT_SATISFIABLE:
            return  # all of it is there, or too much: the SHA-256 will tell
        hf_raise_for_status(response)
        with target.open("ab") as output:
            if response.status_code != PARTIAL_CONTENT:
                output.truncate(0)
            for chunk in response.iter_bytes():
                output.write(chunk)
                report(output.tell())


def explain(error: Exception, source: HubSource, path: str) -> SourceFailedError:
    """Turn the library's error into one reason for a person."""
    match error:
        case GatedRepoError():
            page = f"{constants.ENDPOINT}/{source.hub}"
            return SourceFailedError(f"accept its licence at {page}, then run: hf auth login")
        case RepositoryNotFoundError():
            return SourceFailedError(f"it has no repository {source.hub}, or a private one")
        case RevisionNotFoundError() | EntryNotFoundError():
            return SourceFailedError(f"{source.hub} holds no {path} at {source.revision}")
        case HfHubHTTPError():
            return SourceFailedError(f"it answered {error.response.status_code}")
        case _:
            first_line = str(error).partition("\n")[0]
            return SourceFailedError(
                f"the transfer broke off ({first_line or type(error).__name__})"
            )
