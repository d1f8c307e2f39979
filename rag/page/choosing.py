"""Choosing the model and the number of passages for all who use the page, and keeping both."""

import json
from collections.abc import Mapping
from threading import Lock

from rag.errors import ModelError, SettingsError
from rag.models import find_model
from rag.page.desk import Desk
from rag.page.getting import Getter
from rag.presets import load_presets
from rag.serving.addresses import is_local
from rag.settings import PAGE_FILE_NAME, Settings, read_page_settings
from rag.wiring import NONE

MOST_PASSAGES = 10
HEADING = (
    "# Chosen on the chat page. Wins over newsdesk.toml; flags and the environment win over this.\n"
)


def why_refused(settings: Settings) -> str:
    """Return why the page may change no settings, which are everybody's; empty where it may."""
    guarded = settings.auth or settings.root_path
    if settings.visitors_change_settings or (is_local(settings.host) and not guarded):
        return ""
    return (
        "these settings are everybody's, and this page serves more than its own machine: whoever "
        "runs it sets model and passages in newsdesk.toml, or allows visitors_change_settings there"
    )


class Chooser:
    """Changes the settings that are everybody's; safe when several threads use it.

    `fixed` names the settings that a flag or the environment says, and which one. `refusal` is a
    sentence where the page may change nothing.
    """

    def __init__(
        self,
        desk: Desk,
        getter: Getter,
        *,
        fixed: Mapping[str, str] | None = None,
        refusal: str = "",
    ) -> None:
        self.desk = desk
        self.getter = getter
        self.fixed = fixed or {}
        self.refusal = refusal
        self._lock = Lock()

    def choose_model(self, name: str) -> None:
        """Load the model, then answer with it; answers that are being written are finished first.

        Raises:
            RagError: it may not be chosen, is not on disk, or cannot be run: all stays as it is.
        """
        self._check("model")
        with self._lock:
            self._check_on_disk(name)
            changed = self.desk.assistant.changed(model=name)
            changed.load()
            self.desk.use(changed)
            self._keep("model", name)

    def choose_passages(self, count: int) -> None:
        """Let the model read so many passages from the next question on.

        Raises:
            RagError: it may not be chosen, or cannot be kept.
        """
        self._check("passages")
        if not 1 <= count <= MOST_PASSAGES:
            raise SettingsError(f"choose between 1 and {MOST_PASSAGES} passages")
        with self._lock:
            self.desk.use(self.desk.assistant.changed(passages=count))
            self._keep("passages", count)

    def get(self, name: str) -> None:
        """Begin to fetch a model.

        Raises:
            RagError: it may not be fetched, or another is being fetched.
        """
        self._check_allowed()
        self._check_offered(name)
        self.getter.start(name)

    def stop_getting(self) -> None:
        """Raises RagError where the page may change nothing."""
        self._check_allowed()
        self.getter.stop()

    def why_fixed(self, setting: str) -> str:
        """Return why the page cannot change a setting; empty where it can."""
        if setting in self.fixed and not self.refusal:
            given = self.fixed[setting]
            return f"{given} was given when Newsdesk was started; start it without, to choose here"
        return self.refusal

    def _check(self, setting: str) -> None:
        if why := self.why_fixed(setting):
            raise SettingsError(why)

    def _check_allowed(self) -> None:
        if self.refusal:
            raise SettingsError(self.refusal)

    def _check_offered(self, name: str) -> None:
        preset = load_presets().get(name)
        if preset is None or preset.kind != "generator":
            raise ModelError("this model is not offered here; choose one of the list")

    def _check_on_disk(self, name: str) -> None:
        if name == NONE:
            return
        self._check_offered(name)
        if find_model(name, self.desk.assistant.settings.models) is None:
            raise ModelError(f"{name} is not on disk; get it first")

    def _keep(self, setting: str, value: object) -> None:
        """Write the file anew; it appears whole."""
        folder = self.desk.archive.folder
        file = folder / PAGE_FILE_NAME
        chosen = read_page_settings(folder) | {setting: value}
        lines = [f"{name} = {json.dumps(each)}\n" for name, each in chosen.items()]
        unfinished = file.with_name(f"{file.name}.part")
        try:
            unfinished.write_text(HEADING + "".join(lines), encoding="utf-8")
            unfinished.replace(file)
        except OSError as error:
            raise SettingsError(
                f"this holds until Newsdesk ends, but cannot be kept in {file}: {error.strerror}"
            ) from error
