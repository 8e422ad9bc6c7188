"""Bookings, with all that is known of them."""

from uuid import UUID

from incubator.calendars.booked_whole import told_whole
from incubator.calendars.entries import name_of
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Booked, Subjects, booked_alone, booked_by, booked_for, booked_in
from incubator.calendars.window import Window
from incubator.calendars.write import Entry


async def booked_of_person(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """The person's own and those of their organisations."""

    async def find(window: Window, subjects: Subjects) -> list[Booked]:
        return await booked_by(telling.tx, account_id=telling.standing.key, window=window, subjects=subjects)

    return await told_whole(telling, find, subjects)


async def booked_by_oneself(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """The person's own alone."""

    async def find(window: Window, subjects: Subjects) -> list[Booked]:
        return await booked_alone(telling.tx, account_id=telling.standing.key, window=window, subjects=subjects)

    return await told_whole(telling, find, subjects)


async def booked_of_organisation(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    async def find(window: Window, subjects: Subjects) -> list[Booked]:
        return await booked_for(telling.tx, organisation_id=telling.standing.key, window=window, subjects=subjects)

    return await told_whole(telling, find, subjects)


async def booked_at_desk(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """All in a gmina's incubators, with the space before the title."""

    async def find(window: Window, subjects: Subjects) -> list[Booked]:
        return await booked_in(telling.tx, gmina_id=telling.standing.key, window=window, subjects=subjects)

    def dress(one: Booked, entry: Entry) -> Entry:
        return entry._replace(summary=f"{name_of(one.place, telling.texts)} · {entry.summary}")

    return await told_whole(telling, find, subjects, dress=dress)
