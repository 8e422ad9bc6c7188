"""Speakers as the desk types them: a row for each, who may be a mentor of ours."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from incubator.exchanges.details import SpeakerLine
from incubator.exchanges.set_speakers import MentorChoice
from incubator.exchanges.views import SpeakerView
from incubator.people.forms import Typed

FIELDS = ("name", "role_pl", "role_en", "mentor_id")
EMPTY_ROWS = 2
MOST_ROWS = 40 + EMPTY_ROWS
"""As many as there may be speakers, and the empty ones below them."""


def speakers_in(typed: Typed, *, mentors: Sequence[MentorChoice]) -> list[SpeakerLine]:
    """Rows that are left empty are none; a mentor without a name has their own. Raises CheckField."""
    names = {str(one.id): one.name for one in mentors}
    return [_named(row, names).shaped(SpeakerLine) for row in _rows(typed)]


def rows_shown(typed: Typed | None, kept: Sequence[SpeakerView]) -> list[Typed]:
    """What was typed, else what is kept, and room for more."""
    rows = _rows(typed) if typed else [_row(_told(one)) for one in kept]
    return [*rows, *(_row({}) for _ in range(EMPTY_ROWS))]


def _rows(typed: Typed) -> list[Typed]:
    rows = (_row({name: typed.one(f"speaker_{name}_{turn}") for name in FIELDS}) for turn in range(MOST_ROWS))
    return [row for row in rows if any(row.one(name) for name in FIELDS)]


def _named(row: Typed, names: Mapping[str, str]) -> Typed:
    given = {name: row.one(name) for name in FIELDS}
    return _row({**given, "name": given["name"] or names.get(given["mentor_id"], "")})


def _told(one: SpeakerView) -> dict[str, str | UUID | None]:
    return {name: getattr(one, name) for name in FIELDS}


def _row(given: Mapping[str, str | UUID | None]) -> Typed:
    return Typed("speakers", {name: [str(value or "")] for name, value in given.items()})
