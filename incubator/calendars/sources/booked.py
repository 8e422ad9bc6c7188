"""Bookings, with all that is known of them."""

from uuid import UUID

from incubator.calendars.entries import booked_entries
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Subjects, booked_by
from incubator.calendars.write import Entry


async def booked_of_person(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """The person's own and those of their organisations."""
    key, window = telling.standing.key, telling.window
    found = await booked_by(telling.tx, account_id=key, window=window, subjects=subjects)
    entries = booked_entries(found, telling.texts, telling.address)
    return [(one.told_as, entry) for one, entry in zip(found, entries, strict=True)]
