"""The HTML edge of bookings."""

from litestar.types import ControllerRouterHandler

from incubator.bookings.pages import confirm, incubator, space

handlers: list[ControllerRouterHandler] = [*incubator.handlers, *space.handlers, *confirm.handlers]
