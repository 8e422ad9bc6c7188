"""A credit as pages and programs see it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from incubator.kernel.period import WARSAW, Period


class CreditView(msgspec.Struct, kw_only=True, frozen=True):
    """What was granted, how much of it is used, until when it can be used. Minutes, days or seats, as `kind`
    says; `gmina_id` empty is good in every gmina."""

    id: UUID
    kind: str
    gmina_id: UUID | None
    gmina_name: str | None
    name_pl: str
    name_en: str
    valid_from: datetime
    valid_until: datetime
    granted: int
    used: int

    @property
    def last_day(self) -> date:
        """The last day on which it can be used."""
        return (self.valid_until - timedelta(microseconds=1)).astimezone(WARSAW).date()

    @property
    def left(self) -> int:
        return self.granted - self.used


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftToDraw:
    """So much of a credit is left, for what takes place within `valid`."""

    valid: Period
    amount: int
