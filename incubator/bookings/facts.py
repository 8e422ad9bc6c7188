"""A booking as the history keeps it."""

import msgspec

from incubator.bookings.views import BookingView


def snapshot(booking: BookingView) -> str:
    """What the history keeps of a booking: no text that a person wrote."""
    return msgspec.json.encode(facts(booking)).decode()


def facts(booking: BookingView) -> dict[str, object]:
    """State, time and place of a booking, as plain values."""
    return {
        "state": booking.state.value,
        "space_id": str(booking.space_id),
        "start": booking.period.start,
        "end": booking.period.end,
    }
