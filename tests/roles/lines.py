"""Who may do what: a line for each operation of the API, each page and each form.

The columns are the people of tests/cast.py, in the order of ROLES:
`.` may, `s` is asked to sign in, `f` is forbidden it, `h` is not even told that the thing is there.
A second row says who of those that may is shown what `member` called their private booking.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from incubator.kernel.period import WARSAW
from tests.roles.world import House, Made, Send, World

ROLES = (
    "nobody",
    "stranger",
    "member",
    "owner",
    "resident",
    "office",
    "coordinator",
    "other_coordinator",
    "administrator",
)
# ---------- nobody, stranger, member, owner, resident, office, coordinator, other_coordinator, administrator
PUBLIC = "........."
SIGNED_IN = "s........"
BOOKING = "sh.hhh.h."
BOOKING_AT_DESK = "sfffff.h."
AT_DESK = "sfffff.f."
ANY_DESK = "sfffff..."
ADMINISTRATION = "sfffffff."
ORGANISATION = "sh..hh.h."
ITS_PEOPLE = "sh..hhfh."
ITS_OWNERS = "shf.hhfh."
HOLDERS_ALONE = "sh.hhhfhf"
ONES_OWN = "shhhhhhhh"
NEVER = "hhhhhhhhh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`also` are refusals that say no to the wish and not to the person. `scope` is what a token needs."""

    route: str
    may: str
    send: Send
    told: str = ""
    also: frozenset[str] = frozenset()
    scope: str = ""


LINES: list[Line] = []


def line(route: str, may: str, send: "Send | str", *, told: str = "", also: str = "", scope: str = "") -> None:
    """A line; `send` is a path where nothing has to be put in place first."""
    assert len(may) == len(ROLES) and len(told) in {0, len(ROLES)}
    LINES.append(
        Line(
            route=route,
            may=may,
            send=send if callable(send) else _at(send),
            told=told,
            also=frozenset(also.split()),
            scope=scope,
        )
    )


def _at(path: str) -> Send:
    async def send(world: World) -> Made:
        return path.format(gmina=world.gmina, incubator=world.incubator, room=world.room, slug=world.room_slug), None

    return send


def sending(path: str, **body: Any) -> Send:
    """A fixed body."""

    async def send(world: World) -> Made:
        return (await _at(path)(world))[0], body

    return send


def booked(path: str, body: "dict[str, Any] | None" = None, *, apart: bool = False, **how: Any) -> Send:
    """About a booking of the holder's; `apart` in a house of its own."""

    async def send(world: World) -> Made:
        room = {"room": (await world.house()).room} if apart else {}
        return path.format(key=(await world.booking(**room, **how)).id), body

    return send


def listed(path: str) -> Send:
    """A list or page after the holder has booked."""

    async def send(world: World) -> Made:
        await world.booking()
        return (await _at(path)(world))[0], None

    return send


def requested(path: str, body: "dict[str, Any] | None" = None) -> Send:
    async def send(world: World) -> Made:
        return path.format(key=(await world.request()).id), body

    return send


def begun(path: str, *, over: bool = False) -> Send:
    async def send(world: World) -> Made:
        return path.format(key=(await world.begun(over=over)).id), {}

    return send


def in_house(path: str, body: "dict[str, Any] | Callable[[Any], dict[str, Any]] | None" = None) -> Send:
    """In an incubator of its own; `body` may be made of what is there."""

    async def send(world: World) -> Made:
        house = await world.house()
        given = body(house) if callable(body) else body
        return path.format(house=house, version=1), given

    return send


def of_org(path: str, body: "dict[str, Any] | None" = None) -> Send:
    async def send(world: World) -> Made:
        return path.format(org=await world.org(), third=world.third.id), body

    return send


def invited(path: str, body: "dict[str, Any] | None" = None, *, to: str = "") -> Send:
    async def send(world: World) -> Made:
        org, key, secret = await world.invited(to=to)
        return path.format(org=org, key=key, secret=secret), body

    return send


def one(path: str, make: str, body: "dict[str, Any] | None" = None, *, of: str = "") -> Send:
    """A thing of the asker's own, or of another (`of`), made by the world's `make`."""

    async def send(world: World) -> Made:
        if of:
            world.who = getattr(world.cast, of)
        return path.format(key=await getattr(world, make)()), body

    return send


async def new_booking(world: World) -> Made:
    period = world.hour()
    wish = {"space_id": str(world.room), "start": period.start.isoformat(), "end": period.end.isoformat()}
    return "/api/bookings", {**wish, "outright": True}


async def new_time_seen(world: World) -> Made:
    path, body = await new_time(world)
    return f"{path}/preview", body


async def new_time(world: World) -> Made:
    booking, period = await world.booking(), world.hour()
    body = {"start": period.start.isoformat(), "end": period.end.isoformat()}
    return f"/api/bookings/{booking.id}/reschedule", body


async def new_end(world: World) -> Made:
    booking = await world.booking()
    middle = booking.period.start + booking.period.length / 2
    return f"/api/bookings/{booking.id}/extend", {"end": middle.isoformat()}


async def move_form(world: World) -> Made:
    booking, period = await world.booking(), world.hour()
    return f"/bookings/{booking.id}/move", _picked(period)


async def hold_form(world: World) -> Made:
    return f"/incubators/{world.incubator}/{world.room_slug}/hold", _picked(world.hour())


async def wait_form(world: World) -> Made:
    taken = await world.booking()
    return f"/incubators/{world.incubator}/{world.room_slug}/wait", _picked(taken.period)


async def zone_form(world: World) -> Made:
    house = await world.house()
    return f"/incubators/{house.slug}/zones/zone/hold", _picked(world.hour())


def _picked(period: Any) -> dict[str, str]:
    start, end = (f"{at:%Y-%m-%dT%H:%MZ}" for at in (period.start, period.end))
    return {"date": start[:10], "start": start, "end": end}


async def gmina_form(world: World) -> Made:
    version = await world.sql("SELECT version FROM gmina WHERE id = $1", world.gmina_id)
    return f"/desk/gminas/{world.gmina}", {"form": "details", "version": str(version), "brand_pl": "Puszcza"}


async def grant_form(world: World) -> Made:
    return "/admin/people/roles", {"email": world.cast.resident.email, "role": "mentor"}


async def erase_form(world: World) -> Made:
    return "/me/erase", {"confirmation": world.who.email if world.who else ""}


async def profile(world: World) -> Made:
    return "/api/me", {"name": "Anybody", "locale": "en"}


async def closing(world: World) -> Made:
    return f"/api/closures/{await world.closure()}", None


async def new_gmina(world: World) -> Made:
    turn = next(world.turns)
    return "/api/gminas", {"terc": f"{1000000 + turn}", "slug": f"g-{turn}", "name": "G", "kind": "rural"}


async def gmina_taken_in(world: World) -> Made:
    turn = next(world.turns)
    return "/desk/incubators", {
        "form": "gmina",
        "version": "0",
        "terc": f"{2000000 + turn}",
        "name": f"G {turn}",
        "kind": "rural",
    }


async def new_incubator(world: World) -> Made:
    turn = next(world.turns)
    return "/api/incubators", {
        "gmina": world.gmina,
        "code": f"C{turn}",
        "slug": f"c-{turn}",
        "details": {"name": "Nowy"},
    }


SPAN = "from=2026-09-07T00:00:00Z&to=2026-10-07T00:00:00Z"
READ, WRITE, PLACES = "bookings:read", "bookings:write", "places:write"
SEE_ORGS, CHANGE_ORGS = "organisations:read", "organisations:write"
DETAILS = {"name_pl": "Sala", "capacity": 8}
WEEK = {"weekly": [{"weekday": 1, "opens": "08:00", "closes": "20:00"}]}
LIMITS = {"name": "Sale", "organisation_minutes": 600}

# Bookings: the API
line("POST /api/bookings", SIGNED_IN, new_booking, scope=WRITE)
line("GET /api/bookings", SIGNED_IN, listed("/api/bookings"), told="hh.hhhhhh", scope=READ)
line("GET /api/bookings/{booking_id}", BOOKING, booked("/api/bookings/{key}"), told="hh.hhh.h.", scope=READ)
line("GET /api/bookings/{booking_id}/price", BOOKING, booked("/api/bookings/{key}/price"), told=NEVER, scope=READ)
line("GET /api/bookings/{booking_id}/history", BOOKING, booked("/api/bookings/{key}/history"), told=NEVER, scope=READ)
line(
    "POST /api/bookings/{booking_id}/confirm",
    BOOKING,
    booked("/api/bookings/{key}/confirm", {}, outright=False),
    scope=WRITE,
)
line(
    "POST /api/bookings/{booking_id}/cancel",
    BOOKING,
    booked("/api/bookings/{key}/cancel", {"reason": "x"}),
    scope=WRITE,
)
line("POST /api/bookings/{booking_id}/check-in", BOOKING, begun("/api/bookings/{key}/check-in"), scope=WRITE)
line("POST /api/bookings/{booking_id}/reschedule/preview", BOOKING, new_time_seen, scope=WRITE)
line("POST /api/bookings/{booking_id}/reschedule", BOOKING, new_time, scope=WRITE)
line("POST /api/bookings/{booking_id}/extend", BOOKING, new_end, scope=WRITE)
line(
    "POST /api/bookings/{booking_id}/approve",
    BOOKING_AT_DESK,
    requested("/api/bookings/{key}/approve", {}),
    scope=WRITE,
)
line(
    "POST /api/bookings/{booking_id}/decline",
    BOOKING_AT_DESK,
    requested("/api/bookings/{key}/decline", {"reason": "x"}),
    scope=WRITE,
)
line("POST /api/bookings/{booking_id}/no-show", BOOKING_AT_DESK, begun("/api/bookings/{key}/no-show"), scope=WRITE)
line(
    "POST /api/bookings/{booking_id}/complete",
    BOOKING_AT_DESK,
    begun("/api/bookings/{key}/complete", over=True),
    scope=WRITE,
)
line("GET /api/requests", ANY_DESK, listed("/api/requests"), scope=READ)


async def of_incubator(world: World) -> Made:
    booking = await world.booking()
    return f"/api/incubators/by-id/{booking.incubator_id}/bookings?{SPAN}", None


line("GET /api/incubators/by-id/{incubator_id}/bookings", ANY_DESK, of_incubator, told="hhhhhh.h.", scope=READ)
for where in ("spaces/{room}", "incubators/{incubator}", "gminas/{gmina}"):
    key = "{space_id}" if "room" in where else "{slug}"
    route = f"GET /api/{where.split('/')[0]}/{key}/availability"
    line(route, PUBLIC, listed(f"/api/{where}/availability?{SPAN}"), told=NEVER)


async def new_series(world: World) -> Made:
    return "/api/series", _pattern(await world.house())


async def preview(world: World) -> Made:
    return "/api/series/preview", _pattern(await world.house())


def _pattern(house: House) -> dict[str, Any]:
    return {
        "space_id": str(house.room),
        "first_day": "2026-09-08",
        "weekdays": [2],
        "start": "10:00",
        "length_minutes": 60,
        "count": 2,
    }


async def any_desk(world: World) -> Made:
    house, period = await world.house(), world.hour()
    body = {"start": period.start.isoformat(), "end": period.end.isoformat()}
    return f"/api/zones/{house.zone}/bookings", body


async def new_wish(world: World) -> Made:
    taken = await world.booking()
    start, end = taken.period.start.isoformat(), taken.period.end.isoformat()
    return "/api/waitlist", {"space_id": str(taken.space_id), "start": start, "end": end}


async def new_block(world: World) -> Made:
    house, period = await world.house(), world.hour()
    body = {"space_id": str(house.room), "start": period.start.isoformat(), "end": period.end.isoformat()}
    return "/api/blocks", {**body, "reason": "Malowanie"}


async def new_closure(world: World) -> Made:
    house, period = await world.house(), world.hour()
    body = {"incubator_id": str(house.id), "start": period.start.isoformat(), "end": period.end.isoformat()}
    return "/api/closures", {**body, "reason_pl": "Malowanie"}


async def blocks_of(world: World) -> Made:
    house = await world.house()
    return f"/api/incubators/by-id/{house.id}/blocks?{SPAN}", None


async def line_of(world: World) -> Made:
    return f"/api/incubators/by-id/{await world.waiting()}/waitlist", None


async def suggested(world: World) -> Made:
    taken = await world.booking()
    start, end = (f"{at:%Y-%m-%dT%H:%M:00Z}" for at in (taken.period.start, taken.period.end))
    return f"/api/spaces/{taken.space_id}/suggestions?from={start}&to={end}", None


line("POST /api/series", SIGNED_IN, new_series, scope=WRITE)
line("POST /api/series/preview", SIGNED_IN, preview, scope=WRITE)
line("GET /api/series", SIGNED_IN, one("/api/series", "series"), told="hh.hhhhhh", scope=READ)
line("GET /api/series/{series_id}", BOOKING, one("/api/series/{key}", "series"), told="hh.hhh.h.", scope=READ)
line(
    "POST /api/series/{series_id}/cancel/preview",
    BOOKING,
    one("/api/series/{key}/cancel/preview", "series", {"which": "all"}),
    scope=WRITE,
)
line(
    "POST /api/series/{series_id}/change",
    BOOKING,
    one("/api/series/{key}/change", "series", {"which": "all", "title": "x"}),
    scope=WRITE,
)
line(
    "POST /api/series/{series_id}/cancel",
    BOOKING,
    one("/api/series/{key}/cancel", "series", {"which": "all", "reason": "x"}),
    scope=WRITE,
)
line(
    "POST /api/bookings/{booking_id}/repeat",
    HOLDERS_ALONE,
    booked("/api/bookings/{key}/repeat", {"count": 2}, apart=True),
    scope=WRITE,
)
line("POST /api/zones/{zone_id}/bookings", SIGNED_IN, any_desk, scope=WRITE)
line("POST /api/waitlist", SIGNED_IN, new_wish, scope=WRITE)
line("GET /api/waitlist", SIGNED_IN, one("/api/waitlist", "waiting"), told="hh.hhhhhh", scope=READ)
line("GET /api/waitlist/{entry_id}", SIGNED_IN, one("/api/waitlist/{key}", "wish"), scope=READ)
line("GET /api/waitlist/{entry_id}", ONES_OWN, one("/api/waitlist/{key}", "wish", of="colleague"), scope=READ)
line("DELETE /api/waitlist/{entry_id}", SIGNED_IN, one("/api/waitlist/{key}", "wish"), scope=WRITE)
line("DELETE /api/waitlist/{entry_id}", ONES_OWN, one("/api/waitlist/{key}", "wish", of="colleague"), scope=WRITE)
line("GET /api/incubators/by-id/{incubator_id}/waitlist", ANY_DESK, line_of, told="hhhhhh.h.", scope=READ)
line("GET /api/spaces/{space_id}/suggestions", PUBLIC, suggested, told=NEVER)
line("POST /api/blocks", AT_DESK, new_block, scope=WRITE)
line("GET /api/incubators/by-id/{incubator_id}/blocks", ANY_DESK, blocks_of, scope=READ)
line("DELETE /api/blocks/{block_id}", AT_DESK, one("/api/blocks/{key}", "blocked"), scope=WRITE)
line("POST /api/closures", AT_DESK, new_closure, scope=f"{PLACES} {WRITE}")
line("GET /api/use", "sffff....", listed("/api/use"), told=NEVER, scope=READ)

# Bookings: pages
line("GET /bookings", SIGNED_IN, listed("/bookings"), told="hh.hhhhhh")
line("GET /bookings/past", SIGNED_IN, "/bookings/past")
line("GET /bookings/{booking_id}", BOOKING, booked("/bookings/{key}"), told="hh.hhh.h.")
line("GET /bookings/{booking_id}/confirm", BOOKING, booked("/bookings/{key}/confirm", outright=False))
line("GET /bookings/{booking_id}/done", BOOKING, booked("/bookings/{key}/done"))
line("GET /bookings/{booking_id}/move", BOOKING, booked("/bookings/{key}/move"))
line("GET /bookings/{booking_id}/event.ics", BOOKING, booked("/bookings/{key}/event.ics"), told="hh.hhh.h.")
line("POST /bookings/{booking_id}/confirm/price", BOOKING, booked("/bookings/{key}/confirm/price", {}, outright=False))
line("GET /bookings/{booking_id}/move/price", BOOKING, booked("/bookings/{key}/move/price"), told=NEVER)
line("POST /bookings/{booking_id}/confirm", BOOKING, booked("/bookings/{key}/confirm", {}, outright=False))
line(
    "POST /bookings/{booking_id}/give-up",
    BOOKING,
    booked("/bookings/{key}/give-up", {}, outright=False),
    also="422",
)
line("POST /bookings/{booking_id}/cancel", BOOKING, booked("/bookings/{key}/cancel", {"reason": "x"}))
line("POST /bookings/{booking_id}/check-in", BOOKING, begun("/bookings/{key}/check-in"))
line("POST /bookings/{booking_id}/move", BOOKING, move_form)
line("POST /bookings/{booking_id}/no-show", BOOKING_AT_DESK, begun("/bookings/{key}/no-show"))
line("POST /bookings/{booking_id}/complete", BOOKING_AT_DESK, begun("/bookings/{key}/complete", over=True))
line("POST /bookings/line/{entry_id}/leave", SIGNED_IN, one("/bookings/line/{key}/leave", "wish", {}))
line("POST /bookings/line/{entry_id}/leave", ONES_OWN, one("/bookings/line/{key}/leave", "wish", {}, of="colleague"))
line("GET /incubators/{slug}", PUBLIC, listed("/incubators/{incubator}"), told=NEVER)
line("GET /incubators/{slug}/{space_slug}", PUBLIC, listed("/incubators/{incubator}/{slug}"), told=NEVER)
line("GET /incubators/{slug}/zones/{zone_slug}", PUBLIC, in_house("/incubators/{house.slug}/zones/zone"))
line("POST /incubators/{slug}/{space_slug}/hold", SIGNED_IN, hold_form)
line("POST /incubators/{slug}/{space_slug}/wait", SIGNED_IN, wait_form)
line("POST /incubators/{slug}/zones/{zone_slug}/hold", SIGNED_IN, zone_form)


async def block_form(world: World) -> Made:
    house, form = await world.house(), _stretch(world)
    return "/desk/block", {"space": str(house.room), **form, "reason": "Malowanie"}


async def close_form(world: World) -> Made:
    house, form = await world.house(), _stretch(world)
    return "/desk/close", {"what": f"space:{house.room}", **form, "reason_pl": "Malowanie"}


def _stretch(world: World) -> dict[str, str]:
    period = world.hour()
    start, end = period.start.astimezone(WARSAW), period.end.astimezone(WARSAW)
    days = {"from_day": f"{start:%Y-%m-%d}", "to_day": f"{end:%Y-%m-%d}"}
    return {**days, "from_time": f"{start:%H:%M}", "to_time": f"{end:%H:%M}"}


line("GET /bookings/{booking_id}/repeat", HOLDERS_ALONE, booked("/bookings/{key}/repeat"))
line("POST /bookings/{booking_id}/repeat", HOLDERS_ALONE, booked("/bookings/{key}/repeat", {"count": "2"}, apart=True))
line("GET /bookings/series/{series_id}", BOOKING, one("/bookings/series/{key}", "series"), told="hh.hhh.h.")
line(
    "GET /bookings/series/{series_id}/going-back",
    BOOKING,
    one("/bookings/series/{key}/going-back", "series"),
    told=NEVER,
)
line(
    "POST /bookings/series/{series_id}/change",
    BOOKING,
    one("/bookings/series/{key}/change", "series", {"which": "all", "title": "x", "version": "1"}),
)
line(
    "POST /bookings/series/{series_id}/cancel",
    BOOKING,
    one("/bookings/series/{key}/cancel", "series", {"which": "all", "reason": "x", "version": "1"}),
)
line("GET /desk", ANY_DESK, listed("/desk"))
line("GET /desk/requests", ANY_DESK, requested("/desk/requests"), told="hhhhhh.h.")
line("POST /desk/requests/{booking_id}/approve", BOOKING_AT_DESK, requested("/desk/requests/{key}/approve", {}))
line(
    "POST /desk/requests/{booking_id}/decline",
    BOOKING_AT_DESK,
    requested("/desk/requests/{key}/decline", {"ready": "needed"}),
)
line("GET /desk/incubators/{slug}/day", AT_DESK, listed("/desk/incubators/{incubator}/day"))
line(
    "GET /desk/incubators/{slug}/week",
    AT_DESK,
    listed("/desk/incubators/{incubator}/week?date=2026-09-08"),
    told="hhhhhh.h.",
)
line("GET /desk/incubators/{slug}/line", AT_DESK, listed("/desk/incubators/{incubator}/line"))
line("GET /desk/block", ANY_DESK, "/desk/block")
line("POST /desk/block", AT_DESK, block_form)
line("POST /desk/blocks/{block_id}/take-back", AT_DESK, one("/desk/blocks/{key}/take-back", "blocked", {}))
line("GET /desk/close", ANY_DESK, "/desk/close")
line("POST /desk/close", AT_DESK, close_form)
line("POST /desk/closures/{closure_id}/take-back", AT_DESK, one("/desk/closures/{key}/take-back", "closure", {}))
for figures in ("", ".csv"):
    line(f"GET /desk/use{figures}", ANY_DESK, listed(f"/desk/use{figures}"), told=NEVER)
line("GET /office", "sffff.ff.", listed("/office"), told=NEVER)
line("GET /office/use.csv", "sffff.ff.", listed("/office/use.csv"), told=NEVER)

# Calendars
line("GET /subscribe", PUBLIC, "/subscribe?of=incubators/{incubator}", told=NEVER)
line("GET /me/calendars", SIGNED_IN, "/me/calendars")
line("POST /me/calendars", SIGNED_IN, sending("/me/calendars", name="Phone"))
line("POST /me/calendars/passwords", SIGNED_IN, sending("/me/calendars/passwords", name="Phone"))
line("POST /me/calendars/{feed_id}/revoke", SIGNED_IN, one("/me/calendars/{key}/revoke", "feed", {}))
line("POST /me/calendars/{feed_id}/revoke", ONES_OWN, one("/me/calendars/{key}/revoke", "feed", {}, of="colleague"))
for feed in ("incubators/{incubator}", "spaces/{room}", "gminas/niepolomice", "metropolis/all", "sessions/all"):
    line("GET /calendars", PUBLIC, listed(f"/calendars/{feed}.ics"), told=NEVER)
# By Basic authentication alone: tests/caldav says who sees what.
line("GET /dav", "sssssssss", "/dav/")
line("GET /.well-known/caldav", PUBLIC, "/.well-known/caldav")

# Places: the public
for path in ("gminas", "incubators", "spaces", "holidays?year=2026"):
    line(f"GET /api/{path.split('?')[0]}", PUBLIC, f"/api/{path}")
line("GET /api/gminas/{slug}", PUBLIC, "/api/gminas/{gmina}")
line("GET /api/gminas/{slug}/closures", PUBLIC, "/api/gminas/{gmina}/closures")
line("GET /api/incubators/{slug}", PUBLIC, "/api/incubators/{incubator}")
line("GET /api/spaces/{space_id}", PUBLIC, "/api/spaces/{room}")
line("GET /api/spaces/{space_id}/hours", PUBLIC, "/api/spaces/{room}/hours")
line("GET /", PUBLIC, "/")
line("GET /gminas/{slug}", PUBLIC, "/gminas/{gmina}")
line("GET /photos/{photo_id}", NEVER, "/photos/01890b1e-8a5f-7c3e-9d4e-1a2b3c4d5e6f")
line("GET /drawings/{name}", PUBLIC, "/drawings/room-12.svg")

# Places: the desk
line("POST /api/gminas", ADMINISTRATION, new_gmina, scope=PLACES)
line(
    "PUT /api/gminas/{slug}/details", AT_DESK, sending("/api/gminas/{gmina}/details", brand_pl="Puszcza"), scope=PLACES
)
line("POST /api/incubators", AT_DESK, new_incubator, scope=PLACES)
line(
    "PUT /api/incubators/{slug}/details",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/details", {"name": "X"}),
    scope=PLACES,
)
line(
    "PUT /api/incubators/{slug}/status",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/status", {"status": "closed"}),
    scope=PLACES,
)
line("PUT /api/incubators/{slug}/hours", AT_DESK, in_house("/api/incubators/{house.slug}/hours", WEEK), scope=PLACES)
line(
    "PUT /api/incubators/{slug}/exceptions/{day}",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/exceptions/2026-12-31", {}),
    scope=PLACES,
)
line(
    "DELETE /api/incubators/{slug}/exceptions/{day}",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/exceptions/2026-12-31"),
    also="no_such_exception",
    scope=PLACES,
)
line("GET /api/incubators/{slug}/quotas", AT_DESK, in_house("/api/incubators/{house.slug}/quotas"), scope=PLACES)
line(
    "POST /api/incubators/{slug}/quotas",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/quotas", {"unit": "week", "limits": LIMITS}),
    scope=PLACES,
)
line(
    "PUT /api/incubators/{slug}/quotas/{quota_id}",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/quotas/{house.quota}", LIMITS),
    scope=PLACES,
)
line(
    "POST /api/incubators/{slug}/zones",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/zones", {"name_pl": "Cisza"}),
    scope=PLACES,
)
line(
    "PUT /api/incubators/{slug}/zones/{zone_id}",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/zones/{house.zone}", {"name_pl": "X"}),
    scope=PLACES,
)
line(
    "POST /api/incubators/{slug}/zones/{zone_id}/desks",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/zones/{house.zone}/desks", {"count": 1, "names": {"name_pl": "B"}}),
    scope=PLACES,
)
line(
    "POST /api/incubators/{slug}/spaces",
    AT_DESK,
    in_house("/api/incubators/{house.slug}/spaces", {"kind": "room", "details": DETAILS}),
    scope=PLACES,
)
line("PUT /api/spaces/{space_id}/details", AT_DESK, in_house("/api/spaces/{house.room}/details", DETAILS), scope=PLACES)
line(
    "PUT /api/spaces/{space_id}/rules",
    AT_DESK,
    in_house("/api/spaces/{house.room}/rules", {"grid_minutes": 15}),
    scope=PLACES,
)
line(
    "PUT /api/spaces/{space_id}/parts",
    AT_DESK,
    in_house("/api/spaces/{house.both}/parts", lambda house: {"parts": [str(house.room), str(house.other)]}),
    scope=PLACES,
)
line("PUT /api/spaces/{space_id}/hours", AT_DESK, in_house("/api/spaces/{house.room}/hours", WEEK), scope=PLACES)
line(
    "PUT /api/spaces/{space_id}/exceptions/{day}",
    AT_DESK,
    in_house("/api/spaces/{house.room}/exceptions/2026-12-31", {}),
    scope=PLACES,
)
line(
    "DELETE /api/spaces/{space_id}/exceptions/{day}",
    AT_DESK,
    in_house("/api/spaces/{house.room}/exceptions/2026-12-31"),
    also="no_such_exception",
    scope=PLACES,
)
line("DELETE /api/spaces/{space_id}", AT_DESK, in_house("/api/spaces/{house.both}"), scope=PLACES)
line("DELETE /api/closures/{closure_id}", AT_DESK, closing, scope=PLACES)
line("GET /desk/incubators", ANY_DESK, "/desk/incubators")
line("POST /desk/incubators", ADMINISTRATION, gmina_taken_in)
line("GET /desk/gminas/{slug}", AT_DESK, "/desk/gminas/{gmina}")
line("POST /desk/gminas/{slug}", AT_DESK, gmina_form)
for part, form in (
    ("", {"form": "zone", "name_pl": "Cisza"}),
    ("/hours", {"form": "week", "opens_1_0": "08:00", "closes_1_0": "20:00"}),
    ("/quotas", {"form": "quota", "unit": "week", "name": "Sale"}),
):
    line(f"GET /desk/incubators/{{slug}}{part}", AT_DESK, in_house(f"/desk/incubators/{{house.slug}}{part}"))
    line(
        f"POST /desk/incubators/{{slug}}{part}",
        AT_DESK,
        in_house(f"/desk/incubators/{{house.slug}}{part}", {**form, "version": "1"}),
    )
line("GET /desk/spaces/{space_id}", AT_DESK, in_house("/desk/spaces/{house.room}"))
line(
    "POST /desk/spaces/{space_id}",
    AT_DESK,
    in_house("/desk/spaces/{house.room}", {"form": "details", "version": "1", "name_pl": "X"}),
)
line(
    "POST /desk/spaces/{space_id}/retire",
    AT_DESK,
    in_house("/desk/spaces/{house.both}/retire", {"form": "retire", "version": "1", "sure": "yes"}),
)
line(
    "POST /desk/spaces/{space_id}/photos",
    AT_DESK,
    in_house("/desk/spaces/{house.room}/photos", {"form": "photo", "version": "1", "alt_pl": "X"}),
    also="422",
)

# Oneself
line("GET /api/me", SIGNED_IN, "/api/me", scope="me")
line("PUT /api/me", SIGNED_IN, profile, scope="me")
line("GET /api/me/export", SIGNED_IN, listed("/api/me/export"), told="hh.hhhhhh", scope="me")
line("GET /api/me/invitations", SIGNED_IN, "/api/me/invitations", scope="me")
line(
    "POST /api/me/invitations/{invitation_id}/accept",
    SIGNED_IN,
    invited("/api/me/invitations/{key}/accept", {}),
    scope="me",
)
line(
    "POST /api/me/invitations/{invitation_id}/accept",
    ONES_OWN,
    invited("/api/me/invitations/{key}/accept", {}, to="x@example.com"),
    scope="me",
)
line(
    "POST /api/me/invitations/{invitation_id}/decline",
    SIGNED_IN,
    invited("/api/me/invitations/{key}/decline", {}),
    scope="me",
)
line(
    "POST /api/me/invitations/{invitation_id}/decline",
    ONES_OWN,
    invited("/api/me/invitations/{key}/decline", {}, to="x@example.com"),
    scope="me",
)
line("GET /api/tokens", SIGNED_IN, "/api/tokens", scope="tokens")
line("POST /api/tokens", SIGNED_IN, sending("/api/tokens", name="x", scopes=["tokens"]), scope="tokens")
line("DELETE /api/tokens/{token_id}", SIGNED_IN, one("/api/tokens/{key}", "token"), scope="tokens")
line("DELETE /api/tokens/{token_id}", ONES_OWN, one("/api/tokens/{key}", "token", of="colleague"), scope="tokens")
line("GET /me", SIGNED_IN, "/me")
line("POST /me", SIGNED_IN, sending("/me", name="Anybody", locale="en"))
line("POST /me/password", SIGNED_IN, sending("/me/password", password="three right words"))
line("POST /me/password/drop", SIGNED_IN, sending("/me/password/drop"))
line("POST /me/tokens", SIGNED_IN, sending("/me/tokens", name="x", scopes="me", days="1"))
line("POST /me/tokens/{token_id}/revoke", SIGNED_IN, one("/me/tokens/{key}/revoke", "token", {}))
line("POST /me/tokens/{token_id}/revoke", ONES_OWN, one("/me/tokens/{key}/revoke", "token", {}, of="colleague"))
line("POST /me/sessions/{session_id}/end", SIGNED_IN, one("/me/sessions/{key}/end", "session", {}))
line("POST /me/sessions/others/end", SIGNED_IN, sending("/me/sessions/others/end"))
line("POST /me/sessions/all/end", SIGNED_IN, sending("/me/sessions/all/end"))
line("GET /me/export", SIGNED_IN, listed("/me/export"), told="hh.hhhhhh")
line("GET /me/erase", SIGNED_IN, "/me/erase")
line("POST /me/invitations/{invitation_id}/accept", SIGNED_IN, invited("/me/invitations/{key}/accept", {}))
line(
    "POST /me/invitations/{invitation_id}/accept",
    ONES_OWN,
    invited("/me/invitations/{key}/accept", {}, to="x@example.com"),
)
line("POST /me/invitations/{invitation_id}/decline", SIGNED_IN, invited("/me/invitations/{key}/decline", {}))
line(
    "POST /me/invitations/{invitation_id}/decline",
    ONES_OWN,
    invited("/me/invitations/{key}/decline", {}, to="x@example.com"),
)

# Organisations
NEW_ORG = {"name": "Nowa", "kind": "startup"}


async def found(world: World) -> Made:
    return "/api/organisations", {**NEW_ORG, "gmina_id": str(world.gmina_id)}


async def found_form(world: World) -> Made:
    return "/organisations/new", {**NEW_ORG, "gmina_id": str(world.gmina_id)}


async def change_org(world: World) -> Made:
    return f"/api/organisations/{await world.org()}", {**NEW_ORG, "gmina_id": str(world.gmina_id)}


async def edit_form(world: World) -> Made:
    form = {**NEW_ORG, "gmina_id": str(world.gmina_id), "version": "1"}
    return f"/organisations/{await world.org()}/edit", form


line("GET /api/organisations", SIGNED_IN, "/api/organisations", scope=SEE_ORGS)
line("POST /api/organisations", SIGNED_IN, found, scope=CHANGE_ORGS)
line("GET /api/organisations/{organisation_id}", ORGANISATION, of_org("/api/organisations/{org}"), scope=SEE_ORGS)
line("PUT /api/organisations/{organisation_id}", ITS_OWNERS, change_org, scope=CHANGE_ORGS)
line(
    "POST /api/organisations/{organisation_id}/close",
    ITS_OWNERS,
    of_org("/api/organisations/{org}/close", {}),
    scope=CHANGE_ORGS,
)
line(
    "GET /api/organisations/{organisation_id}/members",
    ORGANISATION,
    of_org("/api/organisations/{org}/members"),
    scope=SEE_ORGS,
)
line(
    "PUT /api/organisations/{organisation_id}/members/{account_id}",
    ITS_OWNERS,
    of_org("/api/organisations/{org}/members/{third}", {"role": "owner"}),
    scope=CHANGE_ORGS,
)
line(
    "DELETE /api/organisations/{organisation_id}/members/{account_id}",
    ITS_OWNERS,
    of_org("/api/organisations/{org}/members/{third}"),
    scope=CHANGE_ORGS,
)
line(
    "GET /api/organisations/{organisation_id}/invitations",
    ITS_PEOPLE,
    of_org("/api/organisations/{org}/invitations"),
    scope=SEE_ORGS,
)
line(
    "POST /api/organisations/{organisation_id}/invitations",
    ITS_OWNERS,
    of_org("/api/organisations/{org}/invitations", {"email": "x@example.com"}),
    scope=CHANGE_ORGS,
)
line(
    "DELETE /api/organisations/{organisation_id}/invitations/{invitation_id}",
    "shhhhhfh.",
    invited("/api/organisations/{org}/invitations/{key}"),
    scope=CHANGE_ORGS,
)
line("GET /organisations/new", SIGNED_IN, "/organisations/new")
line("POST /organisations/new", SIGNED_IN, found_form)
line("GET /organisations/{organisation_id}", ORGANISATION, of_org("/organisations/{org}"))
line("GET /organisations/{organisation_id}/edit", ITS_OWNERS, of_org("/organisations/{org}/edit"))
line("POST /organisations/{organisation_id}/edit", ITS_OWNERS, edit_form)
line("POST /organisations/{organisation_id}/close", ITS_OWNERS, of_org("/organisations/{org}/close", {}))
line(
    "POST /organisations/{organisation_id}/invitations",
    ITS_OWNERS,
    of_org("/organisations/{org}/invitations", {"email": "x@example.com"}),
)
line(
    "POST /organisations/{organisation_id}/members/{account_id}/role",
    ITS_OWNERS,
    of_org("/organisations/{org}/members/{third}/role", {"role": "owner"}),
)
line(
    "POST /organisations/{organisation_id}/members/{account_id}/remove",
    ITS_OWNERS,
    of_org("/organisations/{org}/members/{third}/remove", {}),
)
line(
    "POST /organisations/{organisation_id}/invitations/{invitation_id}/withdraw",
    "shhhhhfh.",
    invited("/organisations/{org}/invitations/{key}/withdraw", {}),
)
line("GET /invitations/{secret}", PUBLIC, invited("/invitations/{secret}"))

# The door, the administrator, the rest
line("GET /sign-in", PUBLIC, "/sign-in")
line("GET /sign-in/sent", PUBLIC, "/sign-in/sent")
line("GET /sign-in/erased", PUBLIC, "/sign-in/erased")
line("GET /sign-in/{secret}", PUBLIC, one("/sign-in/{key}", "link"))
line("POST /sign-in", PUBLIC, sending("/sign-in", email="anybody@example.com"))
line(
    "POST /sign-in/password",
    PUBLIC,
    sending("/sign-in/password", email="anybody@example.com", password="x"),
    also="401",
)
line("POST /sign-in/{secret}", PUBLIC, one("/sign-in/{key}", "link", {"name": "Anybody"}))
line("POST /sign-out", SIGNED_IN, sending("/sign-out"))
line("GET /admin/people", ADMINISTRATION, "/admin/people")
line("POST /admin/people/roles", ADMINISTRATION, grant_form)
line(
    "POST /admin/people/roles/{grant_id}/withdraw",
    ADMINISTRATION,
    one("/admin/people/roles/{key}/withdraw", "grant", {}),
)
for path in (
    "/accessibility",
    "/privacy",
    "/robots.txt",
    "/docs/api",
    "/docs/errors",
    "/health/live",
    "/health/ready",
    "/metrics",
):
    line(f"GET {path}", PUBLIC, path)
line("POST /me/erase", SIGNED_IN, erase_form, also="409")

OF_THE_HOUSE = len(LINES)
"""Of people, places and bookings; those of other features follow."""
