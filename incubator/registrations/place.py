"""Put a registration down, and say what stood in the way where it could not be."""

from dataclasses import dataclass, replace

import asyncpg

from incubator.bookings.place import RulesChanged, StandingChanged
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Refusal
from incubator.registrations.aid import grant_seats
from incubator.registrations.placing import PLACE, Placing, parameters_of
from incubator.registrations.rules import SessionNotHeld
from incubator.registrations.views import RegistrationView


@dataclass(eq=False)
class SessionFull(Conflict):
    """Too few seats are left, or those who wait come first. The waiting list is open."""

    code = "session_full"
    sentence = N_("There are not enough free seats. You can join the waiting list.")


class RegisteredAlready(Conflict):
    """This person or address is registered, was offered a seat or waits."""

    code = "registered_already"
    sentence = N_("You are registered for this session already, or on its waiting list.")


class StallTaken(Conflict):
    """Somebody else has just taken the stall."""

    code = "stall_just_taken"
    sentence = N_("Somebody else has just taken this stall. Please choose another one.")


class NoSeatCredit(Conflict):
    """The organisation has too few seats left of what its programme granted."""

    code = "no_seat_credit"
    sentence = N_("Too few seats are left of those that the programme grants you or your organisation.")


async def place(tx: Tx, placing: Placing) -> RegistrationView:
    """The registration as it was put down; where it could not be, nothing was written. Raises SessionFull,
    RegisteredAlready, StallTaken, NoSeatCredit, SessionNotHeld, RulesChanged, StandingChanged, and where it is aid
    DeclarationNeeded, HoursCeiling, NoAidLimit, NoEuroRate."""
    try:
        async with tx.transaction():  # a broken constraint ends the transaction around it otherwise
            (row,) = await tx.fetch(PLACE, *parameters_of([replace(placing, alone=True)]))
            if row["made"] and row["aided"]:
                made = placing.registration
                await grant_seats(tx, registration=made, by=made.account_id, now=placing.now)
    except asyncpg.IntegrityConstraintViolationError as error:
        raise _meant(error) from None
    if not row["made"]:
        raise _why(row, placing)
    return placed(placing, row)


def placed(placing: Placing, row: asyncpg.Record) -> RegistrationView:
    """The registration with what the statement says of it."""
    return replace(placing.registration, credit_id=row["credit_id"], email=row["address"])


def _why(row: asyncpg.Record, placing: Placing) -> Refusal:
    if not row["rules_stand"]:
        return RulesChanged()
    if not row["open"]:
        return SessionNotHeld()
    if row["again"]:
        return RegisteredAlready()
    if row["fits"] and placing.session.draws_seats:
        return NoSeatCredit()
    return SessionFull()


def _meant(error: asyncpg.IntegrityConstraintViolationError) -> Exception:
    """What a broken constraint says; the error itself where that is none of ours."""
    meanings: dict[str, type[Refusal]] = {
        "registration_once": RegisteredAlready,
        "ticket_stall_once": StallTaken,
        "session_not_overfull": SessionFull,
        "credit_not_exceeded": NoSeatCredit,
        # Taken away between the look and the writing.
        "registration_answer_question_id_fkey": RulesChanged,
        "ticket_stall_id_fkey": RulesChanged,
    }
    if isinstance(error, asyncpg.NotNullViolationError) and error.column_name == "email":
        return StandingChanged()
    meant = meanings.get(error.constraint_name or "")
    return meant() if meant else error
