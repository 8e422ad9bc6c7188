"""What every change of a registration has in common: the state, the seats, the tickets, the history."""

from datetime import datetime
from uuid import UUID

from incubator.credits.draw import give_back
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.exchanges.seats import give_seats
from incubator.kernel.errors import N_, Conflict
from incubator.registrations.aid import grant_seats, take_seats_back
from incubator.registrations.queries import registration_by_id
from incubator.registrations.states import ALLOWED, SEATED, State
from incubator.registrations.views import RegistrationView

CHANGE = """
UPDATE registration SET state = $2, offered_until = $3, credit_id = $4, changed_at = $5, version = version + 1
WHERE id = $1
"""
# Who has no seat has no stall.
LIVE = "UPDATE ticket SET live = $2, stall_id = CASE WHEN $2 THEN stall_id END WHERE registration_id = $1"


class RegistrationOver(Conflict):
    """What is wanted cannot follow its state: an offer that lapsed, a registration that was cancelled."""

    code = "registration_over"
    sentence = N_("This registration has changed in the meantime, so this is no longer possible.")


async def settle(
    tx: Tx,
    *,
    registration: RegistrationView,
    to: State,
    verb: str,
    actor_id: UUID | None,
    offered_until: datetime | None = None,
    credit_id: UUID | None = None,
    now: datetime,
) -> RegistrationView:
    """The registration in its new state. Read by `locked_registration`; who comes to have seats took them before;
    whoever had them gives them back here, with what was drawn for them and the aid in them. Raises RegistrationOver, and
    where firm seats are aid DeclarationNeeded, HoursCeiling, NoAidLimit, NoEuroRate."""
    if to not in ALLOWED[registration.state]:
        raise RegistrationOver()
    has, had = to in SEATED, registration.seated
    if had and not has:
        await _give_up(tx, registration)
    kept = credit_id or registration.credit_id if has else None
    await tx.execute(CHANGE, registration.id, to, offered_until, kept, now)
    if has != had:
        await tx.execute(LIVE, registration.id, has)
    await note(tx, registration=registration, verb=verb, to=to, actor_id=actor_id, now=now)
    if to == State.REGISTERED:
        await grant_seats(tx, registration=registration, by=actor_id, now=now)
    elif registration.state == State.REGISTERED:
        await take_seats_back(tx, registration=registration, by=actor_id, now=now)
    return await registration_by_id(tx, registration_id=registration.id)


async def note(
    tx: Tx, *, registration: RegistrationView, verb: str, to: State, actor_id: UUID | None, now: datetime
) -> None:
    """Write the history, without what people wrote, and move what calendars are checked by."""
    await record(
        tx,
        now=now,
        actor_id=actor_id,
        verb=verb,
        subject_kind="registration",
        subject_id=registration.id,
        gmina_id=registration.session.gmina_id,
        before={"state": registration.state},
        after={"state": to, "seats": registration.seats, "session_id": str(registration.session_id)},
    )
    await bump(tx, [registration.account_id, registration.organisation_id], [registration.session_id])


async def _give_up(tx: Tx, registration: RegistrationView) -> None:
    if not registration.walk_in:
        await give_seats(tx, session_id=registration.session_id, seats=registration.seats)
    if registration.credit_id is not None:
        await give_back(tx, credit_id=registration.credit_id, amount=registration.seats)
