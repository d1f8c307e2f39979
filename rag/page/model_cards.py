"""Models to choose -> HTML: one card each, with what can be done with it."""

from collections.abc import Iterable

from rag.incoming import readable
from rag.page.escaping import link, render_trouble, text
from rag.page.getting import Getting
from rag.page.models import Option

USE, GET, STOP = "use", "get", "stop"  # what the buttons do
WAITS_FOR_NEWS = "Asking where it can be had…"


def render_models(options: Iterable[Option], getting: Getting | None, *, locked: str = "") -> str:
    """Return the cards; `locked` says why no model can be chosen, and then none can."""
    note = f'<p class="note">{text(_sentence(locked))}</p>' if locked else ""
    cards = "".join(_card(option, getting, locked=bool(locked)) for option in options)
    return f'{note}<ul class="models" aria-label="Models">{cards}</ul>'


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _card(option: Option, getting: Getting | None, *, locked: bool) -> str:
    mine = getting if getting and getting.model == option.name else None
    busy = bool(getting and not getting.has_ended)
    state = ' class="used" aria-current="true"' if option.in_use else ""
    facts = " · ".join(filter(None, (option.size, _licence(option), option.on_disk)))
    button = "" if locked or option.in_use else _button(option, busy=busy)
    used = '<span class="in-use">In use</span>' if option.in_use else button
    return (
        f'<li{state}><div class="model"><h3>{text(option.title)}</h3>{used}</div>'
        f'<p class="facts">{facts}</p><p>{text(option.description)}. {text(option.fit)}</p>'
        f"{_progress(mine, locked=locked) if mine else ''}</li>"
    )


def _licence(option: Option) -> str:
    terms = f" (terms: {link(option.terms)})" if option.terms else ""
    return f"{text(option.licence)}{terms}" if option.licence else ""


def _button(option: Option, *, busy: bool) -> str:
    if option.can_be_used:
        return _act(USE, option.name, "Use", f"Use {option.title}")
    if busy:
        return ""  # one at a time
    return _act(GET, option.name, f"Get {option.size}", f"Get {option.title}")


def _act(act: str, model: str, shown: str, label: str) -> str:
    """Return the one button of a card, which keeps its focus as it changes."""
    return (
        f'<button type="button" id="model-{text(model)}" data-act="{act}" '
        f'data-model="{text(model)}" aria-label="{text(label)}">{text(shown)}</button>'
    )


def _progress(getting: Getting, *, locked: bool) -> str:
    if getting.error is not None:
        return render_trouble(getting.error)
    if getting.stopped:
        return '<p class="note" role="status">Stopped; what has arrived is kept.</p>'
    if getting.whole:
        return ""
    told = WAITS_FOR_NEWS
    if getting.total:
        told = f"{readable(getting.done)} of {readable(getting.total)}"
    doing = "stopping" if getting.stopping else getting.doing
    told = " · ".join(filter(None, (told, doing)))
    stops = not (locked or getting.stopping)
    stop = _act(STOP, getting.model, "Stop", f"Stop getting {getting.model}") if stops else ""
    return (
        f'<div class="getting"><p class="progress" role="status">{text(told)}</p>{stop}</div>'
        f'<progress max="{getting.total or 1}" value="{getting.done}" '
        f'aria-label="How much has arrived"></progress>'
    )
