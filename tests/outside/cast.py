"""Calendars that tests play with: a mentor, and files that say when they are busy."""

from datetime import UTC, datetime
from uuid import UUID

from incubator.db.engine import Database, attempt, statement
from incubator.kernel.period import Period
from incubator.outside.add_calendar import add_calendar
from incubator.outside.address import Address, address_of
from incubator.outside.fetch import Seen
from incubator.outside.look import Looked, note_read
from incubator.outside.read_file import Contents, Entry
from incubator.outside.views import CalendarView
from tests.cast import Person, acting
from tests.moments import NOW

ADDRESS = address_of("https://calendar.example/private-hush/basic.ics")


def says(*busy: Period, skipped: int = 0, uid: str = "", etag: str = "") -> Looked:
    return Looked(Contents(tuple(Entry(one, uid) for one in busy), skipped), Seen(etag))


async def added(
    db: Database,
    who: Person,
    looked: Looked,
    *,
    mentor_id: UUID | None = None,
    space_id: UUID | None = None,
    address: Address = ADDRESS,
    now: datetime = NOW,
) -> CalendarView:
    actor = await acting(db, who)
    return await attempt(
        db,
        lambda tx: add_calendar(
            tx,
            actor=actor,
            mentor_id=mentor_id,
            space_id=space_id,
            name="Uczelnia",
            address=address,
            looked=looked,
            now=now,
        ),
    )


async def read_again(db: Database, calendar_id: UUID, looked: Looked, now: datetime = NOW) -> None:
    await attempt(db, lambda tx: note_read(tx, calendar_id=calendar_id, looked=looked, now=now))


async def taken(db: Database, resource_id: int, purpose: str = "outside") -> list[Period]:
    """What is taken of the resource for the purpose, in order."""
    async with statement(db) as tx:
        rows = await tx.fetch(
            "SELECT during FROM occupancy WHERE resource_id = $1 AND purpose = $2 ORDER BY lower(during)",
            resource_id,
            purpose,
        )
    return [Period(row["during"].lower, row["during"].upper) for row in rows]


def file(*busy: Period) -> bytes:
    """A calendar file that says so."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}@example\r\nDTSTAMP:20260901T000000Z\r\nDTSTART:{_utc(one.start)}\r\n"
        f"DTEND:{_utc(one.end)}\r\nSUMMARY:Tajne\r\nEND:VEVENT\r\n"
        for number, one in enumerate(busy)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
