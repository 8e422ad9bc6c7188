"""Who may do what with mentors: see lines.py."""

from typing import Any
from uuid import uuid4

from incubator.db.engine import transaction
from incubator.places.slugs import slug_of
from tests.mentoring.cast import MentorAtHand, put_mentor
from tests.roles.lines import ANY_DESK, AT_DESK, PUBLIC, line
from tests.roles.world import Made, Send, World

# ---------- nobody, stranger, member, owner, resident, office, coordinator, other_coordinator, administrator
OFFICE = "sffff.ff."
PRIVATE = "shhhhh.h."
MENTORING, CHANGING = "mentoring:read", "mentoring:write"
HOURS = {"opens": "09:00", "closes": "12:00", "online": True}
DETAILS = {"name": "Ewa", "languages": ["pl"]}
TERMS = {"number": "1/26", "starts": "2026-01-01", "ends": "2026-12-31", "budget_minutes": 600}
TERMS_TYPED = {"number": "2/26", "starts": "2026-01-01", "ends": "2026-12-31", "rate": "150,00", "budget_hours": "10"}


async def mentor(world: World) -> tuple[str, MentorAtHand]:
    """A mentor of the gmina, at its incubator."""
    slug = f"m{uuid4().hex[:10]}"
    incubator = await world.sql("SELECT id FROM incubator WHERE slug = $1", world.incubator)
    async with transaction(world.db) as tx:
        return slug, await put_mentor(tx, slug, gmina=world.gmina_id, incubator=incubator)  # type: ignore[arg-type]


def about(path: str, body: object = None) -> Send:
    """About a mentor of the gmina."""

    async def send(world: World) -> Made:
        slug, _ = await mentor(world)
        return path.format(slug=slug), body

    return send


def in_state(path: str, state: str) -> Send:
    async def send(world: World) -> Made:
        slug, found = await mentor(world)
        await world.sql("UPDATE mentor SET state = $2 WHERE id = $1", found.id, state)
        return path.format(slug=slug), None

    return send


def form(path: str, what: str, **typed: Any) -> Send:
    """A form of a page about a mentor."""
    return about(path, {"form": what, "version": "1", **typed})


async def other_day(world: World) -> Made:
    slug, found = await mentor(world)
    await world.sql(
        "INSERT INTO mentor_exception (mentor_id, day, online, audience) VALUES ($1, '2026-12-31', false, 'everyone')",
        found.id,
    )
    return f"/api/mentors/{slug}/exceptions/2026-12-31", None


async def faced(world: World) -> tuple[str, object]:
    slug, found = await mentor(world)
    key = await world.sql(
        "INSERT INTO mentor_photo (mentor_id, media_type, content) VALUES ($1, 'image/webp', 'x') RETURNING id",
        found.id,
    )
    return slug, key


async def portrait(world: World) -> Made:
    return f"/portraits/{(await faced(world))[1]}", None


async def no_portrait(world: World) -> Made:
    return f"/api/mentors/{(await faced(world))[0]}/portrait", None


async def contract(world: World) -> Made:
    slug, found = await mentor(world)
    key = await world.sql(CONTRACT, found.id)
    return f"/api/mentors/{slug}/contracts/{key}", TERMS


async def newcomer(world: World) -> Made:
    return "/api/mentors", {"gmina": world.gmina, "email": f"{uuid4()}@example.com", "name": "Nowa"}


async def newcomer_form(world: World) -> Made:
    typed = {"gmina_id": str(world.gmina_id), "email": f"{uuid4()}@example.com", "name": "Nowa"}
    return "/desk/mentors", {"form": "add", "version": "0", **typed}


def of_gmina(path: str, body: object = None) -> Send:
    async def send(world: World) -> Made:
        return path.format(gmina=world.gmina), body

    return send


async def topic(world: World) -> str:
    slug = slug_of(f"t{uuid4().hex[:10]}", otherwise="t")
    await world.sql("INSERT INTO topic (slug, name_pl, name_en, position, version) VALUES ($1, 'T', 'T', 0, 1)", slug)
    return slug


async def new_topic(world: World) -> Made:
    return "/api/topics", {"slug": f"t{uuid4().hex[:10]}", "name_pl": "T", "name_en": "T"}


def one_topic(body: object = None) -> Send:
    async def send(world: World) -> Made:
        return f"/api/topics/{await topic(world)}", body

    return send


async def topic_form(world: World) -> Made:
    return "/office/topics", {"form": "retire", "version": "1", "slug": await topic(world)}


CONTRACT = """
INSERT INTO mentor_contract (mentor_id, number, starts, ends, rate_minor, budget_minutes, used_minutes, version)
VALUES ($1, '1/26', '2026-01-01', '2026-12-31', 15000, 600, 0, 1) RETURNING id
"""

# The API
line("GET /api/mentors", PUBLIC, about("/api/mentors"))
line("GET /api/mentors/{slug}", PUBLIC, about("/api/mentors/{slug}"))
line("GET /api/mentors/{slug}/private", AT_DESK, about("/api/mentors/{slug}/private"), scope=MENTORING)
line("GET /api/mentors/{slug}/contracts", AT_DESK, about("/api/mentors/{slug}/contracts"), scope=MENTORING)
line(
    "GET /api/mentors/{slug}/timesheet", PRIVATE, about("/api/mentors/{slug}/timesheet?month=2026-09"), scope=MENTORING
)
line("POST /api/mentors", AT_DESK, newcomer, scope=CHANGING)
line("PUT /api/mentors/{slug}/details", AT_DESK, about("/api/mentors/{slug}/details", DETAILS), scope=CHANGING)
line("PUT /api/mentors/{slug}/rules", AT_DESK, about("/api/mentors/{slug}/rules", {"lengths": [60]}), scope=CHANGING)
line(
    "PUT /api/mentors/{slug}/hours",
    AT_DESK,
    about("/api/mentors/{slug}/hours", {"weekly": [{**HOURS, "weekday": 1}]}),
    scope=CHANGING,
)
line(
    "PUT /api/mentors/{slug}/exceptions/{day}",
    AT_DESK,
    about("/api/mentors/{slug}/exceptions/2026-12-31", {"hours": [HOURS]}),
    scope=CHANGING,
)
line("DELETE /api/mentors/{slug}/exceptions/{day}", AT_DESK, other_day, scope=CHANGING)
line(
    "PUT /api/mentors/{slug}/portrait", AT_DESK, about("/api/mentors/{slug}/portrait"), also="no_photo", scope=CHANGING
)
line("DELETE /api/mentors/{slug}/portrait", AT_DESK, no_portrait, scope=CHANGING)
line("POST /api/mentors/{slug}/pause", AT_DESK, about("/api/mentors/{slug}/pause"), scope=CHANGING)
line("POST /api/mentors/{slug}/resume", AT_DESK, in_state("/api/mentors/{slug}/resume", "paused"), scope=CHANGING)
line("POST /api/mentors/{slug}/retire", AT_DESK, about("/api/mentors/{slug}/retire"), scope=CHANGING)
line("POST /api/mentors/{slug}/contracts", AT_DESK, about("/api/mentors/{slug}/contracts", TERMS), scope=CHANGING)
line("PUT /api/mentors/{slug}/contracts/{contract_id}", AT_DESK, contract, scope=CHANGING)
line("GET /api/gminas/{slug}/mentors", AT_DESK, of_gmina("/api/gminas/{gmina}/mentors"), scope=MENTORING)
line(
    "GET /api/gminas/{slug}/mentoring-policy",
    AT_DESK,
    of_gmina("/api/gminas/{gmina}/mentoring-policy"),
    scope=MENTORING,
)
line(
    "PUT /api/gminas/{slug}/mentoring-policy",
    AT_DESK,
    of_gmina("/api/gminas/{gmina}/mentoring-policy", {"person_minutes": 60}),
    scope=CHANGING,
)
line("GET /api/topics", PUBLIC, "/api/topics")
line("POST /api/topics", OFFICE, new_topic, scope=CHANGING)
line("PUT /api/topics/{slug}", OFFICE, one_topic({"name_pl": "U", "name_en": "U"}), scope=CHANGING)
line("DELETE /api/topics/{slug}", OFFICE, one_topic(), scope=CHANGING)

# Pages
line("GET /mentors", PUBLIC, about("/mentors"))
line("GET /mentors/{slug}", PUBLIC, about("/mentors/{slug}"))
line("GET /portraits/{photo_id}", PUBLIC, portrait)
line("GET /mentors/{slug}/edit", AT_DESK, about("/mentors/{slug}/edit"))
line("POST /mentors/{slug}/edit", AT_DESK, form("/mentors/{slug}/edit", "details", name="Ewa", languages="pl"))
line("GET /mentors/{slug}/hours", AT_DESK, about("/mentors/{slug}/hours"))
line("POST /mentors/{slug}/hours", AT_DESK, form("/mentors/{slug}/hours", "exception", day="2026-12-31"))
line("GET /mentors/{slug}/timesheet", PRIVATE, about("/mentors/{slug}/timesheet"))
line("GET /mentors/{slug}/timesheet.csv", PRIVATE, about("/mentors/{slug}/timesheet.csv"))
line("GET /mentors/{slug}/timesheet.pdf", PRIVATE, about("/mentors/{slug}/timesheet.pdf"))
line("GET /desk/mentors", ANY_DESK, about("/desk/mentors"))
line("POST /desk/mentors", AT_DESK, newcomer_form)
line("GET /desk/mentors/{slug}", AT_DESK, about("/desk/mentors/{slug}"))
line("POST /desk/mentors/{slug}", AT_DESK, form("/desk/mentors/{slug}", "add_contract", **TERMS_TYPED))
line("GET /office/topics", OFFICE, "/office/topics")
line("POST /office/topics", OFFICE, topic_form)
