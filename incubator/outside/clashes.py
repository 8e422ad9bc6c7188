"""Where a calendar says busy and a booking or meeting stands, and who is told of it, once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.mail.post import post
from incubator.outside.fill import RESOURCES, slot_of
from incubator.outside.views import Clash
from incubator.people.addressee import addressees
from incubator.web.letters import letter

MOST = 100
# What stands is read as it is now, so a clash is gone when either side of it is. The pause after a meeting and the
# turnaround of a room are no clash, and neither is an absence or a block: nobody is expected then.
CLASHES = f"""
SELECT DISTINCT ON (lower(coalesce(meeting.period, booking.period)), occupancy.subject_id)
    calendar.id AS calendar_id, occupancy.purpose AS kind, occupancy.subject_id, occupancy.state,
    coalesce(meeting.period, booking.period) AS period, busy.during,
    coalesce(organisation.name, account.name) AS who
FROM outside_calendar AS calendar JOIN outside_busy AS busy ON busy.calendar_id = calendar.id AND NOT busy.whole
CROSS JOIN LATERAL ({RESOURCES}) AS wanted
JOIN occupancy ON occupancy.slot && {slot_of("wanted.resource_id", "busy.during")}
    AND occupancy.purpose IN ('meeting', 'booking') AND (occupancy.expires_at IS NULL OR occupancy.expires_at > $2)
LEFT JOIN meeting ON occupancy.purpose = 'meeting' AND meeting.id = occupancy.subject_id
LEFT JOIN booking ON occupancy.purpose = 'booking' AND booking.id = occupancy.subject_id
JOIN account ON account.id = coalesce(meeting.account_id, booking.account_id)
LEFT JOIN organisation ON organisation.id = coalesce(meeting.organisation_id, booking.organisation_id)
WHERE calendar.id = ANY($1::uuid[]) AND coalesce(meeting.period, booking.period) && busy.during
    AND upper(coalesce(meeting.period, booking.period)) > $2
ORDER BY lower(coalesce(meeting.period, booking.period)), occupancy.subject_id, lower(busy.during)
LIMIT $3
"""
# Who was told of something that is a clash no more is told again if it becomes one again.
FORGET = "DELETE FROM outside_told WHERE calendar_id = $1 AND subject_id <> ALL($2::uuid[])"
TOLD = """
INSERT INTO outside_told (calendar_id, subject_id, told_at) SELECT $1, unnest($2::uuid[]), $3
ON CONFLICT DO NOTHING RETURNING subject_id
"""
WHOM = """
SELECT coalesce(mentor.account_id, added_by) AS account_id, outside_calendar.name, mentor.slug, outside_calendar.space_id
FROM outside_calendar LEFT JOIN mentor ON mentor.id = mentor_id WHERE outside_calendar.id = $1
"""


async def clashes_of(tx: Tx, *, calendar_ids: Sequence[UUID], now: datetime) -> list[Clash]:
    """Of today and to come, by start, a meeting or booking once; for who may see them all. `held` ones lapse or become
    firm."""
    rows = await tx.fetch(CLASHES, list(calendar_ids), now, MOST)
    return [
        Clash(
            calendar_id=row["calendar_id"],
            kind=row["kind"],
            subject_id=row["subject_id"],
            held=row["state"] == "held",
            who=row["who"],
            period=Period(row["period"].lower, row["period"].upper),
            busy=Period(row["during"].lower, row["during"].upper),
        )
        for row in rows
    ]


async def tell_clashes(tx: Tx, *, calendar_id: UUID, now: datetime) -> None:
    """Write to the mentor, or to who added the space's calendar, of those that they have not been told of."""
    found = [one for one in await clashes_of(tx, calendar_ids=[calendar_id], now=now) if not one.held]
    ids = [one.subject_id for one in found]
    await tx.execute(FORGET, calendar_id, ids)
    fresh = {row["subject_id"] for row in await tx.fetch(TOLD, calendar_id, ids, now)}
    if not fresh:
        return
    whose = await tx.fetchrow(WHOM, calendar_id)
    assert whose is not None
    for to in await addressees(tx, account_id=whose["account_id"], organisation_id=None):
        told = letter(
            "outside/mail/clashes.txt",
            to.locale,
            name=to.name,
            calendar=whose["name"],
            clashes=[one for one in found if one.subject_id in fresh],
            page=page_of(whose["slug"], whose["space_id"]),
        )
        await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)


def page_of(slug: str | None, space_id: UUID | None) -> str:
    """Where the calendars of the mentor or the space are."""
    return f"/mentors/{slug}/calendars" if slug else f"/desk/spaces/{space_id}/calendars"
