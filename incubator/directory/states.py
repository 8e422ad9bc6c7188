"""What becomes of a profile."""

from enum import StrEnum


class State(StrEnum):
    """A draft is seen by its owners alone; `waiting` is a sole trader out of a register who was told and
    may still object; `published` is found by everybody; `hidden` was, and is not now."""

    DRAFT = "draft"
    WAITING = "waiting"
    PUBLISHED = "published"
    HIDDEN = "hidden"


ALLOWED: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PUBLISHED, State.HIDDEN}),
    State.WAITING: frozenset({State.PUBLISHED, State.HIDDEN, State.DRAFT}),
    State.PUBLISHED: frozenset({State.HIDDEN, State.DRAFT}),
    State.HIDDEN: frozenset({State.PUBLISHED, State.DRAFT, State.WAITING}),
}
"""To a draft: a company takes over what stood of it out of a register. From hidden to waiting: the desk lets back who
may still object."""


class Because(StrEnum):
    """Why a profile is hidden: its owner, a year and two unanswered reminders, or the gmina's desk."""

    OWNER = "owner"
    STALE = "stale"
    DESK = "desk"
