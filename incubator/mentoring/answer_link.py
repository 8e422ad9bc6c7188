"""The link in a mail about a meeting by which its reader can say that they cannot come, without signing in."""

from incubator.mentoring.queries import NoSuchMeeting
from incubator.people.answer_link import AnswerLink

ANSWER = AnswerLink("meeting", NoSuchMeeting)
