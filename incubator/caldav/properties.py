"""What there is to know of each thing, as XML by name of property. Pure."""

from email.utils import format_datetime

from incubator.caldav import names
from incubator.caldav.answers import Told, Values, element, empty, link, text
from incubator.caldav.asked import Wanted
from incubator.caldav.data import WHOLE, Data, written
from incubator.caldav.paths import Collection, Home, Resource, Root
from incubator.caldav.shelf import About, Thing

READ = "".join(
    element(names.dav("privilege"), empty(names.dav(name))) for name in ("read", "read-current-user-privilege-set")
)
REPORTS = "".join(
    element(names.dav("supported-report"), element(names.dav("report"), empty(name)))
    for name in (names.SYNC_COLLECTION, names.MULTIGET, names.QUERY, names.BUSY_QUERY)
)
EVENTS = '<c:comp name="VEVENT"/>'
DATA = '<c:calendar-data content-type="text/calendar" version="2.0"/>'
COLLECTION = empty(names.dav("collection"))
CALENDAR = COLLECTION + empty(names.caldav("calendar"))


def of_root(account: Home) -> Values:
    return {names.RESOURCE_TYPE: COLLECTION, **_of_all(account)}


def of_home(account: Home, *, name: str, mail: str) -> Values:
    """A person and the home of their calendars are one place."""
    return {
        names.RESOURCE_TYPE: COLLECTION + empty(names.dav("principal")),
        names.DISPLAY_NAME: text(name),
        names.PRINCIPAL_URL: link(account.href),
        names.HOME_SET: link(account.href),
        names.ADDRESS_SET: link(f"mailto:{mail}"),
        **_of_all(account),
    }


def of_collection(about: About, account: Home) -> Values:
    return {
        names.RESOURCE_TYPE: CALENDAR,
        names.DISPLAY_NAME: text(about.name),
        names.DESCRIPTION: text(about.description),
        names.COLOR: about.color,
        names.COMPONENTS: EVENTS,
        names.DATA_TYPES: DATA,
        names.SUPPORTED_REPORTS: REPORTS,
        names.CTAG: text(about.token),
        names.SYNC_TOKEN: text(about.token),
        **_of_all(account),
    }


def of_thing(thing: Thing, account: Home, data: Data | None) -> Values:
    """`data` is what of its own text is told, if any."""
    octets = b"" if data is None else thing.octets if data == WHOLE else written(thing.entries, data)
    return {
        names.RESOURCE_TYPE: "",
        names.ETAG: text(thing.etag),
        names.CONTENT_TYPE: "text/calendar; charset=utf-8; component=VEVENT",
        names.CONTENT_LENGTH: str(len(thing.octets)),
        names.LAST_MODIFIED: format_datetime(thing.changed_at, usegmt=True),
        **({names.CALENDAR_DATA: text(octets.decode())} if octets else {}),
        **_of_all(account),
    }


def told(place: Root | Home | Collection | Resource, values: Values, wanted: Wanted) -> Told:
    """Of `values` what is wanted."""
    if not wanted.named:
        return Told(place.href, values if wanted.values else dict.fromkeys(values, ""))
    known = {name: values[name] for name in wanted.named if name in values}
    return Told(place.href, known, tuple(name for name in wanted.named if name not in values))


def _of_all(account: Home) -> Values:
    return {
        names.CURRENT_PRINCIPAL: link(account.href),
        names.OWNER: link(account.href),
        names.PRIVILEGES: READ,
    }
