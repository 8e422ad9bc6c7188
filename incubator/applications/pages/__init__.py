"""The HTML edge of calls and applications."""

from litestar.types import ControllerRouterHandler

from incubator.applications.pages import apply, desk_applications, desk_call, desk_question, mine, one

handlers: list[ControllerRouterHandler] = [
    *apply.handlers,
    *mine.handlers,
    *one.handlers,
    *desk_call.handlers,
    *desk_question.handlers,
    *desk_applications.handlers,
]
