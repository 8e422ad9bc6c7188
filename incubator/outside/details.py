"""What is said of a calendar when it is added."""

from typing import Annotated

from msgspec import Meta

from incubator.web.bodies import Body, OptionalLine

CalendarAddress = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"^[^\x00\r\n]*$(?!\n)")]


class NewCalendar(Body, frozen=True):
    """A calendar kept elsewhere: its address (https or webcal), which is told to nobody afterwards, and what it is
    called."""

    address: CalendarAddress
    name: OptionalLine = ""
