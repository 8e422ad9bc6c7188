"""Who may have which secret address of a calendar, and who may read it: see lines.py."""

from uuid import UUID

from incubator.calendars.make_feed import make_feed
from incubator.calendars.rights import Kind
from incubator.db.engine import transaction
from tests.cast import Person
from tests.mentoring.cast import MentorAtHand, put_mentor
from tests.moments import NOW
from tests.roles.lines import NEVER, ONES_OWN, PUBLIC, line
from tests.roles.world import Made, Send, World

# ---------- nobody, stranger, member, owner, resident, office, coordinator, other_coordinator, administrator
ITS_MEMBERS = "sh..hhhhh"
ITS_COORDINATORS = "shhhhh.hh"


def asked_of(what: str) -> Send:
    """The form that makes an address."""

    async def send(world: World) -> Made:
        return "/me/calendars", {"of": what, "name": "Phone"}

    return send


async def of_organisation(world: World) -> Made:
    return "/me/calendars", {"of": f"organisation:{await world.org()}"}


async def of_desk(world: World) -> Made:
    return "/me/calendars", {"of": f"desk:{world.gmina_id}"}


async def of_mentor(world: World) -> Made:
    return "/me/calendars", {"of": f"mentor:{(await _mentor(world)).id}"}


async def organisations(world: World) -> Made:
    return await _secret(world, world.holder, Kind.ORGANISATION, await world.org())


async def mentors(world: World) -> Made:
    mentor = await _mentor(world)
    return await _secret(world, mentor.person, Kind.MENTOR, mentor.id)


async def desks(world: World) -> Made:
    """Of a month that nobody has booked in: it tells whoever has it what members call their bookings."""
    person = world.cast.coordinator if world.gmina_id == world.cast.niepolomice else world.cast.other_coordinator
    path, body = await _secret(world, person, Kind.DESK, world.gmina_id)
    return f"{path}?from=2031-01-01&to=2031-02-01", body


async def _mentor(world: World) -> MentorAtHand:
    incubator = await world.sql("SELECT id FROM incubator WHERE slug = $1", world.incubator)
    async with transaction(world.db) as tx:
        return await put_mentor(tx, f"c{next(world.turns)}-{world.gmina}", gmina=world.gmina_id, incubator=incubator)  # type: ignore[arg-type]


async def _secret(world: World, whose: Person, kind: Kind, subject_id: UUID) -> Made:
    actor = await world.acting(whose)
    async with transaction(world.db) as tx:
        made = await make_feed(tx, actor=actor, name="x", kind=kind, subject_id=subject_id, now=NOW)
    return made.path, None


line("POST /me/calendars", ITS_MEMBERS, of_organisation)
line("POST /me/calendars", ITS_COORDINATORS, of_desk)
line("POST /me/calendars", ONES_OWN, of_mentor)
for nothing in ("organisation:", "desk:x", "party:1"):
    line("POST /me/calendars", ONES_OWN, asked_of(nothing))
# Whoever has the secret.
for secret in (organisations, mentors, desks):
    line("GET /calendars", PUBLIC, secret, told=NEVER)
