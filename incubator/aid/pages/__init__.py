"""The HTML edge of aid."""

from litestar.types import ControllerRouterHandler

from incubator.aid.pages import desk, law, own, paper, reports, worth

handlers: list[ControllerRouterHandler] = [
    *own.handlers,
    *desk.handlers,
    *worth.handlers,
    *reports.handlers,
    *law.handlers,
    *paper.handlers,
]
