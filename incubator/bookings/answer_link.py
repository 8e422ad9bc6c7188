"""The link in a mail about a booking by which its reader can say that they cannot come, without signing in."""

from uuid import UUID

from incubator.web.letters import link
from incubator.web.links import seal

ANSWER = "answer-booking-{account_id}"
"""What it is sealed for: an answer of this person alone."""


def way_out(*, booking_id: UUID, account_id: UUID) -> str:
    """Opens the page that asks; to open it changes nothing."""
    given = seal(ANSWER.format(account_id=account_id), booking_id)
    return link(f"/bookings/{booking_id}/answer/{account_id}/{given}")
