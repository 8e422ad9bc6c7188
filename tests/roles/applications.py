"""Who may do what with applications: see lines.py."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from incubator.db.engine import transaction
from tests.applications.cast import TERMS
from tests.moments import NOW
from tests.programmes.cast import put_application, put_call, put_edition
from tests.roles.lines import AT_DESK, PUBLIC, SIGNED_IN, line
from tests.roles.world import Made, Send, World

READ, WRITE = "programmes:read", "programmes:write"
# ------ nobody, stranger, member, owner, resident, office, coordinator, other_coordinator, administrator
APPLICANT = "sh..hhhhh"
READERS = "sh..hh.h."

QUESTION = """
INSERT INTO question (edition_id, position, kind, label_pl, label_en, help_pl, help_en, required, reveals_identity, media)
VALUES ($1, $2, $3, 'Pytanie', '', '', '', false, false, $4) RETURNING id
"""
FILE = """
INSERT INTO application_file (application_id, question_id, name, media_type, size, sha256, content, uploaded_by)
VALUES ($1, $2, 'plan.pdf', 'application/pdf', 5, '\\x00', '%PDF-', $3) RETURNING id
"""
SLUGS = "SELECT programme.slug || '/' || edition.slug FROM edition JOIN programme ON programme.id = programme_id WHERE edition.id = $1"
ANSWERED = "UPDATE application SET answers = jsonb_build_object($2::uuid::text, $3::uuid::text) WHERE id = $1"
HANDED_IN = """
INSERT INTO submission (application_id, round, by, facts, answers)
SELECT id, 0, $2, jsonb_build_object('title', title, 'kind', 'startup'), answers FROM application WHERE id = $1
"""
SUPPLEMENTING = "UPDATE application SET state = 'supplementing', supplement_until = $2 WHERE id = $1"


async def call(world: World, *, coming: bool = False, published: bool = True) -> dict[str, Any]:
    """An edition of this world's gmina with an open call, or one to come, and two questions."""
    async with transaction(world.db) as tx:
        edition = await put_edition(tx, gmina=world.gmina_id)
        opens = NOW + timedelta(days=1 if coming else -1)
        await put_call(tx, edition=edition, opens=opens, closes=NOW + timedelta(days=9))
        await tx.execute(TERMS, edition, 1, NOW.date(), world.cast.coordinator.id)
        text = await tx.fetchval(QUESTION, edition, 1, "text", [])
        file = await tx.fetchval(QUESTION, edition, 2, "file", ["pdf"])
        if not published:
            await tx.execute("UPDATE call SET published_at = NULL WHERE edition_id = $1", edition)
        slugs = await tx.fetchval(SLUGS, edition)
    return {"edition": edition, "question": text, "file_question": file, "slugs": slugs}


async def bare(world: World) -> dict[str, Any]:
    """An edition that has no call."""
    async with transaction(world.db) as tx:
        return {"edition": await put_edition(tx, gmina=world.gmina_id)}


async def application(world: World, *, state: str = "draft") -> dict[str, Any]:
    """Of the holder's organisation, with a file."""
    made = await call(world)
    async with transaction(world.db) as tx:
        key = await put_application(
            tx,
            edition=made["edition"],
            account=world.holder.id,
            organisation=world.organisation,
            at=NOW,
            state=state,
        )
        kept: UUID = await tx.fetchval(FILE, key, made["file_question"], world.holder.id)
        await tx.execute(ANSWERED, key, made["file_question"], kept)
        if state != "draft":
            await tx.execute(HANDED_IN, key, world.holder.id)
        if state == "supplementing":
            await tx.execute(SUPPLEMENTING, key, NOW + timedelta(days=7))
    return {**made, "key": key, "file": kept}


def with_(
    build: Callable[..., Awaitable[dict[str, Any]]],
    path: str,
    body: "dict[str, Any] | Callable[[dict[str, Any], World], dict[str, Any]] | None" = None,
    **how: Any,
) -> Send:
    """About what `build` has put in place."""

    async def send(world: World) -> Made:
        made = await build(world, **how)
        return path.format(**made), body(made, world) if callable(body) else body

    return send


def starting(made: dict[str, Any], world: World) -> dict[str, Any]:
    return {"edition_id": str(made["edition"])}


def longer(made: dict[str, Any], world: World) -> dict[str, Any]:
    return {
        "account_id": str(world.cast.resident.id),
        "until": (NOW + timedelta(days=20)).isoformat(),
        "reason": "Awaria prądu",
    }


TIMES = {"opens_at": (NOW + timedelta(days=1)).isoformat(), "closes_at": (NOW + timedelta(days=9)).isoformat()}
TEXT = {"kind": "text", "label_pl": "Pytanie"}
CALL = "/api/editions/{edition}/call"
ROUTE = "/api/editions/{edition_id}/call"
ONE, ONE_ROUTE = "/api/applications/{key}", "/api/applications/{application_id}"

line(f"GET {ROUTE}", PUBLIC, with_(call, CALL))
line(f"POST {ROUTE}", AT_DESK, with_(bare, CALL, TIMES), scope=WRITE)
line(f"PUT {ROUTE}", AT_DESK, with_(call, CALL, TIMES, coming=True), scope=WRITE)
line(f"POST {ROUTE}/publish", AT_DESK, with_(call, f"{CALL}/publish", published=False), scope=WRITE)
line(f"POST {ROUTE}/questions", AT_DESK, with_(call, f"{CALL}/questions", TEXT, coming=True), scope=WRITE)
line(
    f"PUT {ROUTE}/questions/{{question_id}}",
    AT_DESK,
    with_(call, f"{CALL}/questions/{{question}}", TEXT, coming=True),
    scope=WRITE,
)
line(
    f"POST {ROUTE}/questions/{{question_id}}/move",
    AT_DESK,
    with_(call, f"{CALL}/questions/{{question}}/move", {"way": "down"}, coming=True),
    scope=WRITE,
)
line(
    f"DELETE {ROUTE}/questions/{{question_id}}",
    AT_DESK,
    with_(call, f"{CALL}/questions/{{question}}", coming=True),
    scope=WRITE,
)
line(f"GET {ROUTE}/extensions", AT_DESK, with_(call, f"{CALL}/extensions"), scope=READ)
line(f"POST {ROUTE}/extensions", AT_DESK, with_(call, f"{CALL}/extensions", longer), scope=WRITE)
line("GET /api/applications", SIGNED_IN, "/api/applications", scope=READ)
line("POST /api/applications", SIGNED_IN, with_(call, "/api/applications", starting), scope=WRITE)
line(
    "GET /api/editions/{edition_id}/applications",
    AT_DESK,
    with_(application, "/api/editions/{edition}/applications", state="submitted"),
    scope=READ,
)
line(f"GET {ONE_ROUTE}", READERS, with_(application, ONE, state="submitted"), scope=READ)
line(f"PUT {ONE_ROUTE}", APPLICANT, with_(application, ONE, {"title": "x"}), scope=WRITE)
line(f"POST {ONE_ROUTE}/submit", APPLICANT, with_(application, f"{ONE}/submit", {"terms_version": 1}), scope=WRITE)
line(
    f"POST {ONE_ROUTE}/supplement",
    APPLICANT,
    with_(application, f"{ONE}/supplement", state="supplementing"),
    scope=WRITE,
)
line(f"POST {ONE_ROUTE}/withdraw", APPLICANT, with_(application, f"{ONE}/withdraw", state="submitted"), scope=WRITE)
line(
    f"PUT {ONE_ROUTE}/answers/{{question_id}}/file",
    APPLICANT,
    with_(application, f"{ONE}/answers/{{file_question}}/file"),
    also="file_is_empty",
    scope=WRITE,
)
line(f"GET {ONE_ROUTE}/submissions", READERS, with_(application, f"{ONE}/submissions", state="submitted"), scope=READ)
line(f"GET {ONE_ROUTE}/files", READERS, with_(application, f"{ONE}/files", state="submitted"), scope=READ)
line(
    f"GET {ONE_ROUTE}/files/{{file_id}}",
    READERS,
    with_(application, f"{ONE}/files/{{file}}", state="submitted"),
    scope=READ,
)
line(f"DELETE {ONE_ROUTE}/files/{{file_id}}", APPLICANT, with_(application, f"{ONE}/files/{{file}}"), scope=WRITE)

# Pages
CALL_DESK = "/desk/editions/{edition}/call"
CALL_ROUTE = "/desk/editions/{edition_id}/call"
ADDING = {"form": "question", "version": "1", "kind": "text", "label_pl": "Pytanie"}
PUBLISHING = {"form": "publish", "version": "1"}
SAVING = {"form": "application", "act": "save", "title": "x"}


def version_of(state: str = "draft") -> Send:
    """The form of an application as its page sends it."""

    async def send(world: World) -> Made:
        made = await application(world, state=state)
        return f"/applications/{made['key']}", {**SAVING, "version": "1"}

    return send


line("GET /programmes/{slug}/{edition_slug}/apply", SIGNED_IN, with_(call, "/programmes/{slugs}/apply"))
line("POST /programmes/{slug}/{edition_slug}/apply", SIGNED_IN, with_(call, "/programmes/{slugs}/apply", {}))
line("GET /applications", SIGNED_IN, "/applications")
line("GET /applications/{application_id}", READERS, with_(application, "/applications/{key}", state="submitted"))
line("POST /applications/{application_id}", APPLICANT, version_of())
line(
    "POST /applications/{application_id}/withdraw",
    APPLICANT,
    with_(application, "/applications/{key}/withdraw", {"sure": "yes"}, state="submitted"),
)
line(
    "GET /applications/{application_id}/files/{file_id}",
    READERS,
    with_(application, "/applications/{key}/files/{file}", state="submitted"),
)
line(f"GET {CALL_ROUTE}", AT_DESK, with_(call, CALL_DESK))
line(f"POST {CALL_ROUTE}", AT_DESK, with_(call, CALL_DESK, PUBLISHING, published=False))
line(f"GET {CALL_ROUTE}/preview", AT_DESK, with_(call, f"{CALL_DESK}/preview"))
line(f"GET {CALL_ROUTE}/questions/new", AT_DESK, with_(call, f"{CALL_DESK}/questions/new"))
line(f"POST {CALL_ROUTE}/questions/new", AT_DESK, with_(call, f"{CALL_DESK}/questions/new", ADDING, coming=True))
line(f"GET {CALL_ROUTE}/questions/{{question_id}}", AT_DESK, with_(call, f"{CALL_DESK}/questions/{{question}}"))
line(
    f"POST {CALL_ROUTE}/questions/{{question_id}}",
    AT_DESK,
    with_(call, f"{CALL_DESK}/questions/{{question}}", ADDING, coming=True),
)
line(
    "GET /desk/editions/{edition_id}/applications",
    AT_DESK,
    with_(application, "/desk/editions/{edition}/applications", state="submitted"),
)
line(
    "GET /desk/editions/{edition_id}/applications.csv",
    AT_DESK,
    with_(application, "/desk/editions/{edition}/applications.csv", state="submitted"),
)
line(
    "GET /desk/applications/{application_id}",
    "sffffh.h.",
    with_(application, "/desk/applications/{key}", state="submitted"),
)
