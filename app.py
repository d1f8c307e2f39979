"""The chat page: panes put together, served and launched. What each does is in rag.page.panes."""

import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Event

import gradio as gr
import httpx
from rich.console import Console
from starlette.middleware import Middleware

from rag import Assistant, SettingsError
from rag.cli import main
from rag.page import assets
from rag.page.adding import LARGEST_UPLOAD
from rag.page.desk import Desk
from rag.page.evaluating import Evaluator
from rag.page.headers import SafeHeaders
from rag.page.panes import adding, browsing, chat, evaluation, limits, masthead, sources
from rag.page.panes.adding import AddingEvents
from rag.page.panes.browsing import BrowsingEvents
from rag.page.panes.chat import ChatEvents
from rag.page.panes.evaluation import EvaluationEvents
from rag.page.panes.limits import LimitsEvents
from rag.page.panes.masthead import MastheadEvents
from rag.page.panes.parts import refresh_after, refresh_on_load
from rag.page.vectors import VectorMaker
from rag.readers.public_web import public_client

VISITORS_AT_ONCE = 20
LOCAL_HOSTS = ("127.0.0.1", "::1", "localhost")
THEME = gr.themes.Base(
    font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"], radius_size="sm"
)


def build(
    assistant: Assistant,
    *,
    on_added: Callable[[], None] = lambda: None,
    evaluator: Evaluator | None = None,
    make_client: Callable[[], httpx.Client] = httpx.Client,
) -> gr.Blocks:
    """Return the page.

    `on_added` is told when there are new articles; `make_client` makes what fetches web pages.
    """
    desk = Desk(assistant)
    page: gr.Blocks
    with gr.Blocks(title="Newsdesk", analytics_enabled=False, fill_width=True) as page:
        page.queue(default_concurrency_limit=VISITORS_AT_ONCE)
        with gr.Row(elem_id="masthead"):
            head = masthead.lay_out()
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="talk", scale=3):
                talk = chat.lay_out()
                limit = limits.lay_out()
            with gr.Column(elem_id="side", scale=2), gr.Tabs():
                with gr.Tab("Sources", elem_id="sources-tab"):
                    source = sources.lay_out()
                with gr.Tab("Archive", elem_id="archive-tab") as archive_tab:
                    browse = browsing.lay_out(archive_tab)
                with gr.Tab("Add articles", elem_id="add-tab"):
                    add = adding.lay_out()
                with gr.Tab("Evaluate", elem_id="evaluate-tab"):
                    evaluate = evaluation.lay_out()
        look = masthead.connect(head, MastheadEvents(desk))
        publishers, choices = limits.connect(limit, LimitsEvents(desk), talk)
        welcome, asking = chat.connect(
            talk, ChatEvents(desk, talk, choices), sources=source, anew=head.anew
        )
        changing = [welcome, look, publishers]
        vectors = adding.connect(
            add, AddingEvents(desk, on_added, make_client), changing, head.timer
        )
        browsing.connect(browse, BrowsingEvents(desk), [*changing, vectors])
        evaluation.connect(page, evaluate, EvaluationEvents(evaluator or Evaluator(assistant)))
        refresh_on_load(page, [*changing, vectors])
        refresh_after(asking, [look])
    return page


def serve(
    page: gr.Blocks, *, host: str = "127.0.0.1", port: int, open_browser: bool = False
) -> None:
    """Serve the page and return.

    Raises:
        SettingsError: the port is taken, or the address is none of this machine's.
    """
    try:
        page.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            ssr_mode=False,
            footer_links=[],
            favicon_path=assets.ICON,
            max_file_size=LARGEST_UPLOAD,
            app_kwargs={"middleware": [Middleware(SafeHeaders)]},
            theme=THEME,
            css_paths=list(assets.STYLES),
            head=assets.read_script(),
        )
    except (OSError, httpx.InvalidURL) as error:
        raise SettingsError(
            f"the page cannot be opened at {host}, port {port}: it is taken, or no address of this "
            "machine; end what uses it, or choose another with --port or --host"
        ) from error


def launch(assistant: Assistant, *, host: str, port: int, open_browser: bool) -> None:
    """Serve the page until Ctrl-C, and make the vectors that are missing meanwhile.

    Raises:
        RagError: the page cannot be opened.
    """
    vectors = VectorMaker(assistant.archive)
    evaluator = Evaluator(assistant)
    make_client = httpx.Client if host in LOCAL_HOSTS else public_client
    page = build(assistant, on_added=vectors.wake, evaluator=evaluator, make_client=make_client)
    serve(page, host=host, port=port, open_browser=open_browser)
    vectors.start()
    Console().print(f"Newsdesk is open at {page.local_url} (Ctrl-C ends it)", highlight=False)
    try:
        with suppress(KeyboardInterrupt):
            Event().wait()
    finally:
        page.close(verbose=False)
        evaluator.close()
        vectors.stop()


if __name__ == "__main__":
    main(["chat", *sys.argv[1:]])
