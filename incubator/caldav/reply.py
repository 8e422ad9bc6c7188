"""An answer, before it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from incubator.caldav.answers import Missing, Told, multistatus, response
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.unhurried import unhurried

XML = (b"content-type", b"application/xml; charset=utf-8")
ICS = (b"content-type", b"text/calendar; charset=utf-8; component=VEVENT")


class NotInCalendar(NotFound):
    """Nothing of this person's calendars is at this address."""

    code = "not_in_calendar"
    sentence = N_("There is nothing at this address of your calendars.")


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes = b""
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)


async def multi(found: Iterable[Told | Missing], *, sync_token: str = "") -> Reply:
    responses = await unhurried(response(one).encode() for one in found)
    return Reply(207, multistatus(responses, sync_token=sync_token), [XML])


def condition(status: int, body: bytes) -> Reply:
    """A precondition that does not hold."""
    return Reply(status, body, [XML])
