"""Who may do what with programmes: see lines.py."""

from typing import Any
from uuid import UUID

from incubator.db.engine import transaction
from tests.programmes.cast import put_edition, put_programme
from tests.roles.lines import PUBLIC, line
from tests.roles.world import Made, Send, World

# nobody, stranger, member, owner, resident, office, coordinator, other_coordinator, administrator
RUNS = "sfffff.f."
OFFICE = "sffff.ff."
ANY_DESK = "sffff...."
WRITE = "programmes:write"
NAMES = {"name_pl": "Rozbieg"}
DETAILS = {"name_pl": "Edycja", "starts_on": "2026-10-01", "ends_on": "2027-03-31", "places": 5}
TERMS = {"text_pl": "§ 1. Zasady", "in_force_from": "2036-01-01"}
PUT_TERMS = """
INSERT INTO edition_terms (edition_id, version, text_pl, text_en, in_force_from, published_by)
VALUES ($1, 1, 'x', '', '2026-09-01', $2)
"""


async def programme(world: World, *, state: str = "published", gmina: bool = True) -> str:
    async with transaction(world.db) as tx:
        key = await put_programme(tx, gmina=world.gmina_id if gmina else None)
        slug: str = await tx.fetchval("UPDATE programme SET state = $2 WHERE id = $1 RETURNING slug", key, state)
    return slug


async def edition(world: World, *, state: str = "published") -> UUID:
    """With terms."""
    async with transaction(world.db) as tx:
        key = await put_edition(tx, gmina=world.gmina_id)
        await tx.execute(PUT_TERMS, key, world.cast.coordinator.id)
        await tx.execute("UPDATE edition SET state = $2 WHERE id = $1", key, state)
    return key


def of_programme(path: str, body: dict[str, Any] | None = None, **how: Any) -> Send:
    async def send(world: World) -> Made:
        return path.format(slug=await programme(world, **how)), body

    return send


def of_edition(path: str, body: dict[str, Any] | None = None, **how: Any) -> Send:
    async def send(world: World) -> Made:
        key = await edition(world, **how)
        slugs = await world.sql(
            "SELECT programme.slug || '/' || edition.slug FROM edition"
            " JOIN programme ON programme.id = programme_id WHERE edition.id = $1",
            key,
        )
        return path.format(key=key, slugs=slugs), body

    return send


async def new_programme(world: World) -> Made:
    return "/api/programmes", {"gmina": world.gmina, "details": NAMES}


async def programme_form(world: World) -> Made:
    return "/desk/programmes", {"form": "programme", "version": "0", "gmina": str(world.gmina_id), **NAMES}


async def bundle_form(world: World) -> Made:
    version = await world.sql("SELECT version FROM bundle")
    return "/office/bundle", {"form": "details", "version": str(version), "name_pl": "Wiązka"}


# The API
line("GET /api/bundle", PUBLIC, "/api/bundle")
line("PUT /api/bundle/details", OFFICE, lambda world: _fixed("/api/bundle/details", {"name_pl": "W"}), scope=WRITE)
line("PUT /api/bundle/partners", OFFICE, lambda world: _fixed("/api/bundle/partners", {"partners": []}), scope=WRITE)
line("GET /api/programmes", PUBLIC, "/api/programmes")
line("POST /api/programmes", RUNS, new_programme, scope=WRITE)
line("GET /api/programmes/{slug}", PUBLIC, of_programme("/api/programmes/{slug}"))
line("PUT /api/programmes/{slug}/details", RUNS, of_programme("/api/programmes/{slug}/details", NAMES), scope=WRITE)
line(
    "PUT /api/programmes/{slug}/partners",
    RUNS,
    of_programme("/api/programmes/{slug}/partners", {"partners": [{"name": "Izba"}]}),
    scope=WRITE,
)
line(
    "PUT /api/programmes/{slug}/state",
    RUNS,
    of_programme("/api/programmes/{slug}/state", {"state": "published"}, state="draft"),
    scope=WRITE,
)
line(
    "POST /api/programmes/{slug}/editions",
    RUNS,
    of_programme("/api/programmes/{slug}/editions", {"details": DETAILS}),
    scope=WRITE,
)
line("GET /api/editions/{edition_id}", PUBLIC, of_edition("/api/editions/{key}"))
line("GET /api/editions/{edition_id}/terms", PUBLIC, of_edition("/api/editions/{key}/terms"))
line("GET /api/editions/{edition_id}/terms/{version}", PUBLIC, of_edition("/api/editions/{key}/terms/1"))
line("POST /api/editions/{edition_id}/terms", RUNS, of_edition("/api/editions/{key}/terms", TERMS), scope=WRITE)
for part, body in (
    ("details", DETAILS),
    ("state", {"state": "running"}),
    ("dates", {"dates": [{"on_day": "2026-10-02", "name_pl": "Start"}]}),
    ("perks", {"perks": [{"kind": "desk_days", "amount": 10}]}),
    ("mentors", {"mentors": []}),
    ("partners", {"partners": []}),
):
    line(
        f"PUT /api/editions/{{edition_id}}/{part}",
        RUNS,
        of_edition(f"/api/editions/{{key}}/{part}", body),
        scope=WRITE,
    )

# Pages; who sees a draft is in tests/programmes/test_public.py, for nobody is asked to sign in there.
line("GET /programmes", PUBLIC, "/programmes")
line("GET /programmes/{slug}", PUBLIC, of_programme("/programmes/{slug}"))
line("GET /programmes/{slug}/{edition_slug}", PUBLIC, of_edition("/programmes/{slugs}"))
line("GET /programmes/{slug}/{edition_slug}/terms/{version}", PUBLIC, of_edition("/programmes/{slugs}/terms/1"))
line("GET /desk/programmes", ANY_DESK, "/desk/programmes")
line("POST /desk/programmes", RUNS, programme_form)
line("GET /desk/programmes/{slug}", RUNS, of_programme("/desk/programmes/{slug}"))
line("GET /desk/programmes/{slug}", OFFICE, of_programme("/desk/programmes/{slug}", gmina=False))
line(
    "POST /desk/programmes/{slug}",
    RUNS,
    of_programme("/desk/programmes/{slug}", {"form": "details", "version": "1", **NAMES}),
)
line("GET /desk/editions/{edition_id}", RUNS, of_edition("/desk/editions/{key}"))
line(
    "POST /desk/editions/{edition_id}",
    RUNS,
    of_edition("/desk/editions/{key}", {"form": "details", "version": "1", **DETAILS, "places": "5"}),
)
line("GET /office/bundle", OFFICE, "/office/bundle")
line("POST /office/bundle", OFFICE, bundle_form)


async def _fixed(path: str, body: dict[str, Any]) -> Made:
    return path, body
