"""What the forms about a mentor do, each by its verb. `asked.place` is the mentor with what is private."""

import asyncio
from datetime import date
from typing import Any, Literal
from uuid import UUID

from incubator.kernel.errors import N_
from incubator.mentoring.add_contract import add_contract
from incubator.mentoring.change_contract import change_contract
from incubator.mentoring.describe_mentor import describe_mentor
from incubator.mentoring.details import ContractTerms, MeetingRules, MentorDetails
from incubator.mentoring.pages.figures import minutes_typed
from incubator.mentoring.pages.hour_fields import hours_typed
from incubator.mentoring.pause_mentor import pause_mentor
from incubator.mentoring.reach import mentor_to_change
from incubator.mentoring.remove_mentor_exception import remove_mentor_exception
from incubator.mentoring.remove_portrait import remove_portrait
from incubator.mentoring.resume_mentor import resume_mentor
from incubator.mentoring.retire_mentor import retire_mentor
from incubator.mentoring.set_meeting_rules import set_meeting_rules
from incubator.mentoring.set_mentor_exception import set_mentor_exception
from incubator.mentoring.set_mentor_week import set_mentor_week
from incubator.mentoring.set_portrait import set_portrait
from incubator.people.forms import Asked, CheckField, Deed, Verb
from incubator.places.photos import LARGEST, made_afresh
from incubator.web.bodies import Body


class DayForm(Body, frozen=True):
    day: date


class ContractKeyForm(Body, frozen=True):
    contract_id: UUID


class SureForm(Body, frozen=True):
    sure: Literal["yes"]


async def _describe(asked: Asked) -> None:
    typed = asked.typed
    given = {"languages": typed.many("languages"), "topics": typed.many("topics")}
    await _mentor(asked, describe_mentor, details=typed.shaped(MentorDetails, **given))


async def _set_rules(asked: Asked) -> None:
    typed = asked.typed
    given: dict[str, Any] = {name: typed.minutes(name) for name in ("break_minutes", "lead_minutes", "cancel_minutes")}
    given["lengths"] = typed.many("lengths")
    await _mentor(asked, set_meeting_rules, rules=typed.shaped(MeetingRules, **given))


async def _set_week(asked: Asked) -> None:
    await _mentor(asked, set_mentor_week, week=hours_typed(asked.typed))


async def _except(asked: Asked) -> None:
    day, hours = asked.typed.shaped(DayForm).day, hours_typed(asked.typed, dated=True)
    await _mentor(asked, set_mentor_exception, day=day, hours=hours)


async def _as_usual(asked: Asked) -> None:
    await _mentor(asked, remove_mentor_exception, day=asked.typed.shaped(DayForm).day)


async def _remove_portrait(asked: Asked) -> None:
    await _mentor(asked, remove_portrait)


async def _pause(asked: Asked) -> None:
    await _mentor(asked, pause_mentor)


async def _resume(asked: Asked) -> None:
    await _mentor(asked, resume_mentor)


async def _retire(asked: Asked) -> None:
    asked.typed.shaped(SureForm)
    await _mentor(asked, retire_mentor)


def _terms(asked: Asked) -> ContractTerms:
    typed = asked.typed
    minutes = minutes_typed(typed, "budget_hours")
    if minutes is None:
        raise CheckField("budget_hours")
    return typed.shaped(ContractTerms, rate_minor=typed.money("rate") or 0, budget_minutes=minutes)


async def _add_contract(asked: Asked) -> None:
    await asked.do(add_contract, mentor_id=asked.place.profile.id, terms=_terms(asked))


async def _change_contract(asked: Asked) -> None:
    key = asked.typed.shaped(ContractKeyForm).contract_id
    await _mentor(asked, change_contract, contract_id=key, terms=_terms(asked))


async def _portrait(asked: Asked) -> None:
    content = await asked.typed.file("photo", most=LARGEST)
    key, seen = asked.place.profile.id, asked.typed.seen
    await mentor_to_change(asked.tx, actor=asked.actor, mentor_id=key, seen=seen)
    await _mentor(asked, set_portrait, picture=await asyncio.to_thread(made_afresh, content))


async def _mentor(asked: Asked, verb: Verb[object], **told: object) -> None:
    """Of the mentor whose page it is, in the version that was seen."""
    await asked.do(verb, mentor_id=asked.place.profile.id, seen=asked.typed.seen, **told)


EDIT: dict[str, Deed] = {
    "details": Deed(_describe, N_("The profile is saved.")),
    "rules": Deed(_set_rules, N_("The rules are saved. Meetings booked before stand.")),
    "portrait": Deed(_portrait, N_("The portrait is saved.")),
    "remove_portrait": Deed(_remove_portrait, N_("The portrait is removed.")),
}
HOURS: dict[str, Deed] = {
    "week": Deed(_set_week, N_("The week is saved. Meetings booked before stand.")),
    "exception": Deed(_except, N_("The hours of that day are saved.")),
    "as_usual": Deed(_as_usual, N_("That day is like any other again.")),
}
DESK: dict[str, Deed] = {
    "pause": Deed(_pause, N_("The mentor is paused. Meetings booked before stand.")),
    "resume": Deed(_resume, N_("The mentor can be met again.")),
    "retire": Deed(_retire, N_("The mentor has ended. Meetings booked before stand until somebody cancels them.")),
    "add_contract": Deed(_add_contract, N_("The contract is added.")),
    "contract": Deed(_change_contract, N_("The contract is saved.")),
}
