"""The HTML edge of aid."""

from litestar.types import ControllerRouterHandler

from incubator.aid.pages import desk, law, own, paper, reports

handlers: list[ControllerRouterHandler] = [
    *own.handlers,
    *desk.handlers,
    *reports.handlers,
    *law.handlers,
    *paper.handlers,
]
