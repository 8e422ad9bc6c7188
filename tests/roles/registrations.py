"""Who may do what in registrations: see lines.py."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from incubator.db.engine import transaction
from incubator.kernel.codes import new_check_code
from incubator.kernel.ids import uuid7
from incubator.registrations.order import new_code
from incubator.web.links import seal
from tests.exchanges.cast import STARTS, put_session
from tests.moments import NOW
from tests.roles.lines import AT_DESK, PUBLIC, SIGNED_IN, line
from tests.roles.world import Made, Send, World

OWN_ALONE = "sh.hhhhhh"
READ, WRITE = "exchanges:read", "exchanges:write"
REGISTRATION = """
INSERT INTO registration (id, session_id, account_id, name, email, locale, state, seats, walk_in, priority,
    offered_until, told, terms_accepted_at, created_at, changed_at, version)
VALUES ($1, $2, $3, 'Member', $4, 'pl', $5, 1, false, false, CASE WHEN $5 = 'offered' THEN $6::timestamptz END, 0,
    now(), now(), now(), 1)
"""
TICKET = """
INSERT INTO ticket (id, registration_id, session_id, name, email, live, code, minutes, checked_in_at, evidence)
VALUES ($1, $2, $3, 'Member', '', $4 <> 'waiting', $5, 120, $6, 'list')
"""
CERTIFICATE = """
INSERT INTO session_certificate (id, session_id, ticket_id, number, code, told, issued_by, revoked_reason)
VALUES ($1, $2, $3, 1, $4, '{"holder": "Member", "title_pl": "S", "title_en": "S", "issuer": "", "minutes": 60,
    "start": "2026-09-01T10:00:00Z", "end": "2026-09-01T11:00:00Z", "length": 60}', $5, '')
"""
MATERIAL = """
INSERT INTO session_material (id, session_id, title_pl, title_en, content, media_type, file_name, public, added_by)
VALUES ($1, $2, 'Plik', '', '%PDF-', 'application/pdf', 'plik.pdf', false, $3)
"""


class There:
    """A session, and the holder's registration with its ticket, as they are named in addresses."""

    def __init__(self, session: UUID, key: UUID, ticket: UUID, code: str) -> None:
        self.session, self.key, self.ticket, self.code = session, key, ticket, code
        self.seal, self.survey = seal("registration", key), seal("survey", ticket)
        self.certificate, self.paper, self.file = uuid7(), new_check_code(), uuid7()


async def there(world: World, *, state: str = "registered", start: datetime = STARTS, capacity: int = 9) -> There:
    had = 1 if state != "waiting" else 0
    key, ticket, code = uuid7(), uuid7(), new_code()
    email = await world.sql("SELECT email FROM account WHERE id = $1", world.holder.id)
    async with transaction(world.db) as tx:
        session = await put_session(
            tx, gmina=world.gmina_id, start=start, capacity=capacity, taken=had, presence_percent=50
        )
        until = NOW + timedelta(hours=1)
        await tx.execute(REGISTRATION, key, session, world.holder.id, email, state, until)
        await tx.execute(TICKET, ticket, key, session, state, code, start)
        made = There(session, key, ticket, code)
        await tx.execute(MATERIAL, made.file, session, world.holder.id)
        if start < NOW:
            await tx.execute(
                "INSERT INTO survey_asked (ticket_id, asked_at, answered) VALUES ($1, $2, false)", ticket, NOW
            )
    return made


def about(path: str, body: "dict[str, Any] | Callable[[There], dict[str, Any]] | None" = None, **how: Any) -> Send:
    """About the holder's registration."""

    async def send(world: World) -> Made:
        found = await there(world, **how)
        return path.format(t=found), body(found) if callable(body) else body

    return send


def certified(path: str, body: "Callable[[There], dict[str, Any]] | None" = None) -> Send:
    async def send(world: World) -> Made:
        found = await there(world, start=PAST)
        await world.sql(
            CERTIFICATE, found.certificate, found.session, found.ticket, found.paper, world.cast.administrator.id
        )
        return path.format(t=found), body(found) if body else None

    return send


def open_to(path: str, body: dict[str, Any] | None = None, *, full: bool = False) -> Send:
    """About a session that anybody may register for."""

    async def send(world: World) -> Made:
        async with transaction(world.db) as tx:
            key = await put_session(tx, gmina=world.gmina_id, capacity=2, taken=2 if full else 0)
        return path.format(key=key), body

    return send


PAST = NOW - timedelta(days=2)
TODAY = NOW - timedelta(minutes=30)
WISH = {"terms_accepted": True}
FORM = {"form": "register", "terms": "yes", "name": "Jan", "email": "jan@example.com"}
Sender = Callable[[World], Awaitable[Made]]

SESSION, REG = "/api/sessions/{session_id}", "/api/registrations/{registration_id}"
line(f"POST {SESSION}/registrations", SIGNED_IN, open_to("/api/sessions/{key}/registrations", WISH), scope=WRITE)
line(f"POST {SESSION}/waiting", SIGNED_IN, open_to("/api/sessions/{key}/waiting", WISH, full=True), scope=WRITE)
line("GET /api/registrations", SIGNED_IN, "/api/registrations", scope=READ)
line(f"GET {REG}", OWN_ALONE, about("/api/registrations/{t.key}"), scope=READ)
line(f"POST {REG}/confirm", OWN_ALONE, about("/api/registrations/{t.key}/confirm", {}, state="offered"), scope=WRITE)
line(f"PUT {REG}/stalls", OWN_ALONE, about("/api/registrations/{t.key}/stalls", {"stalls": [None]}), scope=WRITE)
line(f"PUT {REG}/answers", OWN_ALONE, about("/api/registrations/{t.key}/answers", {"answers": {}}), scope=WRITE)
line(f"POST {REG}/cancel", OWN_ALONE, about("/api/registrations/{t.key}/cancel", {}), scope=WRITE)
line(f"GET {SESSION}/registrations", AT_DESK, about("/api/sessions/{t.session}/registrations"), scope=READ)
line(
    f"POST {SESSION}/registrations/{{registration_id}}/cancel",
    AT_DESK,
    about("/api/sessions/{t.session}/registrations/{t.key}/cancel", {}),
    scope=WRITE,
)
line(
    f"PUT {SESSION}/registrations/{{registration_id}}/company",
    AT_DESK,
    about("/api/sessions/{t.session}/registrations/{t.key}/company", {}),
    scope=WRITE,
)
PERSON, MESSAGE = {"name": "Jan", "email": "jan@example.com"}, {"subject": "Parking", "text": "Od podwórza."}
line(f"POST {SESSION}/people", AT_DESK, about("/api/sessions/{t.session}/people", PERSON), scope=WRITE)
line(f"POST {SESSION}/messages", AT_DESK, about("/api/sessions/{t.session}/messages", MESSAGE), scope=WRITE)
line(f"POST {SESSION}/door", AT_DESK, about("/api/sessions/{t.session}/door", {"events": []}, start=TODAY), scope=WRITE)
line(
    f"PUT {SESSION}/tickets/{{ticket_id}}/attendance",
    AT_DESK,
    about("/api/sessions/{t.session}/tickets/{t.ticket}/attendance", {"minutes": 5}, start=TODAY),
    scope=WRITE,
)
line(
    f"POST {SESSION}/certificates",
    AT_DESK,
    about("/api/sessions/{t.session}/certificates", {}, start=PAST),
    scope=WRITE,
)
line(f"GET {SESSION}/survey", AT_DESK, about("/api/sessions/{t.session}/survey"), scope=READ)

PAGE = "/exchange/{session_id}/register"
line(f"GET {PAGE}", PUBLIC, open_to("/exchange/{key}/register"))
line(f"POST {PAGE}", PUBLIC, open_to("/exchange/{key}/register", FORM))
line(f"GET {PAGE}/sent", PUBLIC, open_to("/exchange/{key}/register/sent"))
line("GET /registrations", SIGNED_IN, "/registrations")
MINE = "/registrations/{registration_id}"
line(f"GET {MINE}", OWN_ALONE, about("/registrations/{t.key}"))
line(f"POST {MINE}", OWN_ALONE, about("/registrations/{t.key}", {"form": "cancel"}))
line(f"GET {MINE}/by/{{seal}}", PUBLIC, about("/registrations/{t.key}/by/{t.seal}"))
line(f"POST {MINE}/by/{{seal}}", PUBLIC, about("/registrations/{t.key}/by/{t.seal}", {"form": "cancel"}))
line(f"GET {MINE}/files/{{material_id}}", OWN_ALONE, about("/registrations/{t.key}/files/{t.file}"))
line(
    f"GET {MINE}/by/{{seal}}/files/{{material_id}}", PUBLIC, about("/registrations/{t.key}/by/{t.seal}/files/{t.file}")
)
line(f"GET {MINE}/session.ics", OWN_ALONE, about("/registrations/{t.key}/session.ics"))
line(f"GET {MINE}/by/{{seal}}/session.ics", PUBLIC, about("/registrations/{t.key}/by/{t.seal}/session.ics"))
line("GET /tickets/{code}", PUBLIC, about("/tickets/{t.code}"))
line("GET /tickets/{code}/paper", PUBLIC, about("/tickets/{t.code}/paper"))
line("GET /exchange/certificates/{code}", PUBLIC, certified("/exchange/certificates/{t.paper}"))
line("GET /exchange/certificates/{code}/paper", PUBLIC, certified("/exchange/certificates/{t.paper}/paper"))
SURVEY = "/exchange/survey/{ticket_id}/{seal}"
line(f"GET {SURVEY}", PUBLIC, about("/exchange/survey/{t.ticket}/{t.survey}", start=PAST))
line(
    f"POST {SURVEY}",
    PUBLIC,
    about("/exchange/survey/{t.ticket}/{t.survey}", {"form": "answers", "rating": "5", "usefulness": "4"}, start=PAST),
)
line("GET /exchange/survey/thanks", PUBLIC, "/exchange/survey/thanks")
DESK = "/desk/exchange/{session_id}"
line(f"GET {DESK}/people", AT_DESK, about("/desk/exchange/{t.session}/people"))
line(
    f"POST {DESK}/people",
    AT_DESK,
    certified(
        "/desk/exchange/{t.session}/people",
        lambda t: {"form": "revoke", "certificate_id": str(t.certificate), "reason": "Pomyłka"},
    ),
)
line(f"GET {DESK}/list.pdf", AT_DESK, about("/desk/exchange/{t.session}/list.pdf"))
line(f"GET {DESK}/people.csv", AT_DESK, about("/desk/exchange/{t.session}/people.csv"))
line(f"GET {DESK}/door", AT_DESK, about("/desk/exchange/{t.session}/door", start=TODAY))
line(
    f"POST {DESK}/door",
    AT_DESK,
    about(
        "/desk/exchange/{t.session}/door",
        lambda t: {"form": "in", "event": str(uuid7()), "ticket_id": str(t.ticket)},
        start=TODAY,
    ),
)
EVENTS = {"events": '{"events": []}'}
line(f"POST {DESK}/door/events", AT_DESK, about("/desk/exchange/{t.session}/door/events", EVENTS, start=TODAY))
line("GET /desk/exchange/door-worker.js", PUBLIC, "/desk/exchange/door-worker.js")
