"""The lives of a programme and of an edition, as tables."""

from enum import StrEnum


class ProgrammeState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


PROGRAMME_ALLOWED: dict[ProgrammeState, frozenset[ProgrammeState]] = {
    ProgrammeState.DRAFT: frozenset({ProgrammeState.PUBLISHED}),
    ProgrammeState.PUBLISHED: frozenset({ProgrammeState.CLOSED}),
    ProgrammeState.CLOSED: frozenset({ProgrammeState.PUBLISHED}),
}
"""What the public has seen is no draft again; a programme that was closed may go on."""


class EditionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RUNNING = "running"
    CLOSED = "closed"


EDITION_ALLOWED: dict[EditionState, frozenset[EditionState]] = {
    EditionState.DRAFT: frozenset({EditionState.PUBLISHED}),
    EditionState.PUBLISHED: frozenset({EditionState.RUNNING}),
    EditionState.RUNNING: frozenset({EditionState.CLOSED}),
    EditionState.CLOSED: frozenset(),
}


class Phase(StrEnum):
    """Where an edition stands in the eyes of the public."""

    DRAFT = "draft"
    COMING = "coming"
    CALL_COMING = "call_coming"
    CALL_OPEN = "call_open"
    ASSESSED = "assessed"
    RUNNING = "running"
    OVER = "over"
