"""The command line: flags in, functions of the library called, one line for every error."""

import importlib
import io
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.logging import RichHandler

from rag import evaluation_cli, feedback_cli, users_cli
from rag.archive import Archive
from rag.doctor import examine, has_archive
from rag.errors import ArchiveError, RagError
from rag.expected import expected_records
from rag.json_form import answer_form, timeline_form
from rag.limits import WrittenLimits, check_publishers, read_limits
from rag.models import get_model, list_models
from rag.opening import fetch_embedder, open_assistant
from rag.reading import printable
from rag.serving.addresses import refuse_strangers
from rag.settings import Settings, fixed_settings, load_settings
from rag.terminal import (
    counting,
    downloading,
    show_answer,
    show_articles,
    show_findings,
    show_models,
    show_notes,
    show_passages,
    show_report,
    show_timeline,
)
from rag.timeline import timeline_rows
from rag.types import AddReport, Question

HELP = "Ask your news articles; every sentence of an answer is proved by their own words."
cli = typer.Typer(
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
console = Console(stderr=True)  # progress and news; standard output carries the results
output = Console()

ArchiveOption = Annotated[Path | None, typer.Option("--archive", help="The archive's folder.")]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="auto, none (quotes only), a name from `newsdesk models`, a .gguf file, "
        "owner/repository:file.gguf, or the http(s) address of an OpenAI-compatible endpoint.",
    ),
]


FromOption = Annotated[
    str, typer.Option("--from", help="Only articles published from this day, month or year on.")
]
ToOption = Annotated[
    str, typer.Option("--to", help="Only articles published up to this day, month or year.")
]
PublisherOption = Annotated[
    list[str] | None,
    typer.Option("--publisher", help="Only articles of this publisher; may be given repeatedly."),
]


@cli.command()
def add(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, web pages, feeds.")],
    archive: ArchiveOption = None,
    vectors: Annotated[
        bool, typer.Option(help="Make the vectors now, or leave them to the next time.")
    ] = True,
) -> None:
    """Add articles: text, Markdown, HTML, PDF, DOCX, JSON lines, CSV, Parquet, pages and feeds."""
    settings = _settings(archive=archive)
    fetch_embedder(settings, console)
    with Archive(settings=settings) as opened:
        try:
            report = _add(opened, sources, vectors=vectors)
        except KeyboardInterrupt:
            console.print(
                f"Stopped. {len(opened):,} articles are in the archive; run the same command "
                "again to go on where it stopped."
            )
            raise typer.Exit(130) from None
    if report.failed and not (report.added or report.updated or report.unchanged):
        raise typer.Exit(1)


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    archive: ArchiveOption = None,
    model: ModelOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole answer as JSON.")
    ] = False,
    published_from: FromOption = "",
    published_to: ToOption = "",
    publishers: PublisherOption = None,
) -> None:
    """Answer one question, and show the words of the articles that prove the answer."""
    limits = read_limits(WrittenLimits(published_from, published_to, publishers or ()))
    assistant = open_assistant(_existing(_settings(archive=archive, model=model)), console)
    check_publishers(limits, assistant.archive.publishers())
    asked = Question(question).within(limits)
    show_notes(console, assistant.archive.timing_notes(asked))
    show_notes(console, assistant.archive.publisher_notes(asked))
    with assistant.stream(asked) as stream:
        if as_json:
            typer.echo(json.dumps(answer_form(stream.answer), indent=2))
        else:
            show_answer(output, stream, limits)


@cli.command()
def search(
    question: Annotated[str, typer.Argument(help="What to look for.")],
    archive: ArchiveOption = None,
    count: Annotated[int, typer.Option("-k", help="How many passages.", min=1, max=100)] = 5,
    published_from: FromOption = "",
    published_to: ToOption = "",
    publishers: PublisherOption = None,
) -> None:
    """Show the passages nearest to a question, without answering it."""
    limits = read_limits(WrittenLimits(published_from, published_to, publishers or ()))
    settings = _existing(_settings(archive=archive))
    fetch_embedder(settings, console)
    with Archive(settings=settings) as opened:
        check_publishers(limits, opened.publishers())
        asked = Question(printable(question)).within(limits)
        show_notes(console, opened.timing_notes(asked))
        show_notes(console, opened.publisher_notes(asked))
        show_passages(output, opened.search(asked, count))


@cli.command("list")
def list_articles(
    archive: ArchiveOption = None,
    count: Annotated[int, typer.Option("-k", help="How many articles.", min=1)] = 20,
    published_from: FromOption = "",
    published_to: ToOption = "",
    publishers: PublisherOption = None,
) -> None:
    """List the articles, newest first."""
    limits = read_limits(WrittenLimits(published_from, published_to, publishers or ()))
    with Archive(settings=_existing(_settings(archive=archive))) as opened:
        check_publishers(limits, opened.publishers())
        articles = opened.newest(limits, count=count)
        show_articles(output, articles, total=opened.count_within(limits))


@cli.command()
def timeline(
    subject: Annotated[str, typer.Argument(help="Names and words, and from when: “since May”.")],
    archive: ArchiveOption = None,
    count: Annotated[int, typer.Option("-k", help="How many events.", min=1, max=200)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print the events as JSON.")] = False,
) -> None:
    """Show what the articles report about a subject, event by event, in order."""
    with Archive(settings=_existing(_settings(archive=archive))) as opened:
        events = opened.timeline(printable(subject), count)
        show_notes(console, opened.timing(printable(subject)).notes)
    if as_json:
        typer.echo(json.dumps(timeline_form(events), indent=2))
    elif events:
        show_timeline(output, timeline_rows(events))
    else:
        console.print("No article reports an event of this subject; try fewer or other words.")


@cli.command()
def remove(
    article_ids: Annotated[list[str], typer.Argument(help="Ids, as list and search show them.")],
    archive: ArchiveOption = None,
) -> None:
    """Remove articles from the archive and from everything that is searched."""
    with Archive(settings=_existing(_settings(archive=archive))) as opened:
        missing = [id_ for id_ in article_ids if not opened.remove(id_)]
        output.print(f"{len(article_ids) - len(missing)} removed", highlight=False)
    if missing:
        raise RagError(f"the archive has no article with the id {', '.join(missing)}")


@cli.command()
def embed(archive: ArchiveOption = None) -> None:
    """Make the vectors that are missing, so that articles are found by meaning too."""
    settings = _existing(_settings(archive=archive))
    fetch_embedder(settings, console)
    with Archive(settings=settings) as opened:
        _embed(opened)


@cli.command()
def chat(
    archive: ArchiveOption = None,
    model: ModelOption = None,
    add_first: Annotated[
        list[str] | None, typer.Option("--add", help="Add this first; may be given repeatedly.")
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="The address to listen on; 0.0.0.0 is all of this machine's.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    auth: Annotated[
        Path | None,
        typer.Option(help="Let in only whom this file names; `newsdesk users add` writes it."),
    ] = None,
    public_without_auth: Annotated[
        bool | None,
        typer.Option(
            "--public-without-auth",
            help="Let everybody in who reaches the page, though it is not only this machine.",
        ),
    ] = None,
    root_path: Annotated[
        str | None,
        typer.Option(
            help="Where a proxy serves the page: a path such as /desk, or better the whole "
            "address, https://news.example.org/desk."
        ),
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in a browser.")
    ] = True,
) -> None:
    """Serve the chat page, and what programs ask, until Ctrl-C.

    Programs ask at /v1 as they ask OpenAI's servers, at /mcp by the Model Context Protocol, and
    through gradio_client.
    """
    settings = _settings(
        archive=archive,
        model=model,
        host=host,
        port=port,
        auth=auth,
        public_without_auth=public_without_auth,
        root_path=root_path,
    )
    refuse_strangers(settings)
    assistant = open_assistant(settings, console)
    if add_first:
        _add(assistant.archive, add_first, vectors=False)  # the page makes them meanwhile
    console.print("Loading the models…")
    assistant.load()
    page = importlib.import_module("app")  # the page stands above this package: by name only
    page.launch(assistant, fixed=fixed_settings({"model": model}), open_browser=open_browser)


models = typer.Typer(help="List and get models.", rich_markup_mode=None)
cli.add_typer(models, name="models")
cli.command()(evaluation_cli.evaluate)
cli.add_typer(evaluation_cli.questions, name="questions")
cli.add_typer(feedback_cli.feedback, name="feedback")
cli.add_typer(users_cli.users, name="users")


@models.callback(invoke_without_command=True)
def list_all(context: typer.Context) -> None:
    """List the presets: what they are, how large, under which licence, and what is on disk."""
    if context.invoked_subcommand is None:
        settings = _settings()
        show_models(output, list_models(settings.models), settings.models)


@models.command("get")
def get(
    names: Annotated[list[str], typer.Argument(help="Names that `newsdesk models` lists.")],
) -> None:
    """Fetch models into the models folder, which all archives share."""
    settings = _settings()
    for name in names:
        with downloading(console) as progress:
            path = get_model(name, settings.models, progress=progress)
        output.print(f"{name}: {path}", highlight=False, soft_wrap=True)


@cli.command()
def doctor(archive: ArchiveOption = None, model: ModelOption = None) -> None:
    """Check this machine, the models and the archive, and say what to do."""
    settings = _settings(archive=archive, model=model)
    findings = examine(settings)
    show_findings(output, findings)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit code 1 and one line for whatever can go wrong."""
    handler = RichHandler(console=console, show_time=False, show_path=False, show_level=False)
    logger = logging.getLogger("rag")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal has every character
    try:
        cli(list(arguments) if arguments is not None else None)
    except RagError as error:
        console.print(
            f"newsdesk: {error}", style="red", markup=False, highlight=False, soft_wrap=True
        )
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _settings(**flags: object) -> Settings:
    return load_settings(flags)


def _existing(settings: Settings) -> Settings:
    if not has_archive(settings.archive):
        raise ArchiveError(
            f"there is no archive in {settings.archive}; run `newsdesk add` with a file or folder, "
            "or name another archive with --archive"
        )
    return settings


def _add(archive: Archive, sources: Sequence[str], *, vectors: bool) -> AddReport:
    total = expected_records(sources)
    with counting(console, "Adding articles", unit="articles", total=total) as moved:
        report = archive.add(*sources, embed=False, on_article=lambda done: moved(done, None))
    show_report(console, report)
    if vectors:
        _embed(archive)
    return report


def _embed(archive: Archive) -> None:
    with counting(console, "Making vectors", unit="passages") as moved:
        archive.embed(on_vector=moved)


if __name__ == "__main__":
    main()
