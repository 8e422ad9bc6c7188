"""The HTML edge of bookings."""

from litestar.types import ControllerRouterHandler

handlers: list[ControllerRouterHandler] = []
