"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.mentoring.api import contracts, hours, mentors, portraits, standing, topics

handlers: list[ControllerRouterHandler] = [
    *mentors.handlers,
    *portraits.handlers,
    *standing.handlers,
    *hours.handlers,
    *contracts.handlers,
    *topics.handlers,
]
