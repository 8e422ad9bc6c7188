"""Bookings, with all that is known of them."""

from uuid import UUID

from incubator.calendars.entries import booked_entries, name_of
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Booked, Subjects, booked_by, booked_for, booked_in
from incubator.calendars.sources.chosen import near
from incubator.calendars.write import Entry


async def booked_of_person(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """The person's own and those of their organisations."""
    key, window = telling.standing.key, telling.window
    return _told(await booked_by(telling.tx, account_id=key, window=window, subjects=subjects), telling)


async def booked_of_organisation(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    key, window = telling.standing.key, telling.window
    return _told(await booked_for(telling.tx, organisation_id=key, window=window, subjects=subjects), telling)


async def booked_at_desk(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """All in a gmina's incubators, for some months, with the space before the title."""
    key, window = telling.standing.key, near(telling.window)
    found = await booked_in(telling.tx, gmina_id=key, window=window, subjects=subjects)
    places = [name_of(one.place, telling.texts) for one in found]
    return [
        (subject, entry._replace(summary=f"{place} · {entry.summary}"))
        for place, (subject, entry) in zip(places, _told(found, telling), strict=True)
    ]


def _told(found: list[Booked], telling: Telling) -> list[tuple[UUID, Entry]]:
    entries = booked_entries(found, telling.texts, telling.address)
    return [(one.told_as, entry) for one, entry in zip(found, entries, strict=True)]
