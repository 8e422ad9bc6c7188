"""Say for which company somebody comes who was added at the desk or registered by mail: what it is given is its aid, as it
is when the person registers for it themself (aid.py)."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor
from incubator.people.rules import nip as clean_nip
from incubator.registrations.aid import grant_seats, take_seats_back
from incubator.registrations.cancel import SessionBegun
from incubator.registrations.queries import NoSuchRegistration, locked_registration, registration_by_id
from incubator.registrations.settle import RegistrationOver, note
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView

BY_NIP = "SELECT id FROM organisation WHERE nip = $1 AND closed_at IS NULL FOR KEY SHARE"
NAME = "UPDATE registration SET organisation_id = $2, changed_at = $3, version = version + 1 WHERE id = $1"
OPEN = frozenset({State.WAITING, State.OFFERED, State.REGISTERED})


class NoSuchCompanyHere(Invalid):
    """No organisation of the house has this NIP."""

    code = "no_such_company_here"
    sentence = N_("No company with this NIP has an account here. It has to register and declare its aid first.")


class SaysThemself(Conflict):
    """Who registered with an account said themself for whom they come."""

    code = "registered_themself"
    sentence = N_("They registered with an account and said themselves for whom they come.")


async def name_company(
    tx: Tx, *, actor: Actor, session_id: UUID, registration_id: UUID, nip: str, now: datetime
) -> RegistrationView:
    """The company by its NIP; without one they come for themself. For who runs the session, until it begins. Firm seats
    that are aid are granted to it, and what another was granted for them is taken back.

    Raises NoSuchSession, NotYours, NoSuchRegistration, RegistrationOver, SessionBegun, SaysThemself, BadNip,
    NoSuchCompanyHere, DeclarationNeeded, HoursCeiling, NoAidLimit, NoEuroRate."""
    await session_to_run(tx, actor=actor, session_id=session_id)
    found = await locked_registration(tx, registration_id=registration_id)
    _must_be_nameable(found, session_id, now)
    company = await _company(tx, nip)
    if company == found.organisation_id:
        return found
    if found.account_id is not None:
        raise SaysThemself()
    firm, by = found.state == State.REGISTERED, actor.account_id
    if firm:
        await take_seats_back(tx, registration=found, by=by, now=now)
    await tx.execute(NAME, found.id, company, now)
    named = await registration_by_id(tx, registration_id=found.id)
    if firm:
        await grant_seats(tx, registration=named, by=by, now=now)
    await note(tx, registration=named, verb="name_company", to=named.state, actor_id=by, now=now)
    return named


def _must_be_nameable(found: RegistrationView, session_id: UUID, now: datetime) -> None:
    if found.session_id != session_id:
        raise NoSuchRegistration()
    if found.state not in OPEN:
        raise RegistrationOver()
    if now >= found.session.period.start:
        raise SessionBegun()


async def _company(tx: Tx, nip: str) -> UUID | None:
    """Raises BadNip, NoSuchCompanyHere."""
    number = clean_nip(nip)
    if number is None:
        return None
    key: UUID | None = await tx.fetchval(BY_NIP, number)
    if key is None:
        raise NoSuchCompanyHere()
    return key
