"""A piece of a list that is whole in memory already, after the row that was seen last."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from incubator.web.cursors import BadCursor, read_cursor, write_cursor

T = TypeVar("T")


def piece(rows: Sequence[T], key: Callable[[T], UUID], *, after: str | None, limit: int) -> tuple[list[T], str | None]:
    """At most `limit` rows and the cursor of the next piece. Raises BadCursor, also when the row that was seen
    last is no longer in the list."""
    seen, first = read_cursor(after, str), 0
    if seen is not None:
        turns = [turn for turn, one in enumerate(rows) if key(one) == seen[1]]
        if not turns:
            raise BadCursor()
        first = turns[0] + 1
    found = list(rows[first : first + limit])
    return found, write_cursor("", key(found[-1])) if first + limit < len(rows) else None
