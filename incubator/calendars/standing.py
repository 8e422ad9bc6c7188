"""Where feeds stand: all that a conditional GET needs, in one statement for all that ask at once.

The fingerprint is made of the versions (db/versions.py) of whatever the feed shows: which they are
and how often each has moved. A mere sum would stand still for somebody who leaves one organisation
and joins another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Gone, NotFound


class NoSuchCalendar(NotFound):
    """No calendar has this address."""

    code = "no_such_calendar"
    sentence = N_("There is no calendar at this address.")


class CalendarGone(Gone):
    """The calendar was revoked by the person whose it is, or its space taken out of use."""

    code = "calendar_gone"
    sentence = N_("This calendar is no longer offered. You can remove it from your calendar app.")


@dataclass(frozen=True, slots=True)
class Standing:
    """`key` is the space's, the incubator's, the account's … `shown` stands for the set of keys that the feed shows; `told` says
    the version of each, where that was asked for. The last three are of secret feeds."""

    key: UUID
    gone: bool
    fingerprint: str
    changed_at: datetime | None
    shown: int
    told: str | None
    token_id: UUID | None = None
    locale: str | None = None
    fetched_at: datetime | None = None

    @property
    def versions(self) -> Mapping[UUID, int]:
        """Of each key that the feed shows."""
        assert self.told is not None, "it was asked for"
        return _versions(self.told)


@lru_cache(maxsize=64)
def _versions(told: str) -> Mapping[UUID, int]:
    """Remembered: each state is asked for more than once."""
    pairs = (one.split(":") for one in told.split(" ") if one)
    return {UUID(key): int(version) for key, version in pairs}


Name = UUID | str | bytes


@dataclass(frozen=True, slots=True)
class Standings:
    """How the feeds of a kind are found. `read` makes of the name in the address what `found` looks for, as `kind` of PostgreSQL;
    None where it cannot be one. `found` is a query with the columns `key`, `gone`, `keys` (a uuid array: whatever the
    feed shows) and, of a secret feed, `token_id`, `locale`, `fetched_at`; it knows the name as `asked.name`."""

    kind: str
    read: Callable[[str], Name | None]
    found: str
    secret: bool = False

    async def __call__(self, tx: Tx, names: Sequence[Name], versions: bool = False) -> list[Standing | None]:
        """Where the feeds of these names stand, None where there is none."""
        found: list[Standing | None] = [None] * len(names)
        for turn, *standing in await tx.fetch(self.statement(names="$1", versions="$2"), names, versions):
            found[turn - 1] = Standing(*standing)
        return found

    @property
    def width(self) -> int:
        """How many columns there are in a row of `statement`."""
        return 10 if self.secret else 7

    def statement(self, *, names: str, versions: str) -> str:
        """Of `names` and of whether the `versions` are asked for, as they stand in SQL: a row with the turn of each name
        that there is, and what is in a Standing."""
        columns = ", subject.token_id, subject.locale, subject.fetched_at" if self.secret else ""
        return STANDING.format(kind=self.kind, found=self.found, columns=columns, names=names, versions=versions)


STANDING = """
SELECT asked.turn, subject.key, subject.gone, md5(moved.told) AS fingerprint, moved.changed_at, moved.shown,
    CASE WHEN {versions} THEN moved.told END AS told{columns}
FROM unnest({names}::{kind}[]) WITH ORDINALITY AS asked (name, turn)
CROSS JOIN LATERAL ({found}) AS subject
CROSS JOIN LATERAL (
    SELECT coalesce(string_agg(shown.key || ':' || coalesce(version, 0), ' ' ORDER BY shown.key), '') AS told,
        max(changed_at) AS changed_at, coalesce(bit_xor(uuid_hash_extended(shown.key, 0)), 0) AS shown
    FROM (SELECT DISTINCT unnest(subject.keys) AS key) AS shown LEFT JOIN version ON version.key = shown.key
) AS moved
"""


def identifier(name: str) -> UUID | None:
    """A name that is an identifier."""
    try:
        return UUID(name)
    except ValueError:
        return None


def slug(name: str) -> str | None:
    """A name that is a slug. Nothing else is asked for: what the database cannot read would spoil it for all that ask
    at the same moment."""
    return name if name.isascii() and name.replace("-", "").isalnum() else None


def found(standing: Standing | None) -> Standing:
    """Raises NoSuchCalendar, CalendarGone."""
    if standing is None:
        raise NoSuchCalendar()
    if standing.gone:
        raise CalendarGone()
    return standing
