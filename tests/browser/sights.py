"""Every page of the service, one line each: who may see it, and how a concrete one is found.

A page that is added to the service gets a line here; a test compares this table with the routes.
`find` is SQL for one row whose columns fill in the path and the query, with `me` (the account of
`who`) and `clock` (the house's now) at hand. Where it has a column `who`, that is who looks.
"""

from dataclasses import dataclass

from incubator.bookings.states import State
from tests.browser.house import INVITATION, LINK

MEMBER = "lena.dabek"
"""Of Puszcza Robotics, a startup of Niepołomice."""
OWNER = "adam.zubrowicz"
COORDINATOR = "koordynator.niepolomice"
OFFICE = "biuro.smk"
ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """`path` as the service knows it; `what` tells sights of one page apart; `status` is the answer."""

    path: str
    what: str = ""
    who: str = ""
    find: str = ""
    query: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.path} {self.what}".strip()


def bookings(path: str, what: str, which: str, *, who: str = "", query: str = "") -> Sight:
    """A page of a booking that `which` describes: seen by who made it, or by `who`."""
    find = f"""
        SELECT booking.id AS booking_id, coalesce(nullif('{who}', ''), split_part(account.email, '@', 1)) AS who
        FROM clock, booking JOIN account ON account.id = booking.account_id JOIN space ON space.id = space_id
        JOIN incubator ON incubator.id = booking.incubator_id WHERE {which} ORDER BY lower(period), booking.id LIMIT 1"""
    return Sight(path=path, what=what, find=find, query=query)


COMING = "booking.state = 'confirmed' AND lower(period) > clock.now + interval '4 days'"
IN_SERIES = "booking.series_id IS NOT NULL AND booking.state = 'confirmed'"
EVERY_DAY = "every_weeks=1&weekdays=1&weekdays=3&weekdays=7&end=until&until=2026-10-31"
SERIES = "SELECT id AS series_id FROM series LIMIT 1"
AT_LAS = "incubator.slug = 'las'"
OWN = "SELECT organisation_id FROM membership JOIN me ON me.id = account_id"
DESK = "SELECT 'las' AS slug"
TAKEN = """
    SELECT incubator.slug, space.slug AS space_slug, (lower(period) AT TIME ZONE 'Europe/Warsaw')::date AS day,
        to_char(lower(period) AT TIME ZONE 'Europe/Warsaw', 'HH24:MI') AS clock
    FROM clock, booking JOIN space ON space.id = space_id JOIN incubator ON incubator.id = booking.incubator_id
    WHERE booking.state = 'confirmed' AND lower(period) > clock.now + interval '4 days'
        AND space.grid_minutes < 1440 AND space.zone_id IS NULL ORDER BY lower(period), booking.id LIMIT 1"""
PROGRAMME = "SELECT slug FROM programme WHERE state <> 'draft' ORDER BY slug LIMIT 1"
SPACE = """
    SELECT space.id AS space_id FROM space JOIN incubator ON incubator.id = incubator_id
    WHERE incubator.slug = 'las' AND space.slug = """

SIGHTS = (
    # ---- places ----
    Sight(path="/"),
    Sight(path="/", what="of a member", who=MEMBER),
    Sight(path="/gminas/{slug}", find="SELECT 'niepolomice' AS slug"),
    Sight(path="/gminas/{slug}", what="of its coordinator", who=COORDINATOR, find="SELECT 'niepolomice' AS slug"),
    Sight(path="/incubators/{slug}", find="SELECT 'las' AS slug"),
    Sight(path="/incubators/{slug}", what="of a member", who=MEMBER, find="SELECT 'klaster-zablocie' AS slug"),
    Sight(path="/incubators/{slug}", what="next week", find="SELECT 'las' AS slug", query="date=2026-09-16"),
    Sight(
        path="/incubators/{slug}",
        what="offices next week",
        find="SELECT 'klaster-zablocie' AS slug",
        query="date=2026-09-16",
    ),
    Sight(path="/incubators/{slug}", what="too far ahead", find="SELECT 'las' AS slug", query="date=2027-09-16"),
    Sight(path="/incubators/{slug}", what="narrowed", find="SELECT 'las' AS slug", query="kind=room&people=10"),
    Sight(path="/incubators/{slug}", what="nothing fits", find="SELECT 'las' AS slug", query="people=9999"),
    Sight(path="/incubators/{slug}/{space_slug}", find="SELECT 'las' AS slug, 'l-a' AS space_slug"),
    Sight(
        path="/incubators/{slug}/{space_slug}",
        what="with a time chosen",
        who=MEMBER,
        find="SELECT 'las' AS slug, 'l' AS space_slug",
        query="date=2026-09-14&at=10:00",
    ),
    Sight(
        path="/incubators/{slug}/{space_slug}",
        what="with a taken time chosen",
        who=MEMBER,
        find=TAKEN,
        query="date={day}&at={clock}",
    ),
    Sight(
        path="/incubators/{slug}/{space_slug}",
        what="let by the day",
        who=MEMBER,
        find="SELECT 'klaster-zablocie' AS slug, 'biuro-2' AS space_slug",
        query="date=2026-09-21",
    ),
    Sight(
        path="/incubators/{slug}/{space_slug}",
        what="on a closed day",
        find="SELECT 'las' AS slug, 'l' AS space_slug",
        query="date=2026-09-13",
    ),
    Sight(
        path="/incubators/{slug}/zones/{zone_slug}",
        who=MEMBER,
        find="SELECT incubator.slug, zone.slug AS zone_slug FROM zone JOIN incubator ON incubator.id = incubator_id"
        " WHERE incubator.slug = 'las' LIMIT 1",
    ),
    # ---- bookings ----
    Sight(path="/bookings", who=MEMBER),
    Sight(path="/bookings", what="none yet", who=ADMINISTRATOR),
    Sight(path="/bookings/past", who=MEMBER),
    Sight(path="/bookings/past", what="none yet", who=ADMINISTRATOR),
    *(bookings("/bookings/{booking_id}", str(state), f"booking.state = '{state}'") for state in State),
    bookings("/bookings/{booking_id}", "of the coordinator", f"{COMING} AND {AT_LAS}", who=COORDINATOR),
    bookings("/bookings/{booking_id}/confirm", "", "booking.state = 'held'"),
    bookings("/bookings/{booking_id}/done", "booked", COMING),
    bookings("/bookings/{booking_id}/done", "to be paid", "booking.state = 'awaiting_payment'"),
    bookings("/bookings/{booking_id}/done", "request sent", "booking.state = 'awaiting_approval'"),
    bookings("/bookings/{booking_id}/move", "", COMING),
    bookings("/bookings/{booking_id}/move", "begun", "booking.state = 'checked_in' AND upper(period) > clock.now"),
    bookings("/bookings/{booking_id}/move", "closed day", COMING, query="date=2026-09-13"),
    bookings("/bookings/{booking_id}", "of a series", IN_SERIES),
    bookings("/bookings/{booking_id}/repeat", "", f"{COMING} AND series_id IS NULL"),
    bookings("/bookings/{booking_id}/repeat", "narrow", f"{COMING} AND series_id IS NULL", query=EVERY_DAY),
    Sight(path="/bookings/series/{series_id}", who=MEMBER, find=SERIES),
    Sight(path="/bookings/series/{series_id}", what="of the coordinator", who=COORDINATOR, find=SERIES),
    Sight(path="/bookings/series/{series_id}", what="from a date on", who=MEMBER, find=SERIES, query="occurrence=3"),
    # ---- people ----
    Sight(path="/sign-in"),
    Sight(path="/sign-in/sent"),
    Sight(path="/sign-in/{secret}", find=f"SELECT '{LINK}' AS secret"),
    Sight(path="/sign-in/erased"),
    Sight(path="/invitations/{secret}", find=f"SELECT '{INVITATION}' AS secret"),
    Sight(path="/invitations/{secret}", what="of another", who=MEMBER, find=f"SELECT '{INVITATION}' AS secret"),
    Sight(path="/me", who=MEMBER),
    Sight(path="/me", what="of a coordinator", who=COORDINATOR),
    Sight(path="/me/erase", who=MEMBER),
    Sight(path="/me/calendars", who=MEMBER),
    Sight(path="/subscribe"),
    Sight(path="/subscribe", what="to an incubator", query="of=incubators/las"),
    Sight(path="/subscribe", what="to a space", who=MEMBER, find=SPACE + "'l'", query="of=spaces/{space_id}"),
    Sight(path="/subscribe", what="to knowledge exchange", query="of=sessions/all&kinds=workshop"),
    Sight(path="/subscribe", what="to all of a programme", find=PROGRAMME, query="of=programmes/{slug}"),
    Sight(path="/subscribe", what="to nothing there is", query="of=incubators/nowhere", status=404),
    Sight(path="/me/calendars", what="of a coordinator", who=COORDINATOR),
    Sight(path="/me/calendars", what="of a mentor", who="barbara.kompas"),
    Sight(path="/organisations/new", who=MEMBER),
    Sight(path="/organisations/{organisation_id}", what="of a member", who=MEMBER, find=OWN),
    Sight(path="/organisations/{organisation_id}", what="of its owner", who=OWNER, find=OWN),
    Sight(path="/organisations/{organisation_id}/edit", who=OWNER, find=OWN),
    Sight(path="/admin/people", who=ADMINISTRATOR),
    Sight(path="/admin/people", what="nobody found", who=ADMINISTRATOR, query="q=nobody-of-this-name"),
    # ---- the coordinator's desk ----
    Sight(path="/desk", who=COORDINATOR),
    Sight(path="/desk", what="of many places", who=ADMINISTRATOR),
    Sight(path="/desk/requests", who=COORDINATOR),
    Sight(path="/desk/requests", what="none", who="koordynator.mogilany"),
    Sight(path="/desk/incubators/{slug}/day", who=COORDINATOR, find=DESK),
    Sight(path="/desk/incubators/{slug}/day", what="closed", who=COORDINATOR, find=DESK, query="date=2026-09-13"),
    Sight(path="/desk/incubators/{slug}/day", what="of a space", who=COORDINATOR, find=DESK, query="space=l"),
    Sight(path="/desk/incubators/{slug}/week", who=COORDINATOR, find=DESK),
    Sight(path="/desk/incubators/{slug}/week", what="next", who=COORDINATOR, find=DESK, query="date=2026-09-16"),
    Sight(path="/desk/incubators/{slug}/line", who=COORDINATOR, find=DESK),
    Sight(path="/desk/block", who=COORDINATOR),
    Sight(path="/desk/close", who=COORDINATOR),
    Sight(path="/desk/use", who=COORDINATOR),
    Sight(path="/office/exchange", who="biuro.smk"),
    Sight(path="/office/exchange", what="a year", who="biuro.smk", query="from=2026-01-01&to=2026-12-31"),
    Sight(path="/desk/exchange/figures", who=COORDINATOR),
    Sight(path="/desk/use", what="last month", who=COORDINATOR, query="from=2026-08-01&to=2026-08-31"),
    Sight(path="/office", who=OFFICE),
    Sight(path="/office", what="all open", who=OFFICE, query="open=all"),
    Sight(path="/office", what="refused", who=OFFICE, query="from=2026-09-30&to=2026-09-01", status=422),
    Sight(path="/desk/incubators", who=COORDINATOR),
    Sight(path="/desk/incubators", what="of the administrator", who=ADMINISTRATOR),
    Sight(path="/desk/gminas/{slug}", who=COORDINATOR, find="SELECT 'niepolomice' AS slug"),
    Sight(path="/desk/incubators/{slug}", who=COORDINATOR, find=DESK),
    Sight(path="/desk/incubators/{slug}/hours", who=COORDINATOR, find=DESK),
    Sight(path="/desk/incubators/{slug}/quotas", who=COORDINATOR, find=DESK),
    Sight(path="/desk/spaces/{space_id}", what="room", who=COORDINATOR, find=f"{SPACE} 'l'"),
    Sight(path="/desk/spaces/{space_id}", what="joined", who=COORDINATOR, find=f"{SPACE} 'l-a'"),
    # ---- the house ----
    Sight(path="/accessibility"),
    Sight(path="/privacy"),
    Sight(path="/docs/api"),
    Sight(path="/docs/errors"),
    Sight(path="/demo/mailbox"),
    # ---- refusals ----
    Sight(path="/nothing-of-this-name", what="not there", status=404),
    Sight(path="/incubators/{slug}", what="no such incubator", find="SELECT 'gone' AS slug", status=404),
    Sight(path="/desk/incubators", what="of a member", who=MEMBER, status=403),
    Sight(path="/desk/incubators/{slug}", what="of another gmina", who="koordynator.skawina", find=DESK, status=403),
    Sight(path="/admin/people", what="of a coordinator", who=COORDINATOR, status=403),
    Sight(
        path="/sign-in/{secret}",
        what="link used up",
        find="SELECT 'used-up-long-ago-xxxxxxxxxxxx' AS secret",
        status=410,
    ),
)

NO_PAGES = {
    "/photos/{photo_id}": "a picture",
    "/drawings/{name}": "a picture",
    "/me/export": "a file to keep",
    "/bookings/{booking_id}/move/price": "a part of the page that moves it",
    "/bookings/series/{series_id}/going-back": "a part of the page of the series",
    "/bookings/{booking_id}/event.ics": "an entry for a calendar",
    "/desk/use.csv": "a table for a spreadsheet",
    "/office/exchange.csv": "a table for a spreadsheet",
    "/desk/exchange/figures.csv": "a table for a spreadsheet",
    "/office/use.csv": "a table for a spreadsheet",
    "/robots.txt": "for search engines",
    "/demo/sign-in/{who}": "a door that leads on at once",
}
"""What is read with GET and shows no page, with the reason."""
