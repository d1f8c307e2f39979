"""Excerpts and a question -> messages that fit the model's context.

Articles are data: whatever could be read as a marker of a chat template is made harmless here, and
an excerpt is one line, so that it can't imitate the lines around it.
"""

import re
from collections.abc import Callable, Sequence

from prompts.loader import Prompt
from rag.excerpts import Excerpt
from rag.types import Article, Message

TEMPLATE_TOKENS = 64  # what a chat template adds around two messages, and to spare
SHARE = 4  # the question takes one part in so many of the room at most
# <|im_start|>, <s>, </s>, <start_of_turn>, <think>, [INST], [/INST], [SYSTEM_PROMPT], <<SYS>> …
ANGLE_MARKER = re.compile(r"<(?=[|/<!a-zA-Z\uff5c_])|(?<=[|>a-zA-Z\uff5c_])>")
SQUARE_MARKER = re.compile(r"\[(/?[A-Za-z]?[A-Z][A-Z_]+)\]")


def make_messages(
    prompt: Prompt,
    question: str,
    excerpts: Sequence[Excerpt],
    *,
    room: int,
    count_tokens: Callable[[str], int],
) -> list[Message]:
    """Render the prompt with as many of the best excerpts as `room` tokens hold.

    `question` stands alone: no turns before it are told. The task is yet to be said, with
    `instruct`. The last excerpt that does not fit whole is cut, and so is a question too long.
    """
    asked = _cut(_line(question), room // SHARE, count_tokens)

    def render(blocks: Sequence[str]) -> list[Message]:
        user = prompt.render(excerpts="\n\n".join(blocks), question=asked)
        return [Message("system", prompt.system), Message("user", user)]

    fixed = [message.content for message in render([])]
    task = max(count_tokens(text) for text in (prompt.judge, prompt.answer))
    left = room - sum(map(count_tokens, fixed)) - task - TEMPLATE_TOKENS
    blocks: list[str] = []
    for number, excerpt in enumerate(excerpts, start=1):
        block = _block(number, excerpt)
        fitting = _cut(block, left, count_tokens)
        if "\n" in fitting:  # with words of the excerpt, not only where they are from
            blocks.append(fitting)
        left -= count_tokens(fitting) + 2
        if fitting != block:
            break
    return render(blocks)


def instruct(messages: Sequence[Message], task: str) -> list[Message]:
    """Return the messages with a task after them.

    It comes last so that a model which keeps its evaluated prompt reads only the task anew.
    """
    *before, last = messages
    return [*before, Message(last.role, f"{last.content}\n\n{task}")]


def harmless(text: str) -> str:
    """Return `text` with every marker of a chat template broken; the words stay readable."""
    text = ANGLE_MARKER.sub(lambda match: "‹" if match[0] == "<" else "›", text)
    return SQUARE_MARKER.sub(r"(\1)", text)


def _block(number: int, excerpt: Excerpt) -> str:
    return f"[{number}] {_line(_source(excerpt.article))}\n{_line(excerpt.text)}"


def _line(text: str) -> str:
    return harmless(" ".join(text.split()))


def _source(article: Article) -> str:
    day = article.published_on
    parts = (article.publisher, f"{day.day} {day:%B %Y}" if day else None)
    source = ", ".join(part for part in parts if part)
    return f"{article.title} ({source})" if source else article.title


def _cut(block: str, room: int, count_tokens: Callable[[str], int]) -> str:
    """Return as many of the block's words as `room` tokens hold; an endless word is broken."""
    if count_tokens(block) <= room:
        return block
    low, high = 0, len(block)
    while low < high:
        middle = (low + high + 1) // 2
        if count_tokens(block[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    kept = block[: low + 1]
    return kept[: kept.rfind(" ")] if " " in kept else kept[:low]
