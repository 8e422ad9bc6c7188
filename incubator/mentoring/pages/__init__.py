"""The HTML edge."""

from litestar.types import ControllerRouterHandler

from incubator.mentoring.pages import (
    any_mentor,
    desk_meetings,
    meet,
    mentor_desk,
    move_meeting,
    my_meetings,
    one_meeting,
)

handlers: list[ControllerRouterHandler] = [
    *any_mentor.handlers,
    *meet.handlers,
    *my_meetings.handlers,
    *one_meeting.handlers,
    *move_meeting.handlers,
    *mentor_desk.handlers,
    *desk_meetings.handlers,
]
