"""The one place that reads the clock. Edges call it and pass `now` on; nothing below them does."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one place
