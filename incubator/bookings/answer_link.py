"""The link in a mail about a booking by which its reader can say that they cannot come, without signing in."""

from incubator.bookings.queries import NoSuchBooking
from incubator.people.answer_link import AnswerLink

ANSWER = AnswerLink("booking", NoSuchBooking)
