"""Forms that are refused, one line each: where they stand, what is typed, and what the browser itself
would have stopped is let through. A new form gets a line here."""

from dataclasses import dataclass

from tests.browser.house import LINK
from tests.browser.sights import (
    ADMINISTRATOR,
    COMING,
    COORDINATOR,
    DESK,
    MEMBER,
    OWN,
    OWNER,
    SERIES,
    SPACE,
    Sight,
    bookings,
)

LONG = "x" * 300
TAKEN = """
    SELECT incubator.slug, space.slug AS space_slug, to_char(lower(period) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') AS start,
        to_char(upper(period) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') AS end
    FROM clock, booking JOIN space ON space.id = space_id JOIN incubator ON incubator.id = booking.incubator_id
    WHERE incubator.slug = 'las' AND space.kind = 'room' AND state = 'confirmed' AND lower(period) > clock.now + interval '1 day'
    ORDER BY lower(period) LIMIT 1"""
TAKEN_ROOM = """
    SELECT space.id::text AS space_id, to_char(lower(period) AT TIME ZONE 'Europe/Warsaw', 'YYYY-MM-DD') AS day
    FROM clock, booking JOIN space ON space.id = space_id JOIN incubator ON incubator.id = booking.incubator_id
    WHERE incubator.slug = 'las' AND space.slug = 'l' AND state = 'confirmed' AND lower(period) > clock.now + interval '1 day'
    ORDER BY lower(period) LIMIT 1"""
ZONE = "SELECT 'las' AS slug, zone.slug AS zone_slug FROM zone JOIN incubator ON incubator.id = incubator_id WHERE incubator.slug = 'las'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """`form` is a CSS selector on the page that `at` finds; `typed` is what its fields hold, with the
    columns of what was found filled in, a tick being "on" or ""."""

    at: Sight
    form: str
    typed: dict[str, str]

    def __str__(self) -> str:
        return f"{self.at} {self.form}"


def of(what: str) -> str:
    """The form of a desk's page that does `what`."""
    return f'form:has([name="form"][value="{what}"])'


REFUSALS = (
    # ---- people ----
    Refusal(at=Sight(path="/sign-in"), form='[action="/sign-in"]', typed={"email": "nobody"}),
    Refusal(
        at=Sight(path="/sign-in"),
        form='[action="/sign-in/password"]',
        typed={"email": "lena.dabek@demo.invalid", "password": "not this one"},
    ),
    Refusal(
        at=Sight(path="/sign-in/{secret}", find=f"SELECT '{LINK}' AS secret"), form="main form", typed={"name": ""}
    ),
    Refusal(at=Sight(path="/me", who=MEMBER), form='[action="/me"]', typed={"name": ""}),
    Refusal(at=Sight(path="/me", who=MEMBER), form='[action="/me/password"]', typed={"password": "short"}),
    Refusal(at=Sight(path="/me", who=MEMBER), form='[action="/me/tokens"]', typed={"name": "robot", "days": "0"}),
    Refusal(at=Sight(path="/me/erase", who=MEMBER), form="main form", typed={"confirmation": "somebody@else.example"}),
    Refusal(at=Sight(path="/subscribe"), form=".choose", typed={"of": "incubators/nowhere"}),
    Refusal(
        at=Sight(path="/subscribe", query="of=sessions/all"),
        form=".narrowing",
        typed={"first": "2026-12-31", "last": "2026-01-01"},
    ),
    Refusal(at=Sight(path="/me/calendars", who=MEMBER), form='[action="/me/calendars"]', typed={"name": LONG}),
    Refusal(
        at=Sight(path="/me/calendars", who=MEMBER), form='[action="/me/calendars/passwords"]', typed={"name": LONG}
    ),
    Refusal(at=Sight(path="/me/calendars", who=COORDINATOR), form='[action="/me/calendars"]', typed={"of": "desk:x"}),
    Refusal(
        at=Sight(path="/organisations/new", who=MEMBER), form="main form", typed={"name": "Nowa", "nip": "1111111111"}
    ),
    Refusal(
        at=Sight(path="/organisations/{organisation_id}/edit", who=OWNER, find=OWN),
        form="main form",
        typed={"name": ""},
    ),
    Refusal(
        at=Sight(path="/organisations/{organisation_id}", who=OWNER, find=OWN),
        form='[action$="/invitations"]',
        typed={"email": "nobody"},
    ),
    Refusal(
        at=Sight(path="/admin/people", who=ADMINISTRATOR),
        form='[action="/admin/people/roles"]',
        typed={"email": "lena.dabek@demo.invalid", "role": "coordinator", "gmina_id": ""},
    ),
    # ---- bookings ----
    Refusal(
        at=Sight(path="/incubators/{slug}/{space_slug}", what="taken", who=MEMBER, find=TAKEN),
        form='#book [action$="/hold"]',
        typed={"start": "{start}", "end": "{end}"},
    ),
    Refusal(
        at=Sight(path="/incubators/{slug}/zones/{zone_slug}", what="nothing chosen", who=MEMBER, find=ZONE),
        form='#book [action$="/hold"]',
        typed={"end": ""},
    ),
    Refusal(
        at=bookings("/bookings/{booking_id}/confirm", "terms not read", "booking.state = 'held'"),
        form='[action$="/confirm"]',
        typed={"agreed": ""},
    ),
    Refusal(
        at=bookings("/bookings/{booking_id}/move", "nothing chosen", "booking.state = 'awaiting_approval'"),
        form='[action$="/move"]',
        typed={"end": ""},
    ),
    Refusal(
        at=bookings("/bookings/{booking_id}/repeat", "a day too many", f"{COMING} AND series_id IS NULL"),
        form='[action$="/repeat"][method="get"]',
        typed={"count": "9999"},
    ),
    Refusal(
        at=Sight(path="/bookings/series/{series_id}", who=MEMBER, find=SERIES),
        form='[action$="/change"]',
        typed={"start": "", "end": ""},
    ),
    Refusal(
        at=Sight(path="/bookings/series/{series_id}", what="of the coordinator", who=COORDINATOR, find=SERIES),
        form='[action$="/cancel"]',
        typed={"reason": "", "which": "all"},
    ),
    # ---- the coordinator's desk ----
    Refusal(at=Sight(path="/desk/requests", who=COORDINATOR), form='[action$="/decline"]', typed={"reason": ""}),
    Refusal(at=Sight(path="/desk/block", who=COORDINATOR), form='[action="/desk/block"]', typed={"reason": ""}),
    Refusal(
        at=Sight(path="/desk/block", what="over a booking", who=COORDINATOR, find=TAKEN_ROOM),
        form='[action="/desk/block"]',
        typed={
            "space": "{space_id}",
            "from_day": "{day}",
            "from_time": "00:00",
            "to_day": "{day}",
            "to_time": "23:00",
            "reason": "Remont",
        },
    ),
    Refusal(at=Sight(path="/desk/close", who=COORDINATOR), form='[action="/desk/close"]', typed={"reason_pl": ""}),
    Refusal(
        at=Sight(path="/desk/gminas/{slug}", who=COORDINATOR, find="SELECT 'niepolomice' AS slug"),
        form=of("details"),
        typed={"brand_pl": LONG},
    ),
    Refusal(
        at=Sight(path="/desk/gminas/{slug}", who=COORDINATOR, find="SELECT 'niepolomice' AS slug"),
        form=of("incubator"),
        typed={"name": "LAS", "code": ""},
    ),
    Refusal(
        at=Sight(path="/desk/incubators", who=ADMINISTRATOR), form=of("gmina"), typed={"name": "X", "terc": "12190"}
    ),
    Refusal(
        at=Sight(path="/desk/incubators/{slug}", who=COORDINATOR, find=DESK), form=of("space"), typed={"name_pl": ""}
    ),
    Refusal(
        at=Sight(path="/desk/incubators/{slug}", who=COORDINATOR, find=DESK),
        form=of("joined"),
        typed={"name_pl": "L i pół"},
    ),
    Refusal(
        at=Sight(path="/desk/incubators/{slug}", who=COORDINATOR, find=DESK), form=of("zone"), typed={"name_pl": ""}
    ),
    Refusal(
        at=Sight(path="/desk/incubators/{slug}", who=COORDINATOR, find=DESK),
        form=of("details"),
        typed={"postcode": "0"},
    ),
    Refusal(
        at=Sight(path="/desk/incubators/{slug}/hours", who=COORDINATOR, find=DESK),
        form=of("week"),
        typed={"opens_1_0": "10:00", "closes_1_0": "09:00"},
    ),
    Refusal(
        at=Sight(path="/desk/incubators/{slug}/hours", who=COORDINATOR, find=DESK),
        form=of("exception"),
        typed={"day": ""},
    ),
    Refusal(
        at=Sight(path="/desk/incubators/{slug}/quotas", who=COORDINATOR, find=DESK),
        form=of("quota"),
        typed={"name": ""},
    ),
    Refusal(
        at=Sight(path="/desk/spaces/{space_id}", who=COORDINATOR, find=f"{SPACE} 'l'"),
        form=of("details"),
        typed={"name_pl": ""},
    ),
    Refusal(
        at=Sight(path="/desk/spaces/{space_id}", who=COORDINATOR, find=f"{SPACE} 'l'"),
        form=of("rules"),
        typed={"shortest_minutes": "999"},
    ),
)
