"""`newsdesk users`: who may come in where the page is served to others."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rag.errors import SettingsError
from rag.serving.account_file import add_key, read_accounts, remove_account, set_password
from rag.settings import load_settings

output = Console()
users = typer.Typer(
    help="Say who may come in where the page is served to others.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(help="The person's name.")]
AuthOption = Annotated[
    Path | None, typer.Option("--auth", help="The file of accounts; made if it is not there.")
]


@users.command()
def add(name: Name, auth: AuthOption = None) -> None:
    """Add a person, or give one a new password; it is asked for, or read from standard input."""
    file = _file(auth)
    set_password(file, name, _ask_password())
    _tell(f"{name} may come in with this password: newsdesk chat --auth {file}")


@users.command()
def key(name: Name, auth: AuthOption = None) -> None:
    """Make an API key for a person's programs, and print it this once."""
    typer.echo(add_key(_file(auth), name))


@users.command()
def remove(name: Name, auth: AuthOption = None) -> None:
    """Take away a person's password and API keys, at once, also where the page is open."""
    remove_account(_file(auth), name)
    _tell(f"{name} may no longer come in")


@users.command("list")
def list_all(auth: AuthOption = None) -> None:
    """List who may come in."""
    for name, account in sorted(read_accounts(_file(auth)).items()):
        keys = len(account.keys)
        _tell(f"{name}: {keys} API {'key' if keys == 1 else 'keys'}" if keys else name)


def _file(auth: Path | None) -> Path:
    file = load_settings({"auth": auth}).auth
    if file is None:
        raise SettingsError("which file of accounts is it? name it with --auth FILE")
    return file


def _ask_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _tell(line: str) -> None:
    output.print(line, markup=False, highlight=False, soft_wrap=True)
