"""The door of a session, for a tablet: it works without a line, and without scripts.

With scripts, what is seen is kept on the device and handed in when there is a line (static/door.js); a worker of the
browser keeps this one page, so that it can be opened again without a line."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.exchanges.views import SessionView
from incubator.kernel.alphabet import alphabetical, unaccented
from incubator.kernel.errors import N_
from incubator.kernel.ids import uuid7
from incubator.people.forms import Asked, CheckField, Deed, typed_in
from incubator.people.guards import office_or_coordinator, public
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.registrations.door import OPENS, DoorEvent, hand_in
from incubator.registrations.door_batch import DoorBatch, DoorOutcomes, events_of, outcomes_of
from incubator.registrations.door_rules import Kind
from incubator.registrations.listing import everybody_at
from incubator.registrations.pages.labels import labels_in
from incubator.registrations.states import State
from incubator.web.pages import STATIC

Act = Callable[[Asked], Awaitable[object]]


async def _session(tx: Tx, visit: Visit) -> SessionView:
    """For who runs it. Raises NoSuchSession, NotYours."""
    return await session_to_run(tx, actor=visit.actor, session_id=visit.key("session_id"))


async def _shown(tx: Tx, visit: Visit, session: SessionView) -> Shown:
    everybody = await everybody_at(tx, session_id=session.id, states=(State.REGISTERED, State.OFFERED))
    typed_name = visit.request.query_params.get("q", "")[:200]
    tickets = sorted(
        ((ticket, one) for one in everybody for ticket in one.tickets if ticket.live),
        key=lambda pair: (alphabetical(pair[0].name), pair[0].id),
    )
    return Shown(
        "registrations/door.html",
        session=session,
        tickets=tickets,
        typed_name=typed_name,
        wanted=unaccented(typed_name).strip(),
        plain=unaccented,
        came=sum(ticket.checked_in_at is not None for ticket, _ in tickets),
        left=sum(ticket.checked_out_at is not None for ticket, _ in tickets),
        opens=session.start - OPENS,
        event=uuid7,
        now=visit.now,
    )


def _seen(kind: Kind, *, by_code: bool = False) -> Act:
    """One thing seen, by a plain form."""

    async def act(asked: Asked) -> object:
        event = DoorEvent(
            id=_key(asked, "event"),
            kind=kind,
            at=asked.now,
            ticket_id=None if by_code or kind == Kind.WALK_IN else _key(asked, "ticket_id"),
            code=asked.typed.one("code").lower() if by_code else "",
            name=asked.typed.one("walk_in_name"),
        )
        got = await asked.do(hand_in, session_id=asked.place.id, events=[event])
        if (refusal := got[event.id].refusal) is not None:
            raise refusal
        return got

    return act


def _key(asked: Asked, name: str) -> UUID:
    try:
        return UUID(asked.typed.one(name))
    except ValueError:
        raise CheckField(name) from None


@post("/desk/exchange/{session_id:uuid}/door/events", guards=[office_or_coordinator], status_code=200)
async def hand_in_events(visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> DoorOutcomes:
    """What the page has kept, as a form like any other: its field `events` is the JSON of a DoorBatch. Sent until it
    is answered."""
    typed = await typed_in(visit.request)
    try:
        data = msgspec.json.decode(typed.one("events"), type=DoorBatch)
    except msgspec.DecodeError:
        raise CheckField("events") from None
    got = await visit.do(hand_in, session_id=session_id, events=events_of(data))
    return outcomes_of(visit.request, data, got)


@get("/desk/exchange/door-worker.js", guards=[public])
async def show_worker() -> Response[bytes]:
    """The browser's worker; it has to live beside the pages that it serves."""
    script = (STATIC / "door-worker.js").read_bytes()
    return Response(script, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


handlers: list[ControllerRouterHandler] = [
    *Screen(
        name="door",
        path="/desk/exchange/{session_id:uuid}/door",
        guard=office_or_coordinator,
        about=_session,
        shows=_shown,
        deeds={
            "in": Deed(_seen(Kind.IN), N_("Checked in.")),
            "out": Deed(_seen(Kind.OUT), N_("Checked out.")),
            "undo": Deed(_seen(Kind.UNDO), N_("Taken back.")),
            "scan": Deed(_seen(Kind.IN, by_code=True), N_("Checked in.")),
            "walk_in": Deed(_seen(Kind.WALK_IN), N_("Noted and checked in.")),
        },
        labels=labels_in,
    ).handlers,
    hand_in_events,
    show_worker,
]
