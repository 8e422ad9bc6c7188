"""Who may do what in the directory: see lines.py."""

from itertools import count
from typing import Any
from uuid import UUID

from incubator.db.engine import transaction
from incubator.directory.check_rows import check_rows
from incubator.directory.entering import enter
from incubator.directory.preview_import import preview_import
from incubator.directory.sheet import read_sheet
from incubator.kernel.ids import digest, new_secret
from tests.directory.cast import put_company, slug_of
from tests.directory.test_search import nip_of
from tests.moments import NOW
from tests.roles.lines import ANY_DESK, AT_DESK, ITS_OWNERS, ORGANISATION, PUBLIC, line
from tests.roles.world import Made, Send, World

# ---------- nobody, stranger, member, owner, resident, office, coordinator, other_coordinator, administrator
OFFICE = "sffff.ff."
IMPORT = "sfffff.h."
SEE, CHANGE = "directory:read", "directory:write"
DETAILS = {"makes_pl": "Chleb"}
REASON = {"reason": "Nowy piec"}
TURNS = count(5_000)
"""A NIP for each, as no two companies have one."""


async def company(world: World, **how: Any) -> tuple[UUID, str]:
    """Of the gmina, out of a register; its key and address."""
    async with transaction(world.db) as tx:
        how = {"gmina": world.gmina_id, "nip": nip_of(next(TURNS)), **how}
        key = await put_company(tx, **how)
        return key, await slug_of(tx, key)


async def own(world: World, *, state: str = "published") -> UUID:
    """An organisation of the holder's with a profile."""
    key = await world.org()
    await company(world, organisation=key, state=state)
    return key


def about(path: str, body: object = None) -> Send:
    """About a company of the gmina."""

    async def send(world: World) -> Made:
        return path.format(slug=(await company(world))[1]), body

    return send


def withheld(path: str, body: object = None) -> Send:
    async def send(world: World) -> Made:
        return path.format(slug=(await company(world, state="hidden", because="desk"))[1]), body

    return send


def marked(path: str, body: object = None) -> Send:
    """About an innovation ambassador."""

    async def send(world: World) -> Made:
        key, slug = await company(world)
        async with transaction(world.db) as tx:
            await tx.execute(
                "INSERT INTO directory_ambassador (profile_id, gmina_id, reason, given_on, given_by, withdrawn_reason)"
                " VALUES ($1, $2, 'x', '2026-09-01', $3, '')",
                key,
                world.gmina_id,
                world.owner.id,
            )
            await enter(tx, [key])
        return path.format(slug=slug), body

    return send


def of_own(path: str, body: object = None, *, state: str = "published", logo: bool = False) -> Send:
    """About an organisation's own profile."""

    async def send(world: World) -> Made:
        key = await own(world, state=state)
        if logo:
            await put_logo(world, "organisation_id", key)
        return path.format(org=key), body

    return send


async def put_logo(world: World, column: str, key: UUID) -> object:
    return await world.sql(
        "INSERT INTO directory_logo (profile_id, id, media_type, content)"
        f" SELECT id, gen_random_uuid(), 'image/webp', 'x' FROM directory_profile WHERE {column} = $1 RETURNING id",
        key,
    )


async def logo(world: World) -> Made:
    key, _ = await company(world)
    return f"/directory/logos/{await put_logo(world, 'id', key)}", None


def in_gmina(path: str) -> Send:
    async def send(world: World) -> Made:
        await company(world)
        return path.format(gmina=world.gmina_id), None

    return send


def request(path: str, body: "dict[str, Any]") -> Send:
    """About a request of a company."""

    async def send(world: World) -> Made:
        key, _ = await company(world)
        made = await world.sql(
            "INSERT INTO directory_request (gmina_id, profile_id, kind, message, email, outcome, answer)"
            " VALUES ($1, $2, 'correct', 'x', 'x@example.com', '', '') RETURNING id",
            world.gmina_id,
            key,
        )
        return path.format(key=made), {name: str(made) if value == "KEY" else value for name, value in body.items()}

    return send


def seen(path: str, body: object = None) -> Send:
    """About a file that the gmina's coordinator looked at."""

    async def send(world: World) -> Made:
        found = check_rows(read_sheet(f"nip;name\n{nip_of(next(TURNS))};Nowa\n".encode()))
        actor = await world.acting(world.cast.administrator)
        async with transaction(world.db) as tx:
            told = {"source": "KRS", "source_day": NOW.date(), "now": NOW}
            made = await preview_import(tx, actor=actor, gmina_id=world.gmina_id, found=found, **told)
        return path.format(key=made.id), body

    return send


def by_link(path: str, column: str, body: object = None) -> Send:
    async def send(world: World) -> Made:
        key, _ = await company(world)
        secret = new_secret()
        await world.sql(f"UPDATE directory_profile SET {column} = $2 WHERE id = $1", key, digest(secret))
        return path.format(secret=secret), body

    return send


def listed(path: str, body: object = None) -> Send:
    """About a local specialisation."""

    async def send(world: World) -> Made:
        slug = f"s-{next(TURNS)}"
        await world.sql(
            "INSERT INTO directory_specialisation (slug, name_pl, name_en, version) VALUES ($1, $1, '', 1)", slug
        )
        told = {**body, "slug": slug} if isinstance(body, dict) and "form" in body else body
        return path.format(slug=slug), told

    return send


async def new_specialisation(world: World) -> Made:
    return "/api/directory/specialisations", {"name_pl": f"Nowa {next(TURNS)}"}


async def new_specialisation_typed(world: World) -> Made:
    typed = {"form": "add", "version": "0", "name_pl": f"Nowa {next(TURNS)}"}
    return "/office/specialisations", typed


async def file_typed(world: World) -> Made:
    typed = {"form": "import", "version": "0", "gmina": str(world.gmina_id), "source_day": "2026-09-01"}
    return "/desk/directory", typed


COMPANY = "/api/directory/companies/{slug}"
PROFILE = "/api/organisations/{org}/profile"
OWN = "/api/organisations/{organisation_id}/profile"

line("GET /api/directory", PUBLIC, about("/api/directory?q=chleb"))
line("GET /api/directory/companies/{slug}", PUBLIC, about(COMPANY))
line("GET /api/directory/specialisations", PUBLIC, "/api/directory/specialisations")
line(f"GET {OWN}", ORGANISATION, of_own(PROFILE), scope=SEE)
line(f"PUT {OWN}", ITS_OWNERS, of_own(PROFILE, DETAILS), scope=CHANGE)
line(f"POST {OWN}/publish", ITS_OWNERS, of_own(f"{PROFILE}/publish", {}, state="draft"), scope=CHANGE)
line(f"POST {OWN}/hide", ITS_OWNERS, of_own(f"{PROFILE}/hide", {}), scope=CHANGE)
line(f"POST {OWN}/confirm", ITS_OWNERS, of_own(f"{PROFILE}/confirm", {}), scope=CHANGE)
line(f"PUT {OWN}/logo", "sh..hh.h.", of_own(f"{PROFILE}/logo"), also="no_photo", scope=CHANGE)
line(f"DELETE {OWN}/logo", ITS_OWNERS, of_own(f"{PROFILE}/logo", logo=True), scope=CHANGE)
line("GET /api/directory/desk", ANY_DESK, "/api/directory/desk", scope=SEE)
line("GET /api/directory/export", AT_DESK, in_gmina("/api/directory/export?gmina={gmina}"), scope=SEE)
line("GET /api/directory/requests", ANY_DESK, "/api/directory/requests", scope=SEE)
line(
    "POST /api/directory/requests/{request_id}/answer",
    AT_DESK,
    request("/api/directory/requests/{key}/answer", {"outcome": "done"}),
    scope=CHANGE,
)
line("GET /api/directory/companies/{slug}/desk", AT_DESK, about(f"{COMPANY}/desk"), scope=SEE)
line("PUT /api/directory/companies/{slug}", AT_DESK, about(COMPANY, {"name": "Piekarnia"}), scope=CHANGE)
line("PUT /api/directory/companies/{slug}/ambassador", AT_DESK, about(f"{COMPANY}/ambassador", REASON), scope=CHANGE)
line(
    "POST /api/directory/companies/{slug}/ambassador/withdraw",
    AT_DESK,
    marked(f"{COMPANY}/ambassador/withdraw", REASON),
    scope=CHANGE,
)
line("POST /api/directory/companies/{slug}/withhold", AT_DESK, about(f"{COMPANY}/withhold", REASON), scope=CHANGE)
line("POST /api/directory/companies/{slug}/let-back", AT_DESK, withheld(f"{COMPANY}/let-back", {}), scope=CHANGE)
line("DELETE /api/directory/companies/{slug}", AT_DESK, about(COMPANY), scope=CHANGE)
line(
    "POST /api/directory/imports",
    AT_DESK,
    in_gmina("/api/directory/imports?gmina={gmina}&source=KRS&source_day=2026-09-01"),
    also="column_missing",
    scope=CHANGE,
)
line("GET /api/directory/imports/{import_id}", IMPORT, seen("/api/directory/imports/{key}"), scope=SEE)
line(
    "POST /api/directory/imports/{import_id}/apply",
    IMPORT,
    seen("/api/directory/imports/{key}/apply", {}),
    scope=CHANGE,
)
line("POST /api/directory/specialisations", OFFICE, new_specialisation, scope=CHANGE)
line(
    "PUT /api/directory/specialisations/{slug}",
    OFFICE,
    listed("/api/directory/specialisations/{slug}", {"name_pl": "Inna"}),
    scope=CHANGE,
)
for deed in ("retire", "restore"):
    route = f"POST /api/directory/specialisations/{{slug}}/{deed}"
    line(route, OFFICE, listed(f"/api/directory/specialisations/{{slug}}/{deed}", {}), scope=CHANGE)

# Pages
line("GET /directory", PUBLIC, about("/directory?q=chleb"))
line("GET /directory/{slug}", PUBLIC, about("/directory/{slug}"))
line(
    "POST /directory/{slug}",
    PUBLIC,
    about("/directory/{slug}", {"form": "request", "version": "0", "kind": "correct", "email": "x@example.com"}),
    also="429",
)
line("GET /directory/logos/{logo_id}", PUBLIC, logo)
line("GET /directory/still/{secret}", PUBLIC, by_link("/directory/still/{secret}", "still_hash"))
line("POST /directory/still/{secret}", PUBLIC, by_link("/directory/still/{secret}", "still_hash", {"form": "still"}))
line("GET /directory/care/{secret}", PUBLIC, by_link("/directory/care/{secret}", "care_hash"))
line("POST /directory/care/{secret}", PUBLIC, by_link("/directory/care/{secret}", "care_hash", {"form": "remove"}))
line("GET /organisations/{organisation_id}/profile", ORGANISATION, of_own("/organisations/{org}/profile"))
line(
    "POST /organisations/{organisation_id}/profile",
    ITS_OWNERS,
    of_own("/organisations/{org}/profile", {"form": "describe", "version": "1", "makes_pl": "Chleb"}),
)
line("GET /desk/directory", ANY_DESK, about("/desk/directory"))
line("GET /desk/directory.csv", AT_DESK, in_gmina("/desk/directory.csv?gmina={gmina}"))
line(
    "POST /desk/directory",
    AT_DESK,
    request("/desk/directory", {"form": "answer", "version": "0", "request_id": "KEY", "outcome": "done"}),
)
line("POST /desk/directory", ANY_DESK, file_typed, also="422")
line("GET /desk/directory/imports/{import_id}", IMPORT, seen("/desk/directory/imports/{key}"))
line(
    "POST /desk/directory/imports/{import_id}",
    IMPORT,
    seen("/desk/directory/imports/{key}", {"form": "apply", "version": "0"}),
)
line("GET /desk/directory/{slug}", AT_DESK, about("/desk/directory/{slug}"))
line(
    "POST /desk/directory/{slug}", AT_DESK, about("/desk/directory/{slug}", {"form": "name", "version": "1", **REASON})
)
line("GET /desk/directory/{slug}/facts", AT_DESK, about("/desk/directory/{slug}/facts"))
line(
    "POST /desk/directory/{slug}/facts",
    AT_DESK,
    about("/desk/directory/{slug}/facts", {"form": "facts", "version": "1", "name": "Piekarnia"}),
)
line("GET /office/specialisations", OFFICE, "/office/specialisations")
line("POST /office/specialisations", OFFICE, new_specialisation_typed)
line("POST /office/specialisations", OFFICE, listed("/office/specialisations", {"form": "retire", "version": "1"}))
