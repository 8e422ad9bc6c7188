"""What is in a calendar, in words: rows become entries, in one language."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha1
from typing import NamedTuple
from uuid import UUID

from incubator.bookings.states import State
from incubator.calendars.busy import Busy
from incubator.calendars.queries import Booked, Place
from incubator.calendars.venues import point
from incubator.calendars.write import Entry, Head, Status
from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

REFRESH = timedelta(hours=1)

KINDS = {
    "room": N_("Room"),
    "hot_desk": N_("Hot desk"),
    "dedicated_desk": N_("Dedicated desk"),
    "private_office": N_("Private office"),
}
COLORS = {
    "room": "steelblue",
    "hot_desk": "mediumseagreen",
    "dedicated_desk": "seagreen",
    "private_office": "slategray",
}
BUSY = "darkgray"
Named = Callable[[Place, Translator], str] | None
"""How an entry's title says which space it is of, where it does."""
CONFIRMED = (Status.CONFIRMED, "{title}", "")
HELD = (Status.TENTATIVE, N_("Held: {title}"), N_("Not confirmed yet."))
UNDONE = (Status.CANCELLED, N_("Cancelled: {title}"), N_("This booking was cancelled."))
# Many apps show an entry alike whatever its STATUS, so the title says it too.
SAID: dict[State, tuple[Status, str, str]] = {
    State.HELD: HELD,
    State.AWAITING_APPROVAL: (
        Status.TENTATIVE,
        N_("Awaiting approval: {title}"),
        N_("The coordinator has not decided yet."),
    ),
    State.AWAITING_PAYMENT: (Status.TENTATIVE, N_("Awaiting payment: {title}"), N_("Not paid for yet.")),
    State.CONFIRMED: CONFIRMED,
    State.CHECKED_IN: CONFIRMED,
    State.COMPLETED: CONFIRMED,
    State.NO_SHOW: CONFIRMED,
    State.CANCELLED: UNDONE,
    State.EXPIRED: UNDONE,
    State.DECLINED: (Status.CANCELLED, N_("Declined: {title}"), N_("The coordinator declined this booking.")),
}


def space_head(place: Place, texts: Translator, address: str) -> Head:
    return Head(
        name=f"{name_of(place, texts)} · {place.incubator_name}",
        description=texts.gettext("When this space is taken. What for is not told."),
        url=page_of(place, address),
        refresh=REFRESH,
    )


def incubator_head(slug: str, name: str, texts: Translator, address: str) -> Head:
    return Head(
        name=name,
        description=texts.gettext("When the spaces of this incubator are taken. What for is not told."),
        url=f"{address}/incubators/{slug}",
        refresh=REFRESH,
    )


def personal_head(texts: Translator, address: str) -> Head:
    return Head(
        name=texts.gettext("My bookings and meetings"),
        description=texts.gettext(
            "What you and your organisations have booked, whom you meet and what you registered for. Keep its address to yourself."
        ),
        url=f"{address}/bookings",
        refresh=REFRESH,
    )


def busy_entries(
    found: Iterable[Busy], texts: Translator, address: str, *, named: Named, otherwise: datetime
) -> Iterator[Entry]:
    """Taken times without a word of what for. `otherwise` stands in where nobody kept when it last changed."""
    busy, busy_named = texts.gettext("Busy"), texts.gettext("Busy: {space}")
    categories = (busy,)
    places: dict[Place, tuple[str, Where]] = {}
    for one in found:
        told = places.get(one.place)
        if told is None:
            summary = busy_named.format(space=named(one.place, texts)) if named else busy
            told = places[one.place] = (summary, where_of(one.place, texts, address))
        summary, where = told
        yield Entry(
            uid=public_uid(one.place.space_id, one.subject_id),
            period=one.period,
            summary=summary,
            sequence=one.sequence,
            changed_at=one.changed_at or otherwise,
            location=where.location,
            categories=categories,
            url=where.page,
            color=BUSY,
            geo=where.geo,
            image=where.image,
        )


def booked_entries(found: Iterable[Booked], texts: Translator, address: str) -> Iterator[Entry]:
    """Bookings with all that is known of them, each by itself."""
    said = {state: (status, texts.gettext(title)) for state, (status, title, _) in SAID.items()}
    places: dict[Place, tuple[Where, tuple[str], str]] = {}
    for one in found:
        status, title = said[one.state]
        told = places.get(one.place)
        if told is None:
            kind = one.place.kind
            told = places[one.place] = (
                where_of(one.place, texts, address),
                (texts.gettext(KINDS[kind]),),
                COLORS[kind],
            )
        where, categories, color = told
        key = str(one.id)
        yield Entry(
            uid=key,
            period=one.period,
            summary=title.format(title=one.title or where.name),
            status=status,
            sequence=one.sequence,
            changed_at=one.changed_at,
            description=_description(one, texts),
            location=where.location,
            categories=categories,
            url=f"{address}/bookings/{key}",
            color=color,
            geo=where.geo,
            image=where.image,
            created_at=one.created_at,
        )


class Where(NamedTuple):
    """What entries say of a place."""

    name: str
    location: str
    page: str
    geo: tuple[float, float] | None
    image: str


def where_of(place: Place, texts: Translator, address: str) -> Where:
    return Where(
        name_of(place, texts),
        location_of(place, texts),
        page_of(place, address),
        point(place.latitude, place.longitude),
        f"{address}/photos/{place.photo_id}" if place.photo_id else "",
    )


def public_uid(space_id: UUID, subject_id: UUID) -> str:
    """Stays for as long as the booking is one, and does not tell which it is: what `uuid5` makes of both, written in a
    quarter of its time."""
    told = sha1(space_id.bytes + subject_id.hex.encode(), usedforsecurity=False).hexdigest()
    return f"{told[:8]}-{told[8:12]}-5{told[13:16]}-{VARIANT[told[16]]}{told[17:20]}-{told[20:32]}"


VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
"""Two bits of a UUID say that it is one of RFC 9562."""


def name_of(place: Place, texts: Translator) -> str:
    return (place.name_en if texts.locale == "en" else "") or place.name_pl


def name_with_house(place: Place, texts: Translator) -> str:
    """Where there are several, each has its Desk 1."""
    return f"{name_of(place, texts)}, {place.incubator_name}"


def location_of(place: Place, texts: Translator) -> str:
    """The room first and the town last, as on an envelope."""
    town = f"{place.postcode} {place.town}".strip()
    return ", ".join(filter(None, (name_of(place, texts), place.incubator_name, place.street, town)))


def page_of(place: Place, address: str) -> str:
    return f"{address}/incubators/{place.incubator_slug}/{place.space_slug}"


def _description(one: Booked, texts: Translator) -> str:
    _, _, said = SAID[one.state]
    lines = [texts.gettext(said) if said else "", texts.gettext(one.reason) if one.reason else ""]
    if one.organisation_name:
        lines.append(texts.gettext("For: {organisation}").format(organisation=one.organisation_name))
    return "\n".join(filter(None, lines))
