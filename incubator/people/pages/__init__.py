"""The HTML edge of people. `demo_handlers` are for the demonstration alone."""

from litestar.types import ControllerRouterHandler

from incubator.people.pages import demo, sign_in

handlers: list[ControllerRouterHandler] = [*sign_in.handlers]
demo_handlers: list[ControllerRouterHandler] = [*demo.handlers]
