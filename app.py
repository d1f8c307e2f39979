"""The chat page: panes put together, served and launched. What each does is in rag.page.panes."""

import sys
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event
from typing import NamedTuple

import gradio as gr
import httpx
from rich.console import Console
from starlette.authentication import SimpleUser
from starlette.requests import Request

from rag import Assistant, Settings
from rag.cli import main
from rag.conversations import Conversations
from rag.page import assets
from rag.page.choosing import Chooser, why_refused
from rag.page.desk import Desk
from rag.page.evaluating import Evaluator
from rag.page.getting import Getter
from rag.page.panes import (
    adding,
    browsing,
    chat,
    conversations,
    evaluation,
    limits,
    masthead,
    programs,
    ratings,
    settings,
    sources,
    timeline,
)
from rag.page.panes.adding import AddingEvents
from rag.page.panes.browsing import BrowsingEvents
from rag.page.panes.chat import ChatEvents
from rag.page.panes.conversations import Chat, TalksEvents
from rag.page.panes.evaluation import EvaluationEvents
from rag.page.panes.limits import LimitsEvents
from rag.page.panes.masthead import MastheadEvents
from rag.page.panes.parts import refresh_after, refresh_on_load
from rag.page.panes.programs import ProgramEvents
from rag.page.panes.ratings import RatingEvents
from rag.page.panes.settings import SettingsEvents
from rag.page.panes.sources import SourceEvents
from rag.page.panes.timeline import TimelineEvents
from rag.page.running import Running as RunningQuestions
from rag.page.talks import Talks
from rag.page.vectors import VectorMaker
from rag.readers.public_web import public_client
from rag.serving.addresses import base_path, serves_others
from rag.serving.running import Running, start
from rag.serving.server import LARGEST_UPLOAD, make_server
from rag.serving.tools import Tools

VISITORS_AT_ONCE = 20
UPLOADS_KEPT = (3600, 24 * 3600)  # seconds: how often old ones are deleted, and how old they are
THEME = gr.themes.Base(
    font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"], radius_size="sm"
)


class Workings(NamedTuple):
    """What works behind the page for all visitors, and outlives a visit."""

    evaluator: Evaluator
    talks: Talks
    chooser: Chooser

    def close(self) -> None:
        self.chooser.getter.close()
        self.evaluator.close()
        self.talks.store.close()


def make_workings(desk: Desk, fixed: Mapping[str, str] | None = None) -> Workings:
    """Open the conversations; `fixed` names the settings that a flag or the environment says."""
    chosen = desk.assistant.settings
    store = Conversations(desk.archive.folder)
    return Workings(
        Evaluator(desk),
        Talks(store, lambda article_id: desk.archive.article(article_id)),
        Chooser(desk, Getter(chosen.models), fixed=fixed, refusal=why_refused(chosen)),
    )


def build(
    desk: Desk,
    workings: Workings | None = None,
    *,
    on_added: Callable[[], None] = lambda: None,
    make_client: Callable[[], httpx.Client] = httpx.Client,
) -> gr.Blocks:
    """Return the page.

    `on_added` is told when there are new articles; `make_client` makes what fetches web pages.
    """
    workings = workings or make_workings(desk)
    page: gr.Blocks
    with gr.Blocks(
        title="Newsdesk", analytics_enabled=False, fill_width=True, delete_cache=UPLOADS_KEPT
    ) as page:
        page.queue(default_concurrency_limit=VISITORS_AT_ONCE)
        # First, since events of the page bear names too and would take those of the endpoints.
        programs.connect(ProgramEvents(Tools(lambda: desk.assistant)))
        with gr.Sidebar(open=False, elem_id="talks-bar", width=340):
            bar = conversations.lay_out()
        with gr.Row(elem_id="masthead"):
            opener = conversations.lay_out_opener()
            head = masthead.lay_out()
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", scale=3):
                talk = chat.lay_out()
                limit = limits.lay_out()
            with gr.Column(elem_id="side", scale=2), gr.Tabs():
                with gr.Tab("Sources", elem_id="sources-tab"):
                    source = sources.lay_out()
                with gr.Tab("Archive", elem_id="archive-tab") as archive_tab:
                    events = timeline.lay_out()
                    browse = browsing.lay_out(archive_tab)
                with gr.Tab("Add articles", elem_id="add-tab"):
                    add = adding.lay_out()
                with gr.Tab("Evaluate", elem_id="evaluate-tab"):
                    evaluate = evaluation.lay_out()
                    rated = ratings.lay_out()
                with gr.Tab("Settings", elem_id="settings-tab") as settings_tab:
                    chosen = settings.lay_out(settings_tab)
        look = masthead.connect(page, head, MastheadEvents(desk))
        publishers, choices = limits.connect(limit, LimitsEvents(desk), talk)
        keeping = TalksEvents(workings.talks, running := RunningQuestions())
        talking = ChatEvents(desk, talk, choices, keeping, running)
        welcome, asking = chat.connect(talk, talking, sources=source, anew=head.anew)
        shown = chat.outputs(talk, source)
        conversations.connect(page, bar, keeping, Chat(talk, shown, asking, opener))
        ratings.connect(rated, RatingEvents(workings.talks), talk, asking)
        settings.connect(chosen, SettingsEvents(workings.chooser), [look])
        changing = [welcome, look, publishers]
        sources.connect(
            source,
            SourceEvents(desk),
            memory=talk.memory,
            openers=[talk.earlier, talk.last, browse.shelf, events.chronicle, add.report],
        )
        vectors = adding.connect(
            add, AddingEvents(desk, on_added, make_client), changing, head.timer
        )
        browsing.connect(browse, BrowsingEvents(desk), [*changing, vectors])
        timeline.connect(events, TimelineEvents(desk))
        evaluation.connect(page, evaluate, EvaluationEvents(workings.evaluator))
        refresh_on_load(page, [*changing, vectors])
        for event in asking:
            refresh_after(event, [look])
    return page


def serve(page: gr.Blocks, desk: Desk, settings: Settings) -> Running:
    """Serve the page, and what programs ask, until it is closed.

    Raises:
        SettingsError: others would be let in by oversight, or the address cannot be used.
    """
    server = make_server(settings, Tools(lambda: desk.assistant))
    gr.mount_gradio_app(
        server,
        page,
        "/",
        server_name=settings.host,
        server_port=settings.port,
        root_path=base_path(settings.root_path) or None,
        auth_dependency=visitor if settings.auth else None,
        footer_links=[],
        run_history=False,
        favicon_path=str(assets.ICON),
        show_error=False,
        max_file_size=LARGEST_UPLOAD,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        theme=THEME,
        css_paths=list(assets.STYLES),
        head=assets.read_script(),
    )
    # Only of pages that it launched itself does Gradio ask whether a file was uploaded at all.
    page.has_launched = True
    return start(server, host=settings.host, port=settings.port)


def visitor(request: Request) -> str | None:
    """Return the name that the visitor logged in with; events read it as `request.username`."""
    user = request.scope.get("user")
    return user.username if isinstance(user, SimpleUser) else None


def launch(
    assistant: Assistant, *, open_browser: bool, fixed: Mapping[str, str] | None = None
) -> None:
    """Serve the page until Ctrl-C, and make the vectors that are missing meanwhile.

    `fixed` names the settings that the page cannot change, and what says them.

    Raises:
        RagError: the page cannot be opened.
    """
    desk = Desk(assistant)
    vectors = VectorMaker(assistant.archive)
    workings = make_workings(desk, fixed)
    make_client = public_client if serves_others(assistant.settings) else httpx.Client
    page = build(desk, workings, on_added=vectors.wake, make_client=make_client)
    running = serve(page, desk, assistant.settings)
    vectors.start()
    Console().print(f"Newsdesk is open at {running.url} (Ctrl-C ends it)", highlight=False)
    if open_browser:
        webbrowser.open(running.url)
    try:
        with suppress(KeyboardInterrupt):
            Event().wait()
    finally:
        running.close()
        workings.close()
        vectors.stop()


if __name__ == "__main__":
    main(["chat", *sys.argv[1:]])
