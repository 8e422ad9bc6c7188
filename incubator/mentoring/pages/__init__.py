"""The HTML edge."""

from litestar.types import ControllerRouterHandler

from incubator.mentoring.pages import (
    desk_mentor,
    desk_mentors,
    directory,
    edit,
    hours,
    office_topics,
    profile,
    timesheet,
)

handlers: list[ControllerRouterHandler] = [
    *directory.handlers,
    *profile.handlers,
    *edit.handlers,
    *hours.handlers,
    *desk_mentors.handlers,
    *desk_mentor.handlers,
    *office_topics.handlers,
    *timesheet.handlers,
]
