"""Do what the link in a mail does for who cannot come."""

from datetime import datetime

from incubator.bookings.cannot_come import cannot_come as not_to_booking
from incubator.bookings.cannot_come import cannot_come_to_series
from incubator.db.engine import Tx
from incubator.mentoring.cannot_come import cannot_come as not_to_meeting
from incubator.registrations.cannot_come import cannot_come as not_to_session
from incubator.replies.read_mail import Answer
from incubator.replies.things import Kind, Reader, Thing


async def call_off(tx: Tx, *, thing: Thing, by: Reader, answer: Answer, now: datetime) -> None:
    """Raises what the verb of the thing does."""
    if thing.kind == Kind.SESSION:
        await not_to_session(tx, session_id=thing.id, email=by.email, now=now)
        return
    assert by.account_id is not None, "only sessions are registered for without an account"
    if thing.kind == Kind.MEETING:
        reason, key = answer.comment, by.account_id
        await not_to_meeting(tx, meeting_id=thing.id, account_id=key, reason=reason, now=now)
    elif thing.kind == Kind.SERIES:
        await cannot_come_to_series(
            tx,
            series_id=thing.id,
            account_id=by.account_id,
            at=answer.at,
            and_following=answer.and_following,
            sequence=answer.sequence,
            now=now,
        )
    else:
        await not_to_booking(tx, booking_id=thing.id, account_id=by.account_id, now=now)
