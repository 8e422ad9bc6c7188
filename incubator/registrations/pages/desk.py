"""The desk: who comes to a session, who was there, certificates and what people thought."""

import re
from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.registrations.certify import certificates_of, issue_session_certificates, revoke_session_certificate
from incubator.registrations.correct_attendance import Evidence, correct_attendance
from incubator.registrations.own import take_off
from incubator.registrations.pages.labels import labels_in
from incubator.registrations.queries import registrations_of_session
from incubator.registrations.states import State
from incubator.registrations.survey import survey_results
from incubator.registrations.views import RegistrationView


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many seats are had, offered, waited for; how many have come."""

    registered: int
    offered: int
    waiting: int
    walk_ins: int
    came: int


async def _session(tx: Tx, visit: Visit) -> SessionView:
    """For who runs it. Raises NoSuchSession, NotYours."""
    return await session_to_run(tx, actor=visit.actor, session_id=visit.key("session_id"))


async def _shown(tx: Tx, visit: Visit, session: SessionView) -> Shown:
    everybody = await registrations_of_session(tx, actor=visit.actor, session_id=session.id)
    certificates = await certificates_of(tx, session_id=session.id)
    return Shown(
        "registrations/desk.html",
        session=session,
        seated=[one for one in everybody if one.state in {State.REGISTERED, State.OFFERED}],
        waiting=[one for one in everybody if one.state == State.WAITING],
        gone=[one for one in everybody if one.state in {State.CANCELLED, State.LAPSED, State.TURNED_AWAY}],
        counts=counts_of(everybody),
        certificates=certificates,
        certified={one.ticket_id for one in certificates if one.revoked_at is None},
        survey=await survey_results(tx, actor=visit.actor, session_id=session.id),
        now=visit.now,
    )


def counts_of(everybody: list[RegistrationView]) -> Counts:
    def seats(state: State) -> int:
        return sum(one.seats for one in everybody if one.state == state)

    return Counts(
        registered=seats(State.REGISTERED),
        offered=seats(State.OFFERED),
        waiting=seats(State.WAITING),
        walk_ins=sum(one.walk_in and one.state == State.REGISTERED for one in everybody),
        came=sum(
            ticket.live and (ticket.checked_in_at is not None or bool(ticket.minutes))
            for one in everybody
            for ticket in one.tickets
        ),
    )


async def _take_off(asked: Asked) -> object:
    key = _key(asked, "registration_id")
    return await asked.do(take_off, session_id=asked.place.id, registration_id=key)


async def _attendance(asked: Asked) -> object:
    """Each field with a number is noted; an empty one stays as it is."""
    if asked.typed.one("evidence") not in {"list", "online_log"}:
        raise CheckField("evidence")
    for name in sorted(asked.typed.fields):
        found, value = (
            re.fullmatch(r"minutes_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", name),
            asked.typed.one(name),
        )
        if not found or not value or value == asked.typed.one(f"was_{found[1]}"):
            continue
        if not re.fullmatch(r"[0-9]{1,5}", value):
            raise CheckField("minutes")
        await asked.do(
            correct_attendance,
            session_id=asked.place.id,
            ticket_id=UUID(found[1]),
            minutes=int(value),
            evidence=Evidence(asked.typed.one("evidence")),
        )
    return None


async def _certify(asked: Asked) -> object:
    return await asked.do(issue_session_certificates, session_id=asked.place.id)


async def _revoke(asked: Asked) -> object:
    return await asked.do(
        revoke_session_certificate,
        session_id=asked.place.id,
        certificate_id=_key(asked, "certificate_id"),
        reason=asked.typed.one("reason")[:500],
    )


def _key(asked: Asked, name: str) -> UUID:
    try:
        return UUID(asked.typed.one(name))
    except ValueError:
        raise CheckField(name) from None


handlers = Screen(
    name="session_people",
    path="/desk/exchange/{session_id:uuid}/people",
    guard=office_or_coordinator,
    about=_session,
    shows=_shown,
    deeds={
        "take_off": Deed(
            _take_off, N_("They are off the list and were written to; the next in line was offered the seat.")
        ),
        "attendance": Deed(_attendance, N_("The attendance is noted."), "#attendance"),
        "certify": Deed(
            _certify, N_("The certificates are issued, and their owners were written to."), "#certificates"
        ),
        "revoke": Deed(_revoke, N_("The certificate is revoked."), "#certificates"),
    },
    labels=labels_in,
).handlers
