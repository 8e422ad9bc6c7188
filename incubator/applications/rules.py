"""Who may apply, and when. Pure: plain values in, what stands in the way out.

Every rule of eligibility is off where it is empty. What does not fit is found all at once, so that an
applicant reads everything before typing a lot.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from incubator.kernel.errors import N_, Conflict

PERSON = "person"
"""The kind of an applicant without an organisation."""


@dataclass(eq=False)
class CallNotOpen(Conflict):
    """Too early; `opens_at` is when the call opens."""

    code = "call_not_open"
    sentence = N_("This call opens on {opens_at}. Come back then.")
    opens_at: datetime


@dataclass(eq=False)
class CallClosed(Conflict):
    """Too late: `closed_at` itself no longer counts."""

    code = "call_closed"
    sentence = N_("This call closed on {closed_at}. Nothing can be handed in any more; if something stopped you, write to who runs it.")  # fmt: skip
    closed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Who may apply. Ages are those of the company in whole months on the closing day; `pkd` holds
    beginnings of classes."""

    youngest_months: int | None = None
    oldest_months: int | None = None
    gmina_ids: tuple[UUID, ...] = ()
    kinds: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    pkd: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What eligibility looks at, as the applicant said it. `gmina_id` is where the company, or the
    person, is at home; `kind` that of the organisation, "person" where there is none."""

    kind: str
    registered_on: date | None = None
    size: str | None = None
    gmina_id: UUID | None = None
    pkd: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What stands in the way: a stable `code`, a sentence (a msgid with the names of `told` in braces),
    and the question or the fact that it is about."""

    code: str
    sentence: str
    about: str
    told: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format_map(self.told)


def must_be_open(*, opens_at: datetime, closes_at: datetime, until: datetime | None, now: datetime) -> None:
    """From `opens_at` until just before `closes_at`, or before `until`, where the applicant was given
    longer. Raises CallNotOpen, CallClosed."""
    if now < opens_at:
        raise CallNotOpen(opens_at)
    last = closes_at if until is None else max(closes_at, until)
    if now >= last:
        raise CallClosed(last)


def not_eligible(facts: Facts, rules: Eligibility, *, closing_day: date, today: date) -> list[Finding]:
    """Everything that stands in the way of this applicant, in the order of the form."""
    return [
        *_kind(facts, rules),
        *_home(facts, rules),
        *_age(facts, rules, closing_day, today),
        *(_size(facts, rules) if facts.kind != PERSON else ()),
        *(_pkd(facts, rules) if facts.kind != PERSON else ()),
    ]


def _kind(facts: Facts, rules: Eligibility) -> Iterator[Finding]:
    if rules.kinds and facts.kind not in rules.kinds:
        if facts.kind == PERSON:
            yield Finding(code="organisations_only", about="kind", sentence=N_("Only organisations may apply to this call, not private persons."))  # fmt: skip
        else:
            yield Finding(code="kind_not_eligible", about="kind", sentence=N_("This call is not for organisations of this kind."))  # fmt: skip


def _home(facts: Facts, rules: Eligibility) -> Iterator[Finding]:
    if not rules.gmina_ids:
        return
    if facts.gmina_id is None:
        yield Finding(code="home_missing", about="gmina_id", sentence=N_("Say in which gmina you are at home."))
    elif facts.gmina_id not in rules.gmina_ids:
        yield Finding(code="gmina_not_eligible", about="gmina_id", sentence=N_("This call is for applicants from other gminas."))  # fmt: skip


def _age(facts: Facts, rules: Eligibility, closing_day: date, today: date) -> Iterator[Finding]:
    """A person who plans a company has none that could be old enough, nor one that is too old."""
    youngest, oldest = rules.youngest_months or 0, rules.oldest_months
    too_young = Finding(code="company_too_young", about="registered_on", sentence=N_("On the closing day the company has to be at least {months} months old."), told={"months": youngest})  # fmt: skip
    if facts.kind == PERSON:
        if youngest:
            yield too_young
        return
    registered = facts.registered_on
    if registered is None:
        if youngest or oldest is not None:
            yield Finding(code="registered_on_missing", about="registered_on", sentence=N_("Say on which day the company was registered."))  # fmt: skip
        return
    if registered > today:
        yield Finding(code="registered_in_future", about="registered_on", sentence=N_("The day of registration is still to come."))  # fmt: skip
    elif months_after(registered, youngest) > closing_day:
        yield too_young
    elif oldest is not None and months_after(registered, oldest) < closing_day:
        yield Finding(code="company_too_old", about="registered_on", sentence=N_("On the closing day the company may be at most {months} months old."), told={"months": oldest})  # fmt: skip


def _size(facts: Facts, rules: Eligibility) -> Iterator[Finding]:
    if not rules.sizes:
        return
    if facts.size is None:
        yield Finding(code="size_missing", about="size", sentence=N_("Say how large the company is."))
    elif facts.size not in rules.sizes:
        yield Finding(code="size_not_eligible", about="size", sentence=N_("This call is not for companies of this size."))  # fmt: skip


def _pkd(facts: Facts, rules: Eligibility) -> Iterator[Finding]:
    if not rules.pkd:
        return
    if facts.pkd is None:
        yield Finding(code="pkd_missing", about="pkd", sentence=N_("Give the PKD class of the company."))
    elif not any(_bare(facts.pkd).startswith(_bare(beginning)) for beginning in rules.pkd):
        yield Finding(code="pkd_not_eligible", about="pkd", sentence=N_("This call is not for companies of this PKD class."))  # fmt: skip


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that lacks it (Polish Civil Code,
    article 112); the end of the calendar where it lies beyond."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _bare(pkd: str) -> str:
    return pkd.replace(".", "").upper()
