"""A call and its form as pages and programs see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from incubator.applications.rules import Eligibility
from incubator.kernel.period import WARSAW


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionView:
    """One of the answers to choose from; `value` is what is kept of it."""

    value: str
    pl: str
    en: str = ""

    @property
    def label_pl(self) -> str:
        return self.pl

    @property
    def label_en(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question of the form. `least` and `most` bound a number, a length of text, how many are chosen,
    or, in bytes, a file; `media` are the types a file may have."""

    id: UUID
    position: int
    kind: str
    label_pl: str
    label_en: str
    help_pl: str
    help_en: str
    required: bool
    reveals_identity: bool
    options: tuple[OptionView, ...]
    least: int | None
    most: int | None
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """The call of an edition: open from `opens_at` until just before `closes_at`. `applications` is how
    many were handed in so far."""

    edition_id: UUID
    opens_at: datetime
    closes_at: datetime
    anonymous: bool
    eligibility: Eligibility
    intro_pl: str
    intro_en: str
    published_at: datetime | None
    applications: int
    version: int
    questions: tuple[QuestionView, ...]

    @property
    def closing_day(self) -> date:
        """The day that ages are counted on."""
        return self.closes_at.astimezone(WARSAW).date()

    def phase(self, now: datetime) -> str:
        """`draft` (nobody outside sees it), `announced`, `open` or `closed`."""
        if self.published_at is None:
            return "draft"
        if now < self.opens_at:
            return "announced"
        return "open" if now < self.closes_at else "closed"

    def frozen(self, now: datetime) -> bool:
        """Whether its form stays as it is: somebody may be filling it in."""
        return self.phase(now) in {"open", "closed"}

    def question(self, key: UUID) -> QuestionView | None:
        return next((one for one in self.questions if one.id == key), None)


CALL = """
SELECT edition_id, opens_at, closes_at, anonymous, youngest_months, oldest_months, gmina_ids, kinds, sizes, pkd,
    intro_pl, intro_en, published_at, applications, version
FROM call WHERE edition_id = $1
"""
QUESTIONS = """
SELECT id, position, kind, label_pl, label_en, help_pl, help_en, required, reveals_identity, options::text AS options,
    least, most, media
FROM question WHERE edition_id = $1 ORDER BY position
"""


def question_view(row: asyncpg.Record) -> QuestionView:
    """The question of a row of QUESTIONS."""
    told: dict[str, Any] = dict(row)
    options = msgspec.json.decode(told["options"] or "[]", type=tuple[OptionView, ...])
    return QuestionView(**{**told, "options": options, "media": tuple(told["media"])})


def call_view(row: asyncpg.Record, questions: list[asyncpg.Record]) -> CallView:
    """The call of a row of CALL with its QUESTIONS."""
    told: dict[str, Any] = dict(row)
    rules = Eligibility(
        youngest_months=told.pop("youngest_months"),
        oldest_months=told.pop("oldest_months"),
        **{name: tuple(told.pop(name)) for name in ("gmina_ids", "kinds", "sizes", "pkd")},
    )
    return CallView(**told, eligibility=rules, questions=tuple(question_view(one) for one in questions))
