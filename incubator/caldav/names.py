"""Names of elements and properties as the standards spell them, in Clark's notation ({namespace}name)."""

DAV, CALDAV, SERVER, APPLE = (
    "DAV:",
    "urn:ietf:params:xml:ns:caldav",
    "http://calendarserver.org/ns/",
    "http://apple.com/ns/ical/",
)
PREFIXES = {DAV: "d", CALDAV: "c", SERVER: "s", APPLE: "a"}


def dav(name: str) -> str:
    return f"{{{DAV}}}{name}"


def caldav(name: str) -> str:
    return f"{{{CALDAV}}}{name}"


# RFC 4918, RFC 3253 (reports), RFC 3744 (access control), RFC 5397 (current-user-principal), RFC 6578 (synchronisation).
PROPFIND, PROP, PROP_NAME = map(dav, ("propfind", "prop", "propname"))
HREF = dav("href")
SYNC_COLLECTION, SYNC_TOKEN, LIMIT, N_RESULTS = map(dav, ("sync-collection", "sync-token", "limit", "nresults"))
RESOURCE_TYPE, DISPLAY_NAME, ETAG, CONTENT_TYPE, CONTENT_LENGTH, LAST_MODIFIED = map(
    dav, ("resourcetype", "displayname", "getetag", "getcontenttype", "getcontentlength", "getlastmodified")
)
EXPAND_PROPERTY, PROPERTY = map(dav, ("expand-property", "property"))
PRINCIPAL_MATCH, SELF, SUPPORTED_PRIVILEGES, ACL, ACL_RESTRICTIONS, INHERITED, PRINCIPALS, ALSO_AT, GROUPS = map(
    dav,
    (
        "principal-match",
        "self",
        "supported-privilege-set",
        "acl",
        "acl-restrictions",
        "inherited-acl-set",
        "principal-collection-set",
        "alternate-URI-set",
        "group-membership",
    ),
)
CURRENT_PRINCIPAL, PRINCIPAL_URL, OWNER, PRIVILEGES, SUPPORTED_REPORTS = map(
    dav, ("current-user-principal", "principal-URL", "owner", "current-user-privilege-set", "supported-report-set")
)

# RFC 4791, and what everybody took from Apple's server.
MULTIGET, QUERY, BUSY_QUERY, CALENDAR_DATA = map(
    caldav, ("calendar-multiget", "calendar-query", "free-busy-query", "calendar-data")
)
EXPAND, LIMIT_SET, LIMIT_BUSY, COMP, ALL_COMP, CAL_PROP, CAL_ALL_PROP = map(
    caldav, ("expand", "limit-recurrence-set", "limit-freebusy-set", "comp", "allcomp", "prop", "allprop")
)
VALID_FILTER, SUPPORTED_FILTER, COLLATION, COLLATIONS, ZONE, TIMEZONE, READ_BUSY = map(
    caldav,
    (
        "valid-filter",
        "supported-filter",
        "supported-collation",
        "supported-collation-set",
        "timezone",
        "calendar-timezone",
        "read-free-busy",
    ),
)
FILTER, COMP_FILTER, PROP_FILTER, TIME_RANGE, TEXT_MATCH, NOT_DEFINED, PARAM_FILTER = map(
    caldav, ("filter", "comp-filter", "prop-filter", "time-range", "text-match", "is-not-defined", "param-filter")
)
HOME_SET, ADDRESS_SET, DESCRIPTION, COMPONENTS, DATA_TYPES = map(
    caldav,
    (
        "calendar-home-set",
        "calendar-user-address-set",
        "calendar-description",
        "supported-calendar-component-set",
        "supported-calendar-data",
    ),
)
CTAG = f"{{{SERVER}}}getctag"
COLOR = f"{{{APPLE}}}calendar-color"
