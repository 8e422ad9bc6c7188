"""The life of a session and of a topic: what may follow what."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


ALLOWED: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PUBLISHED, State.CANCELLED}),
    State.PUBLISHED: frozenset({State.CANCELLED}),
    State.CANCELLED: frozenset(),
}


class TopicState(StrEnum):
    NEW = "new"
    OPEN = "open"
    PLANNED = "planned"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    DECLINED = "declined"


TOPIC_ALLOWED: dict[TopicState, frozenset[TopicState]] = {
    TopicState.NEW: frozenset({TopicState.OPEN, TopicState.DECLINED}),
    TopicState.OPEN: frozenset({TopicState.PLANNED, TopicState.ASSIGNED, TopicState.ANSWERED, TopicState.DECLINED}),
    TopicState.PLANNED: frozenset({TopicState.OPEN, TopicState.ANSWERED}),
    # Another official, or another day.
    TopicState.ASSIGNED: frozenset({TopicState.ASSIGNED, TopicState.PLANNED, TopicState.ANSWERED, TopicState.DECLINED}),
    TopicState.ANSWERED: frozenset(),
    TopicState.DECLINED: frozenset(),
}
