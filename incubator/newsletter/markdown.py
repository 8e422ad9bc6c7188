"""Markdown, as it is safe in a mail and on a page: no HTML of the writer's, no pictures, links to the web and to
mail alone. And the same as plain text."""

from collections.abc import Iterable, Iterator
from textwrap import fill

from markdown_it import MarkdownIt
from markdown_it.token import Token

SAFE = ("https://", "http://", "mailto:")
WIDTH = 76


def to_html(source: str) -> str:
    """Headings begin at the second level, for the title is the first, and go down one at a time."""
    tokens = _WRITER.parse(source)
    _level(tokens)
    told = _WRITER.renderer.render(tokens, _WRITER.options, {})
    return str(told)


def to_text(source: str) -> str:
    """For readers of plain text: a link is followed by its address, a list keeps its marks."""
    return "\n\n".join(block for block in _blocks(_WRITER.parse(source)) if block)


def _level(tokens: Iterable[Token]) -> None:
    above = 1
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            if token.type == "heading_open":
                above = min(int(token.tag[1:]) + 1, above + 1, 4)
            token.tag = f"h{above}"


def _blocks(tokens: list[Token]) -> Iterator[str]:
    lists: list[int | None] = []
    mark = ""
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
                mark = ""
            case "list_item_open":
                number = lists[-1]
                mark = "- " if number is None else f"{number}. "
                lists[-1] = None if number is None else number + 1
            case "inline":
                indent = "  " * max(0, len(lists) - 1)
                yield _wrapped(_inline(token.children or []), indent + mark, indent + " " * len(mark))
                mark = " " * len(mark)
            case "fence" | "code_block":
                yield "\n".join(f"    {line}" for line in token.content.rstrip("\n").split("\n"))
            case "hr":
                yield "-" * 20


def _inline(tokens: list[Token]) -> str:
    told, address, since = "", "", 0
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                told += token.content
            case "softbreak":
                told += " "
            case "hardbreak":
                told += "\n"
            case "link_open":
                address, since = str(token.attrs.get("href", "")), len(told)
            case "link_close":
                bare = address.removeprefix("mailto:")
                told = told[:since] + bare if told[since:] == address else f"{told} ({bare})"
    return told


def _wrapped(text: str, first: str, then: str) -> str:
    """Long addresses are never broken."""
    lines = text.split("\n")
    return "\n".join(
        fill(
            line,
            WIDTH,
            initial_indent=then if turn else first,
            subsequent_indent=then,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for turn, line in enumerate(lines)
    )


class _Writer(MarkdownIt):
    """Links lead to the web and to mail alone."""

    def validateLink(self, url: str) -> bool:
        return url.strip().lower().startswith(SAFE)


_WRITER = _Writer("commonmark", {"html": False}).disable("image")
