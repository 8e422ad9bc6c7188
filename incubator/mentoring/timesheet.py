"""The mentor's timesheet of a month (karta pracy mentora): rows of what took place and was confirmed, and
their sums. Pure, and the only place that adds up: page, PDF, spreadsheet and JSON show what is made here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

TOOK_PLACE = "took_place"
MISSED = ("missed_by_startup", "missed_by_mentor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A meeting as it is recorded, with the organisation or the person `holder_id`, called `who`. `minutes` is what both sides confirmed; `planned` how long it was to be."""

    id: UUID
    start: datetime
    end: datetime
    state: str
    locked: bool
    holder_id: UUID
    who: str
    topic_pl: str
    topic_en: str
    minutes: int | None
    planned: int
    contract: str | None
    rate_minor: int


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting of the timesheet. `minutes` are the confirmed ones; of a meeting that does not count yet,
    those it was planned for."""

    meeting_id: UUID
    start: datetime
    end: datetime
    who: str
    topic_pl: str
    topic_en: str
    state: str
    minutes: int
    contract: str | None


class ContractSum(msgspec.Struct, frozen=True, kw_only=True):
    """What one contract pays: grosz, rounded half up once. Without a contract there is no number."""

    contract: str | None
    rate_minor: int
    minutes: int
    amount_minor: int


class StartupSum(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes with one startup or person; two of one name are two."""

    who: str
    meetings: int
    minutes: int


class Timesheet(msgspec.Struct, frozen=True, kw_only=True):
    """A month of a mentor. `open` are meetings that both sides have yet to confirm, `missed` those where
    somebody did not come: neither is in the sums."""

    mentor_slug: str
    mentor_name: str
    gmina_name: str
    month: str
    rows: list[Row]
    by_contract: list[ContractSum]
    by_startup: list[StartupSum]
    minutes: int
    amount_minor: int
    open: list[Row]
    missed: list[Row]


def timesheet(*, slug: str, name: str, gmina: str, month: date, met: Iterable[Met]) -> Timesheet:
    """Of the meetings of one month, in any order."""
    ordered = sorted(met, key=lambda one: (one.start, one.id))
    counted = [one for one in ordered if one.locked and one.state == TOOK_PLACE]
    missed = [one for one in ordered if one.state in MISSED]
    waiting = [one for one in ordered if not one.locked and one.state not in MISSED]
    by_contract = _by_contract(counted)
    return Timesheet(
        mentor_slug=slug,
        mentor_name=name,
        gmina_name=gmina,
        month=f"{month:%Y-%m}",
        rows=[_row(one) for one in counted],
        by_contract=by_contract,
        by_startup=_by_startup(counted),
        minutes=sum(one.minutes or 0 for one in counted),
        amount_minor=sum(one.amount_minor for one in by_contract),
        open=[_row(one) for one in waiting],
        missed=[_row(one) for one in missed],
    )


def amount(minutes: int, rate_minor: int) -> int:
    """Grosz for so many minutes at a rate an hour, half a grosz up."""
    return (2 * minutes * rate_minor + 60) // 120


def _by_contract(counted: list[Met]) -> list[ContractSum]:
    minutes: dict[tuple[str | None, int], int] = {}
    for one in counted:
        key = (one.contract, one.rate_minor)
        minutes[key] = minutes.get(key, 0) + (one.minutes or 0)
    return [
        ContractSum(contract=contract, rate_minor=rate, minutes=total, amount_minor=amount(total, rate))
        for (contract, rate), total in sorted(minutes.items(), key=lambda item: (item[0][0] is None, item[0]))
    ]


def _by_startup(counted: list[Met]) -> list[StartupSum]:
    found: dict[tuple[str, UUID], list[int]] = {}
    for one in counted:
        found.setdefault((one.who, one.holder_id), []).append(one.minutes or 0)
    return [StartupSum(who=who, meetings=len(all_), minutes=sum(all_)) for (who, _), all_ in sorted(found.items())]


def _row(one: Met) -> Row:
    return Row(
        meeting_id=one.id,
        start=one.start,
        end=one.end,
        who=one.who,
        topic_pl=one.topic_pl,
        topic_en=one.topic_en,
        state=one.state,
        minutes=one.planned if one.minutes is None or not one.locked else one.minutes,
        contract=one.contract,
    )
