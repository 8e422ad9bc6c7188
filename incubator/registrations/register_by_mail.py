"""Register with a mail address alone: seats are offered for two hours at most, and a mailed link takes them.

Whether the address is registered already changes nothing in the answer: whoever owns it reads so in the mail."""

from datetime import datetime, timedelta

from incubator.db.engine import Database, Tx, attempt
from incubator.people.attempts import Limit, count_attempts
from incubator.people.rules import email_address
from incubator.registrations.join_line import join_line
from incubator.registrations.order import RegistrationOrder, judged
from incubator.registrations.place import RegisteredAlready
from incubator.registrations.placing import Placing
from incubator.registrations.queries import VIEW, registration_of
from incubator.registrations.register import place_after_lapsed
from incubator.registrations.tell import News, tell
from incubator.registrations.to_register import session_to_register
from incubator.registrations.views import RegistrationView

TO_ADDRESS = Limit("register:address", 10, timedelta(hours=1))
FROM_CLIENT = Limit("register:client", 40, timedelta(hours=1))
THEIRS = f"""{VIEW} WHERE session_id = $1 AND lower(registration.email) = $2
    AND registration.state IN ('waiting', 'offered', 'registered')"""


async def register_by_mail(
    db: Database, *, order: RegistrationOrder, waiting: bool = False, client: str, now: datetime
) -> None:
    """Offer the seats and post the link that takes them; or, `waiting`, a place in the line. Three transactions at
    most: a try counts even where it comes to nothing.

    Raises TooOften, SessionFull, SeatsFree, StallTaken, NoSuchSession, BadEmail and what the rules raise."""
    address = email_address(order.email)
    await attempt(db, lambda tx: count_attempts(tx, (TO_ADDRESS, address), (FROM_CLIENT, client), now=now))

    async def whole(tx: Tx) -> None:
        await (join_line(tx, actor=None, order=order, now=now) if waiting else offer_seats(tx, order=order, now=now))

    try:
        await attempt(db, whole)
    except RegisteredAlready:
        await attempt(db, lambda tx: remind_address(tx, order=order, address=address, now=now))


async def offer_seats(tx: Tx, *, order: RegistrationOrder, now: datetime) -> RegistrationView:
    """The seats, offered until a mailed link takes them. Raises RegisteredAlready and the rest of the above."""
    session = await session_to_register(tx, session_id=order.session_id)
    made = judged(actor=None, session=session, order=order, priority=False, now=now)
    placing = Placing(registration=made, session=session, answers=order.answers, holder=None, now=now)
    view = await place_after_lapsed(tx, placing, session_id=session.id, now=now)
    await tell(tx, registration=view, what=News.PLEASE_CONFIRM, now=now)
    return view


async def remind_address(tx: Tx, *, order: RegistrationOrder, address: str, now: datetime) -> None:
    """Tell the address what it has already, with the link that serves it."""
    row = await tx.fetchrow(THEIRS, order.session_id, address)
    if row is not None:
        found = registration_of(row)
        offered = found.state == "offered"
        what = News.PLEASE_CONFIRM if offered and found.told < 0 else News.REGISTERED_ALREADY
        await tell(tx, registration=found, what=what, now=now)
