"""Who may do what in exchanges: see lines.py."""

from typing import Any

from incubator.db.engine import transaction
from tests.exchanges.cast import put_session, put_topic
from tests.roles.lines import ANY_DESK, AT_DESK, PUBLIC, SIGNED_IN, line
from tests.roles.world import Made, Send, World

ANY_RUNNER = "sffff...."
DRAFT = "sffffh.h."
WRITE = "exchanges:write"
WHEN = {"start": "2026-10-06T10:00:00Z", "end": "2026-10-06T12:00:00Z"}
WHERE = {"mode": "elsewhere", "place": "Rynek 1"}
DETAILS = {"kind": "lecture", "title_pl": "Podatki"}
RHYTHM = {"rhythm": {"weekdays": [1], "count": 2}}
TYPED_WHEN = {"day": "2026-10-06", "starts": "12:00", "ends": "14:00"}
TYPED_WHERE = {"mode": "elsewhere", "place": "Rynek 1"}
ANSWER = """
INSERT INTO session_answer (id, session_id, question, answer, answered_by, author_id)
SELECT uuidv7(), $1, 'A?', 'B', '', account.id FROM account LIMIT 1 RETURNING id
"""
FILE = """
INSERT INTO session_material (id, session_id, title_pl, title_en, content, media_type, file_name, public, added_by)
SELECT uuidv7(), $1, 'Plik', '', 'x', 'application/pdf', 'plik.pdf', true, account.id FROM account LIMIT 1 RETURNING id
"""
Body = dict[str, Any] | None


def session(path: str, body: Body = None, *, state: str = "published") -> Send:
    """About a session of the gmina, of its own."""

    async def send(world: World) -> Made:
        async with transaction(world.db) as tx:
            key = await put_session(tx, gmina=world.gmina_id, state=state)
            more = {}
            if "{answer}" in path:
                more["answer"] = await tx.fetchval(ANSWER, key)
            if "{file}" in path:
                more["file"] = await tx.fetchval(FILE, key)
        return path.format(key=key, **more), body

    return send


def topic(path: str, body: Body = None, *, state: str = "open", planned: bool = False) -> Send:
    """About a topic that the gmina is asked for, of its own."""

    async def send(world: World) -> Made:
        async with transaction(world.db) as tx:
            key = await put_topic(tx, gmina=world.gmina_id, state=state)
            more = {"session_id": str(await put_session(tx, gmina=world.gmina_id))} if planned else {}
        return path.format(key=key), {**(body or {}), **more} if body is not None or more else None

    return send


async def new_session(world: World) -> Made:
    return "/api/sessions", {"gmina": world.gmina, "details": DETAILS, "when": WHEN, "where": WHERE}


async def new_topic(world: World) -> Made:
    return "/api/topic-requests", {"gmina": world.gmina, "details": {"title": "Podatki"}}


async def session_form(world: World) -> Made:
    typed = {"form": "session", "version": "0", "gmina": str(world.gmina_id), **DETAILS}
    return "/desk/exchange/new", {**typed, **TYPED_WHEN, **TYPED_WHERE}


async def topic_form(world: World) -> Made:
    typed = {"form": "topic", "version": "0", "gmina": str(world.gmina_id), "title": "Podatki"}
    return "/exchange/topics/ask", typed


API, ONE = "/api/sessions/{session_id}", "/api/sessions/{key}"
line("GET /api/sessions", PUBLIC, session("/api/sessions"))
line(f"GET {API}", PUBLIC, session(ONE))
line("POST /api/sessions", AT_DESK, new_session, scope=WRITE)
for part, body in (
    ("details", DETAILS),
    ("whereabouts", {"when": WHEN, "where": WHERE}),
    ("capacity", {"capacity": 12}),
    ("speakers", {"speakers": [{"name": "Anna"}]}),
    ("questions", {"questions": []}),
    ("stalls", {"stalls": []}),
):
    line(f"PUT {API}/{part}", AT_DESK, session(f"{ONE}/{part}", body), scope=WRITE)
line(f"PUT {API}/state", DRAFT, session(f"{ONE}/state", {"state": "published"}, state="draft"), scope=WRITE)
line(f"PUT {API}/state", AT_DESK, session(f"{ONE}/state", {"state": "cancelled", "reason": "x"}), scope=WRITE)
line(f"POST {API}/copies", AT_DESK, session(f"{ONE}/copies", WHEN), scope=WRITE)
line(f"POST {API}/series", AT_DESK, session(f"{ONE}/series", RHYTHM), scope=WRITE)
line(f"POST {API}/series/preview", AT_DESK, session(f"{ONE}/series/preview", RHYTHM), scope=WRITE)
LINK = {"title_pl": "Slajdy", "url": "https://example.com"}
line(f"POST {API}/materials", AT_DESK, session(f"{ONE}/materials", LINK), scope=WRITE)
line(f"POST {API}/files", AT_DESK, session(f"{ONE}/files?title_pl=x"), scope=WRITE, also="422")
line(f"GET {API}/materials/{{material_id}}", PUBLIC, session(f"{ONE}/materials/{{file}}"))
line(f"DELETE {API}/materials/{{material_id}}", AT_DESK, session(f"{ONE}/materials/{{file}}"), scope=WRITE)
line(f"POST {API}/answers", AT_DESK, session(f"{ONE}/answers", {"question": "A?", "answer": "B"}), scope=WRITE)
line(f"DELETE {API}/answers/{{answer_id}}", AT_DESK, session(f"{ONE}/answers/{{answer}}"), scope=WRITE)

TOPICS, TOPIC = "/api/topic-requests/{topic_id}", "/api/topic-requests/{key}"
line("GET /api/topic-requests", PUBLIC, topic("/api/topic-requests"))
line(f"GET {TOPICS}", PUBLIC, topic(TOPIC))
line("POST /api/topic-requests", SIGNED_IN, new_topic, scope=WRITE, also="429")
line(f"PUT {TOPICS}/support", SIGNED_IN, topic(f"{TOPIC}/support"), scope=WRITE)
line(f"DELETE {TOPICS}/support", SIGNED_IN, topic(f"{TOPIC}/support"), scope=WRITE)
line(f"POST {TOPICS}/open", DRAFT, topic(f"{TOPIC}/open", state="new"), scope=WRITE)
line(f"POST {TOPICS}/plan", AT_DESK, topic(f"{TOPIC}/plan", {}, planned=True), scope=WRITE)
OFFICIAL = {"official_role": "Skarbnik", "answer_by": "2026-10-01"}
line(f"POST {TOPICS}/assign", AT_DESK, topic(f"{TOPIC}/assign", OFFICIAL), scope=WRITE)
line(f"POST {TOPICS}/answer", AT_DESK, topic(f"{TOPIC}/answer", {"text": "Tak"}), scope=WRITE)
line(f"POST {TOPICS}/follow-ups", AT_DESK, topic(f"{TOPIC}/follow-ups", {"text": "Już"}, state="answered"), scope=WRITE)
line(f"POST {TOPICS}/decline", AT_DESK, topic(f"{TOPIC}/decline", {"reason": "Nie"}), scope=WRITE)

# Pages
line("GET /exchange", PUBLIC, session("/exchange"))
line("GET /exchange/{session_id}", PUBLIC, session("/exchange/{key}"))
line("GET /exchange/{session_id}/session.ics", PUBLIC, session("/exchange/{key}/session.ics"))
line("GET /exchange/{session_id}/materials/{material_id}", PUBLIC, session("/exchange/{key}/materials/{file}"))
line("GET /exchange/topics", PUBLIC, topic("/exchange/topics"))
line("GET /exchange/topics/{topic_id}", PUBLIC, topic("/exchange/topics/{key}"))
line("GET /exchange/topics/ask", SIGNED_IN, "/exchange/topics/ask")
line("POST /exchange/topics/ask", SIGNED_IN, topic_form, also="429")
line("POST /exchange/topics/{topic_id}/support", SIGNED_IN, topic("/exchange/topics/{key}/support", {}))
line("POST /exchange/topics/{topic_id}/no-support", SIGNED_IN, topic("/exchange/topics/{key}/no-support", {}))
line("GET /desk/exchange", ANY_RUNNER, "/desk/exchange")
line("GET /desk/exchange/new", ANY_RUNNER, "/desk/exchange/new")
line("POST /desk/exchange/new", AT_DESK, session_form)
line("GET /desk/exchange/topics", ANY_RUNNER, "/desk/exchange/topics")
line("GET /desk/exchange/topics/{topic_id}", AT_DESK, topic("/desk/exchange/topics/{key}"))
DECLINE = {"form": "decline", "version": "1", "reason": "Nie"}
line("POST /desk/exchange/topics/{topic_id}", AT_DESK, topic("/desk/exchange/topics/{key}", DECLINE))
SEATS = {"form": "capacity", "version": "1", "capacity": "12"}
line("GET /desk/exchange/{session_id}", AT_DESK, session("/desk/exchange/{key}"))
line("POST /desk/exchange/{session_id}", AT_DESK, session("/desk/exchange/{key}", SEATS))
SPEAKERS = {"form": "speakers", "version": "1", "speaker_name_0": "Anna", "speaker_role_pl_0": "prawniczka"}
line("GET /desk/exchange/{session_id}/programme", AT_DESK, session("/desk/exchange/{key}/programme"))
line("POST /desk/exchange/{session_id}/programme", AT_DESK, session("/desk/exchange/{key}/programme", SPEAKERS))
COPY = {"form": "copy", "version": "1", **TYPED_WHEN}
line("GET /desk/exchange/{session_id}/dates", AT_DESK, session("/desk/exchange/{key}/dates"))
line("POST /desk/exchange/{session_id}/dates", AT_DESK, session("/desk/exchange/{key}/dates", COPY))
ADD_LINK = {"form": "link", "version": "1", **LINK}
line("GET /desk/exchange/{session_id}/after", AT_DESK, session("/desk/exchange/{key}/after"))
line("POST /desk/exchange/{session_id}/after", AT_DESK, session("/desk/exchange/{key}/after", ADD_LINK))
FILE_FORM = {"form": "file", "version": "1", "title_pl": "Plik"}
line("POST /desk/exchange/{session_id}/files", AT_DESK, session("/desk/exchange/{key}/files", FILE_FORM), also="422")
for figures in ("", ".csv"):
    line(f"GET /desk/exchange/figures{figures}", ANY_DESK, f"/desk/exchange/figures{figures}")
    line(f"GET /office/exchange{figures}", "sffff.ff.", f"/office/exchange{figures}")
line("GET /api/exchange-figures", ANY_RUNNER, "/api/exchange-figures", scope="exchanges:read")
