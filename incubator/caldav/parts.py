"""Parts of a calendar object by the names of its components and properties (RFC 4791, 9.6.1 to 9.6.4). Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LINE = re.compile(r"\r\n(?! )")
"""Between two content lines, which may be folded."""
NAME = re.compile("[^:;]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Of a component the properties and the components in it that are wanted, None for all of them. False stands for a
    property without its value. Names are in upper case."""

    props: Mapping[str, bool] | None = None
    parts: Mapping[str, "Part"] | None = None


ALL = Part()


def selected(text: str, part: Part) -> str:
    """Of a calendar object that we wrote what `part` wants of it; the object itself is always there."""
    return "\r\n".join((*_selected(text.removesuffix("\r\n"), part), ""))


def _selected(text: str, part: Part) -> Iterator[str]:
    outer: list[Part | None] = []
    here: Part | None = Part({}, {"VCALENDAR": part})
    for line in LINE.split(text):
        if line.startswith("BEGIN:"):
            outer.append(here)
            here = _within(here, line.removeprefix("BEGIN:"))
        kept = here and _kept(line, here)
        if kept:
            yield kept
        if line.startswith("END:"):
            here = outer.pop()


def _within(part: Part | None, name: str) -> Part | None:
    if part is None or part.parts is None:
        return part
    return part.parts.get(name)


def _kept(line: str, part: Part) -> str:
    """The line, what is left of it without its value, or nothing."""
    if part.props is None or line.startswith(("BEGIN:", "END:")):
        return line
    found = NAME.match(line)
    valued = part.props.get(found[0]) if found else None
    return line if valued else f"{line.partition(':')[0]}:" if valued is False else ""
