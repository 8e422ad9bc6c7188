"""The desk: who comes to a session, who was there, certificates and what people thought."""

import re
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from msgspec import Meta

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_
from incubator.kernel.uids import uid_of_session
from incubator.mail.answers import answers_from
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.registrations.add_at_desk import add_at_desk
from incubator.registrations.certify import certificates_of, issue_session_certificates, revoke_session_certificate
from incubator.registrations.correct_attendance import Evidence, correct_attendance
from incubator.registrations.listing import Listed, Which, counts_at, registrations_of_session
from incubator.registrations.name_company import name_company
from incubator.registrations.own import take_off
from incubator.registrations.pages.labels import labels_in
from incubator.registrations.survey import survey_results
from incubator.registrations.write_to_all import Message, write_to_all
from incubator.web.bodies import Body, OptionalLine, Paragraphs, read_query


class Looking(Body, frozen=True):
    """What the lists show: those found by the words `q`; a part alone, `after` what was shown of it last."""

    q: OptionalLine = ""
    which: Which | None = None
    after: Annotated[str, Meta(max_length=1000)] = ""


class Adding(Body, frozen=True):
    """Who rang up."""

    name: OptionalLine = ""
    email: OptionalLine = ""


class Writing(Body, frozen=True):
    """What everybody reads."""

    subject: OptionalLine = ""
    text: Paragraphs = ""


class TakingOff(Body, frozen=True):
    """Why somebody is taken off the list."""

    reason: OptionalLine = ""


class Naming(Body, frozen=True):
    """For which company somebody comes."""

    nip: OptionalLine = ""


async def _session(tx: Tx, visit: Visit) -> SessionView:
    """For who runs it. Raises NoSuchSession, NotYours."""
    return await session_to_run(tx, actor=visit.actor, session_id=visit.key("session_id"))


async def _shown(tx: Tx, visit: Visit, session: SessionView) -> Shown:
    looking = read_query(visit.request, Looking)
    seated = await _listed(tx, visit, session, looking, Which.SEATED)
    certificates = await certificates_of(tx, session_id=session.id)
    return Shown(
        "registrations/desk.html",
        session=session,
        looking=looking,
        seated=seated,
        answers=await answers_from(tx, uid=uid_of_session(session.id), addresses={one.email for one in seated.items}),
        waiting=await _listed(tx, visit, session, looking, Which.WAITING),
        gone=await _listed(tx, visit, session, looking, Which.GONE),
        counts=await counts_at(tx, session_id=session.id),
        certificates=certificates,
        certified={one.ticket_id for one in certificates if one.revoked_at is None},
        survey=await survey_results(tx, actor=visit.actor, session_id=session.id),
        now=visit.now,
    )


async def _listed(tx: Tx, visit: Visit, session: SessionView, looking: Looking, which: Which) -> Listed:
    if looking.which not in {None, which}:
        return Listed([], None)
    after = looking.after if looking.which == which and looking.after else None
    return await registrations_of_session(
        tx, actor=visit.actor, session_id=session.id, which=which, words=looking.q, after=after
    )


async def _add(asked: Asked) -> object:
    who = asked.typed.shaped(Adding)
    return await asked.do(add_at_desk, session_id=asked.place.id, name=who.name, email=who.email)


async def _write(asked: Asked) -> object:
    said = asked.typed.shaped(Writing)
    message = Message(subject=said.subject, text=said.text, waiting=bool(asked.typed.one("also_waiting")))
    return await asked.do(write_to_all, session_id=asked.place.id, message=message, seen=asked.typed.seen)


async def _take_off(asked: Asked) -> object:
    key = _key(asked, "registration_id")
    reason = asked.typed.shaped(TakingOff).reason
    return await asked.do(take_off, session_id=asked.place.id, registration_id=key, reason=reason)


async def _name_company(asked: Asked) -> object:
    key, nip = _key(asked, "registration_id"), asked.typed.shaped(Naming).nip
    return await asked.do(name_company, session_id=asked.place.id, registration_id=key, nip=nip)


async def _attendance(asked: Asked) -> str:
    """Each field with a number is noted; an empty one stays as it is. Gives back where in the list one was."""
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
    there = {name: asked.typed.one(name) for name in Looking.__struct_fields__ if asked.typed.one(name)}
    return f"?{urlencode(there)}#attendance" if there else "#attendance"


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
        "add": Deed(_add, N_("They have a seat, and are written to.")),
        "write": Deed(_write, N_("The message is on its way.")),
        "take_off": Deed(
            _take_off, N_("They are off the list and were written to; the next in line was offered the seat.")
        ),
        "company": Deed(_name_company, N_("It is noted for whom they come.")),
        "attendance": Deed(_attendance, N_("The attendance is noted."), str),
        "certify": Deed(
            _certify, N_("The certificates are issued, and their owners were written to."), "#certificates"
        ),
        "revoke": Deed(_revoke, N_("The certificate is revoked."), "#certificates"),
    },
    labels=labels_in,
).handlers
