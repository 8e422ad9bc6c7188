"""The HTML edge."""

from litestar.types import ControllerRouterHandler

from incubator.exchanges.pages import desk, desk_after, desk_dates, desk_session, desk_topics, public, topics

handlers: list[ControllerRouterHandler] = [
    *public.handlers,
    *topics.handlers,
    *desk.handlers,
    *desk_session.handlers,
    *desk_dates.handlers,
    *desk_after.handlers,
    *desk_topics.handlers,
]
