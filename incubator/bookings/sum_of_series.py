"""What the dates of a series cost together, and what of it is paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from incubator.bookings.charge import KIND
from incubator.bookings.series import SeriesView
from incubator.db.engine import Tx
from incubator.payments.queries import charges_about_all
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor

ASKED = """
SELECT coalesce(sum(gross + deposit), 0)::bigint FROM booking CROSS JOIN LATERAL (
    SELECT gross, deposit FROM quote WHERE subject_kind = 'booking' AND subject_id = booking.id ORDER BY id DESC LIMIT 1
) AS latest WHERE series_id = $1 AND state = 'awaiting_approval'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSum:
    """In grosz, with deposits: what is `owed` for a date as it stands, and what of it is still `to_pay`."""

    owed: int
    to_pay: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSum:
    """By the date's booking, as far as it is the actor's to see; and what was `asked` for requests without an answer."""

    dates: dict[UUID, DateSum]
    asked: int

    @property
    def owed(self) -> int:
        return sum(one.owed for one in self.dates.values())

    @property
    def to_pay(self) -> int:
        return sum(one.to_pay for one in self.dates.values())


async def sum_of_series(tx: Tx, *, actor: Actor, series: SeriesView) -> SeriesSum:
    """For who may see the series."""
    keys = [one.booking_id for one in series.occurrences if one.booking_id is not None]
    charges = await charges_about_all(tx, actor=actor, subject_kind=KIND, subject_ids=keys)
    by_date: dict[UUID, list[ChargeView]] = {}
    for one in charges:
        by_date.setdefault(one.subject_id, []).append(one)
    return SeriesSum(
        dates={key: _of(charged) for key, charged in by_date.items()},
        asked=await tx.fetchval(ASKED, series.id),
    )


def _of(charged: Sequence[ChargeView]) -> DateSum:
    """A date that was moved was charged more than once."""
    return DateSum(owed=sum(one.owed for one in charged), to_pay=sum(one.to_pay for one in charged))
