"""What was said of a booking whose time was lost: it goes along in the forms for another time."""

from typing import Annotated

from msgspec import Meta

from incubator.bookings.pages.picking import PickForm
from incubator.bookings.pages.rows import Thing
from incubator.bookings.pages.wishes import MOMENT
from incubator.bookings.views import BookingView
from incubator.web.bodies import OptionalLine, Paragraphs


class SaidForm(PickForm, frozen=True):
    """A time, and what was said before it was chosen."""

    title: OptionalLine = ""
    note: Paragraphs = ""
    attendees: Annotated[int, Meta(ge=1, le=10_000)] | None = None

    def fields(self, thing: Thing) -> dict[str, str]:
        """What there is to keep; of people no more than fit, for a hidden field cannot be mended."""
        people = self.attendees if self.attendees and self.attendees <= thing.capacity else None
        said = {"title": self.title, "note": self.note, "attendees": str(people or "")}
        return {name: value for name, value in said.items() if value}


def same_again(booking: BookingView, typed: dict[str, str]) -> SaidForm:
    """The form that would hold the time of `booking` once more, with what was `typed` for it."""
    people = typed.get("attendees", "")
    return SaidForm(
        date=next(booking.period.local_days()).isoformat(),
        start=booking.period.start.strftime(MOMENT),
        end=booking.period.end.strftime(MOMENT),
        organisation_id=booking.organisation_id,
        title=typed.get("title", booking.title),
        note=typed.get("note", booking.note),
        attendees=int(people) if people.isascii() and people.isdigit() and len(people) < 6 else None,
    )
