"""The JSON edge of bookings: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.bookings.api import (
    availability,
    blocks,
    bookings,
    closures,
    desk,
    price,
    series,
    series_going_back,
    series_verbs,
    suggestions,
    verbs,
    waitlist,
    zones,
)

handlers: list[ControllerRouterHandler] = [
    *availability.handlers,
    *bookings.handlers,
    *verbs.handlers,
    *price.handlers,
    *desk.handlers,
    *blocks.handlers,
    *closures.handlers,
    *series.handlers,
    *series_going_back.handlers,
    *series_verbs.handlers,
    *waitlist.handlers,
    *zones.handlers,
    *suggestions.handlers,
]
