"""The HTML edge."""

from litestar.types import ControllerRouterHandler

from incubator.mentoring.pages import (
    answer,
    any_mentor,
    desk_meetings,
    desk_mentor,
    desk_mentors,
    directory,
    edit,
    hours,
    meet,
    mentor_desk,
    move_meeting,
    my_meetings,
    office_topics,
    one_meeting,
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
    *any_mentor.handlers,
    *meet.handlers,
    *my_meetings.handlers,
    *one_meeting.handlers,
    *answer.handlers,
    *move_meeting.handlers,
    *mentor_desk.handlers,
    *desk_meetings.handlers,
]
