"""The HTML edge: the desk of an edition, the scorer's pages, the applicant's decision."""

from litestar.types import ControllerRouterHandler

from incubator.assessment.pages import assess, decision, desk, protocol

handlers: list[ControllerRouterHandler] = [
    *desk.handlers,
    *protocol.handlers,
    *assess.handlers,
    *decision.handlers,
]
