"""Who may do what with calendars kept elsewhere: see lines.py."""

from incubator.kernel.ids import uuid7
from tests.roles.lines import AT_DESK, line
from tests.roles.mentors import CHANGING, MENTORING, about, form, mentor
from tests.roles.world import Made, Send, World

# ---------- nobody, stranger, member, owner, resident, office, coordinator, other_coordinator, administrator
OURS = "shhhhh.h."
INSIDE = {"address": "https://127.0.0.1/a.ics", "name": "Uczelnia"}
"""It is refused before anything is asked of anybody, so that the lines need no network."""
REFUSED = "calendar_address_not_public 422"
ADD = """
INSERT INTO outside_calendar (id, mentor_id, space_id, gmina_id, name, address, etag, last_modified, added_by, failures,
    problem, skipped, tried_at)
SELECT $1, $2, $3, $4, 'Uczelnia', 'https://127.0.0.1/a.ics', '', '', id, 0, '', 0, '2026-01-01' FROM account LIMIT 1
"""


def kept(path: str) -> Send:
    """A calendar of a mentor of the gmina."""

    async def send(world: World) -> Made:
        slug, key = await _kept(world)
        return path.format(slug=slug, key=key), None

    return send


def chosen(path: str, what: str) -> Send:
    """A form about it."""

    async def send(world: World) -> Made:
        slug, key = await _kept(world)
        return path.format(slug=slug), {"form": what, "version": "0", "calendar_id": str(key)}

    return send


async def _kept(world: World) -> tuple[str, object]:
    slug, found = await mentor(world)
    key = uuid7()
    await world.sql(ADD, key, found.id, None, world.gmina_id)
    return slug, key


def of_space(path: str, body: object = None) -> Send:
    async def send(world: World) -> Made:
        return path.format(key=await _room(world)), body

    return send


def chosen_of_space(path: str, what: str) -> Send:
    async def send(world: World) -> Made:
        room, key = await _room(world), uuid7()
        await world.sql(ADD, key, None, room, world.gmina_id)
        return path.format(key=room), {"form": what, "version": "0", "calendar_id": str(key)}

    return send


async def _room(world: World) -> object:
    return await world.sql(
        "SELECT space.id FROM space JOIN incubator ON incubator.id = incubator_id"
        " WHERE incubator.slug = $1 AND space.slug = $2",
        world.incubator,
        world.room_slug,
    )


MENTORS, SPACES = "/api/mentors/{slug}/outside-calendars", "/api/spaces/{key}/outside-calendars"
line("GET /api/mentors/{slug}/outside-calendars", AT_DESK, about(MENTORS), scope=MENTORING)
line("POST /api/mentors/{slug}/outside-calendars", AT_DESK, about(MENTORS, INSIDE), also=REFUSED, scope=CHANGING)
line("GET /api/spaces/{space_id}/outside-calendars", AT_DESK, of_space(SPACES), scope="places:write")
line(
    "POST /api/spaces/{space_id}/outside-calendars",
    AT_DESK,
    of_space(SPACES, INSIDE),
    also=REFUSED,
    scope="places:write",
)
line("POST /api/outside-calendars/{calendar_id}/read", OURS, kept("/api/outside-calendars/{key}/read"), scope=CHANGING)
line("DELETE /api/outside-calendars/{calendar_id}", OURS, kept("/api/outside-calendars/{key}"), scope=CHANGING)

line("GET /mentors/{slug}/calendars", AT_DESK, about("/mentors/{slug}/calendars"))
line("POST /mentors/{slug}/calendars", AT_DESK, chosen("/mentors/{slug}/calendars", "remove"))
line(
    "POST /mentors/{slug}/calendars/add", AT_DESK, form("/mentors/{slug}/calendars/add", "add", **INSIDE), also=REFUSED
)
line("POST /mentors/{slug}/calendars/read", AT_DESK, chosen("/mentors/{slug}/calendars/read", "read"), also=REFUSED)
line("GET /desk/spaces/{space_id}/calendars", AT_DESK, of_space("/desk/spaces/{key}/calendars"))
line("POST /desk/spaces/{space_id}/calendars", AT_DESK, chosen_of_space("/desk/spaces/{key}/calendars", "remove"))
line(
    "POST /desk/spaces/{space_id}/calendars/add",
    AT_DESK,
    of_space("/desk/spaces/{key}/calendars/add", {"form": "add", "version": "0", **INSIDE}),
    also=REFUSED,
)
line(
    "POST /desk/spaces/{space_id}/calendars/read",
    AT_DESK,
    chosen_of_space("/desk/spaces/{key}/calendars/read", "read"),
    also=REFUSED,
)
