"""What is said of a topic: bodies of requests, forms, and the arguments of the verbs alike."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from incubator.web.bodies import Body, Line, OptionalLine, Paragraphs

Words = Annotated[str, Meta(max_length=10_000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]


class TopicDetails(Body, frozen=True):
    """What somebody would like to hear about, and why."""

    title: Line
    about: Paragraphs = ""


class Official(Body, frozen=True):
    """Who answers, and by which day. The name may be left out, the role not."""

    official_role: Line
    answer_by: date
    official_name: OptionalLine = ""


class Note(Body, frozen=True):
    """What was answered, or what followed; `signed` says by whom."""

    text: Words
    signed: OptionalLine = ""


class Reason(Body, frozen=True):
    """Why, in words that who asked will read."""

    reason: Line
