"""Bookings, with all that is known of them, those of a series as one that repeats."""

from uuid import UUID

from incubator.calendars.booked_whole import told_whole
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Booked, Subjects, booked_by
from incubator.calendars.window import Window
from incubator.calendars.write import Entry


async def booked_of_person(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """The person's own and those of their organisations."""

    async def find(window: Window, subjects: Subjects) -> list[Booked]:
        return await booked_by(telling.tx, account_id=telling.standing.key, window=window, subjects=subjects)

    return await told_whole(telling, find, subjects)
