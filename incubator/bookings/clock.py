"""Times on the clock in Warsaw as people and programs write them: 09:30. Pure."""

from typing import Annotated

from msgspec import Meta

DAY = 1440
Clock = Annotated[
    str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)", description="On the clock in Warsaw: 09:30.")
]


def minute_of(clock: str) -> int:
    """Minutes past midnight, of what is a Clock."""
    return int(clock[:2]) * 60 + int(clock[3:])


def clock_of(minute: int) -> str:
    """What the clock shows so many minutes past some midnight."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
