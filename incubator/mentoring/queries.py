"""Meetings as those may see them who ask: the one place where rows are narrowed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import history_of
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.kernel.period import Period
from incubator.mentoring.rules import ONLINE
from incubator.mentoring.states import Side, State
from incubator.mentoring.views import VIEW, MeetingView, view_of
from incubator.people.actor import Actor

# Own private ones, those of own organisations, those that one gives as the mentor; what somebody booked for an
# organisation is no longer theirs once they have left. $1 account, $2 organisations.
MINE = """(
    meeting.account_id = $1 AND meeting.organisation_id IS NULL OR meeting.organisation_id = ANY($2::uuid[])
    OR mentor.account_id = $1
)"""
# And those of the gminas that one coordinates; the administrator's every one. $3 gminas, $4 everything.
VISIBLE = f"({MINE} OR meeting.gmina_id = ANY($3::uuid[]) OR $4)"
AT_DESK = "(meeting.gmina_id = ANY($1::uuid[]) OR $2)"
OPEN = "meeting.locked_at IS NULL AND meeting.state <> 'cancelled'"


class NoSuchMeeting(NotFound):
    """No meeting with this identifier that the asker may know of."""

    code = "no_such_meeting"
    sentence = N_("There is no such meeting.")


class WrongMeetingState(Conflict):
    """The meeting has moved on: what was asked does not fit where it is now."""

    code = "wrong_meeting_state"
    sentence = N_("This cannot be done with the meeting in the state it is in.")

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state


def side_of(actor: Actor, meeting: MeetingView) -> Side:
    """On whose behalf this person acts, of those who may see the meeting. A mentor is the mentor, also where
    their own organisation met them."""
    if meeting.mentor_account_id == actor.account_id:
        return Side.MENTOR
    own = (
        meeting.organisation_id in actor.organisations
        if meeting.organisation_id is not None
        else meeting.account_id == actor.account_id
    )
    return Side.STARTUP if own else Side.COORDINATOR


def at_desk(actor: Actor, meeting: MeetingView) -> bool:
    """Whether the person runs the gmina that the meeting is of."""
    return meeting.gmina_id in actor.coordinates or actor.is_administrator


def link_for(actor: Actor, meeting: MeetingView) -> str:
    """Where they meet online, for those who meet and while it stands; else empty."""
    meets = side_of(actor, meeting) != Side.COORDINATOR
    return meeting.online_link if meets and meeting.mode == ONLINE and meeting.state != State.CANCELLED else ""


def narrowing(actor: Actor) -> tuple[UUID, list[UUID], list[UUID], bool]:
    """The first four parameters of a query with VISIBLE in it."""
    return actor.account_id, list(actor.organisations), list(actor.coordinates), actor.is_administrator


async def meeting_for(tx: Tx, *, actor: Actor, meeting_id: UUID, lock: bool = False) -> MeetingView:
    """One meeting; with `lock`, nobody else changes it until the transaction ends. Raises NoSuchMeeting,
    also for somebody else's."""
    row = await tx.fetchrow(
        f"{VIEW} WHERE meeting.id = $5 AND {VISIBLE} {'FOR UPDATE OF meeting' if lock else ''}",
        *narrowing(actor),
        meeting_id,
    )
    if row is None:
        raise NoSuchMeeting()
    return view_of(row)


async def meetings_locked(tx: Tx, *, meeting_ids: Sequence[UUID]) -> list[MeetingView]:
    """These, locked in the order of their ids, by start; for verbs that have asked who may."""
    await tx.execute("SELECT FROM meeting WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE", list(meeting_ids))
    rows = await tx.fetch(
        f"{VIEW} WHERE meeting.id = ANY($1::uuid[]) ORDER BY lower(meeting.period)", list(meeting_ids)
    )
    return [view_of(row) for row in rows]


async def meetings_of(
    tx: Tx,
    *,
    actor: Actor,
    when: str = "coming",
    now: datetime,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[MeetingView]:
    """The person's own, their organisations' and those that they give: `coming` (soonest first) or `past` (what
    is over or called off; latest first). `after` is start and id of the last one seen."""
    coming = "(upper(meeting.period) > $3 AND meeting.state = 'booked')"
    if when == "coming":
        where, order, beyond = coming, "lower(meeting.period), meeting.id", ">"
    else:
        where, order, beyond = f"NOT {coming}", "lower(meeting.period) DESC, meeting.id DESC", "<"
    rows = await tx.fetch(
        f"""{VIEW} WHERE {MINE} AND {where}
        AND ($4::timestamptz IS NULL OR (lower(meeting.period), meeting.id) {beyond} ($4, $5::uuid))
        ORDER BY {order} LIMIT $6""",
        actor.account_id,
        list(actor.organisations),
        now,
        *(after or (None, None)),
        limit,
    )
    return [view_of(row) for row in rows]


async def meetings_given(tx: Tx, *, actor: Actor, span: Period) -> list[MeetingView]:
    """What the person gives as a mentor in `span`, by start; called off ones are left out."""
    rows = await tx.fetch(
        f"""{VIEW} WHERE mentor.account_id = $1 AND meeting.state <> 'cancelled' AND lower(meeting.period) >= $2
        AND lower(meeting.period) < $3 ORDER BY lower(meeting.period), meeting.id""",
        actor.account_id,
        span.start,
        span.end,
    )
    return [view_of(row) for row in rows]


async def to_record(tx: Tx, *, actor: Actor, now: datetime, limit: int = 50) -> list[MeetingView]:
    """Meetings of the person's that have begun and whose record is not locked, oldest first."""
    rows = await tx.fetch(
        f"{VIEW} WHERE {MINE} AND {OPEN} AND lower(meeting.period) <= $3 ORDER BY lower(meeting.period) LIMIT $4",
        actor.account_id,
        list(actor.organisations),
        now,
        limit,
    )
    return [view_of(row) for row in rows]


async def meetings_at_desk(
    tx: Tx, *, actor: Actor, open_records: bool, now: datetime, limit: int = 200
) -> list[MeetingView]:
    """Of the gminas that one coordinates: what is coming, or what is over and not recorded. Others see none."""
    if open_records:
        which = f"{OPEN} AND upper(meeting.period) <= $3"
    else:
        which = "meeting.state = 'booked' AND upper(meeting.period) > $3"
    rows = await tx.fetch(
        f"{VIEW} WHERE {AT_DESK} AND {which} ORDER BY lower(meeting.period), meeting.id LIMIT $4",
        list(actor.coordinates),
        actor.is_administrator,
        now,
        limit,
    )
    return [view_of(row) for row in rows]


async def note_of(tx: Tx, *, actor: Actor, meeting_id: UUID) -> str:
    """What the person wrote about the meeting for themself; nobody else's is ever read."""
    found: str | None = await tx.fetchval(
        "SELECT text FROM meeting_note WHERE meeting_id = $1 AND account_id = $2", meeting_id, actor.account_id
    )
    return found or ""


async def history_for(tx: Tx, *, actor: Actor, meeting_id: UUID) -> list[dict[str, object]]:
    """Who did what to the meeting and when, oldest first. Raises NoSuchMeeting."""
    await meeting_for(tx, actor=actor, meeting_id=meeting_id)
    return await history_of(tx, subject_id=meeting_id)
