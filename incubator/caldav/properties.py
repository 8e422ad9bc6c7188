"""What there is to know of each thing, as XML by name of property. Pure."""

from collections.abc import Callable, Mapping
from email.utils import format_datetime

from incubator.caldav import names
from incubator.caldav.access import LONG, access
from incubator.caldav.answers import Told, Values, element, empty, link, text
from incubator.caldav.asked import Wanted
from incubator.caldav.data import WHOLE, Data, written
from incubator.caldav.filters import COLLATIONS
from incubator.caldav.paths import Collection, Home, Resource, Root
from incubator.caldav.shelf import About, Thing
from incubator.calendars.write import single


def reports(*known: str) -> str:
    return "".join(
        element(names.dav("supported-report"), element(names.dav("report"), empty(name)))
        for name in (*known, names.EXPAND_PROPERTY)
    )


OF_PEOPLE = reports(names.PRINCIPAL_MATCH)
OF_THINGS = reports(names.MULTIGET, names.QUERY)
OF_CALENDARS = reports(names.SYNC_COLLECTION, names.MULTIGET, names.QUERY, names.BUSY_QUERY)
COMPARED = "".join(element(names.COLLATION, text(name)) for name in COLLATIONS)
EVENTS = '<c:comp name="VEVENT"/>'
DATA = '<c:calendar-data content-type="text/calendar" version="2.0"/>'
WARSAW = text(single(()).decode())
COLLECTION = empty(names.dav("collection"))
CALENDAR = COLLECTION + empty(names.caldav("calendar"))
ONLY_WHEN_NAMED = {
    *(names.DESCRIPTION, names.TIMEZONE, names.COMPONENTS, names.DATA_TYPES, names.COLLATIONS, names.HOME_SET),
    *(names.SUPPORTED_REPORTS, names.SYNC_TOKEN, *LONG),
}
"""What the standards want to be told to nobody who asks for everything (RFC 4791, 5.2; RFC 3253; RFC 3744; RFC 6578)."""


def of_root(account: Home) -> Values:
    return {names.RESOURCE_TYPE: COLLECTION, names.SUPPORTED_REPORTS: OF_PEOPLE, **access(account)}


def of_home(account: Home, *, name: str, mail: str) -> Values:
    """A person and the home of their calendars are one place."""
    return {
        names.RESOURCE_TYPE: COLLECTION + empty(names.dav("principal")),
        names.DISPLAY_NAME: text(name),
        names.PRINCIPAL_URL: link(account.href),
        names.HOME_SET: link(account.href),
        names.ADDRESS_SET: link(f"mailto:{mail}"),
        names.ALSO_AT: "",
        names.GROUPS: "",
        names.SUPPORTED_REPORTS: OF_PEOPLE,
        **access(account),
    }


def of_collection(about: About, account: Home) -> Values:
    return {
        names.RESOURCE_TYPE: CALENDAR,
        names.DISPLAY_NAME: text(about.name),
        names.DESCRIPTION: text(about.description),
        names.COLOR: about.color,
        names.COMPONENTS: EVENTS,
        names.DATA_TYPES: DATA,
        names.COLLATIONS: COMPARED,
        names.TIMEZONE: WARSAW,
        names.SUPPORTED_REPORTS: OF_CALENDARS,
        names.CTAG: text(about.token),
        names.SYNC_TOKEN: text(about.token),
        **access(account),
    }


OF_THING: Mapping[str, Callable[[Thing], str]] = {
    names.RESOURCE_TYPE: lambda _: "",
    names.ETAG: lambda thing: text(thing.etag),
    names.CONTENT_TYPE: lambda _: "text/calendar; charset=utf-8; component=VEVENT",
    names.CONTENT_LENGTH: lambda thing: str(len(thing.octets)),
    names.LAST_MODIFIED: lambda thing: format_datetime(thing.changed_at, usegmt=True),
    names.COLLATIONS: lambda _: COMPARED,
    names.SUPPORTED_REPORTS: lambda _: OF_THINGS,
}


def of_thing(thing: Thing, account: Home, wanted: Wanted) -> Values:
    """Of its own properties no more than is wanted is worked out: there are thousands of things in one answer."""
    asked = [name for name in wanted.named if name in OF_THING] if wanted.named else OF_THING
    values = {**{name: OF_THING[name](thing) for name in asked}, **access(account)}
    if wanted.data is not None:
        values[names.CALENDAR_DATA] = text(_told_of(thing, wanted.data).decode())
    return values


def _told_of(thing: Thing, data: Data) -> bytes:
    return thing.octets if data == WHOLE else written(thing.entries, data)


def told(place: Root | Home | Collection | Resource, values: Values, wanted: Wanted) -> Told:
    """Of `values` what is wanted."""
    if not wanted.named:
        if not wanted.values:
            return Told(place.href, dict.fromkeys(values, ""))
        return Told(place.href, {name: value for name, value in values.items() if name not in ONLY_WHEN_NAMED})
    known = {name: values[name] for name in wanted.named if name in values}
    return Told(place.href, known, tuple(name for name in wanted.named if name not in values))
