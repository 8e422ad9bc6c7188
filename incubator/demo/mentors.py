"""Puts mentors into the demonstration, through the verbs: each added by their coordinator, the profile and
hours set by themself."""

from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.demo.mentor_people import MENTORS, Portrayal
from incubator.demo.settle_in import coordinator_of
from incubator.demo.teams import address
from incubator.demo.world import World
from incubator.kernel.period import WARSAW
from incubator.mentoring.add_contract import add_contract
from incubator.mentoring.add_mentor import add_mentor
from incubator.mentoring.describe_mentor import describe_mentor
from incubator.mentoring.details import ContractTerms, MeetingRules, MentorDetails, PolicyLimits
from incubator.mentoring.hours_rules import Hours
from incubator.mentoring.pause_mentor import pause_mentor
from incubator.mentoring.set_meeting_rules import set_meeting_rules
from incubator.mentoring.set_mentor_exception import set_mentor_exception
from incubator.mentoring.set_mentor_week import set_mentor_week
from incubator.mentoring.set_policy import set_policy
from incubator.people.actor import actor_by_account
from incubator.places.slugs import slug_of

POLICIES = {"krakow": (240, 60), "niepolomice": (180, 60), "skawina": (120, None), "wieliczka": (None, 90)}
"""By gmina, minutes a month for an organisation and for a person."""


async def meet_mentors(tx: Tx, world: World, *, now: datetime) -> dict[str, UUID]:
    """Everybody of MENTORS, and the policies of some gminas; the mentors' keys by name."""
    before = now - timedelta(days=60)
    made = {one.name: await _mentor(tx, world, one, turn, before) for turn, one in enumerate(MENTORS, start=1)}
    for gmina, (organisation, person) in POLICIES.items():
        limits = PolicyLimits(organisation_minutes=organisation, person_minutes=person)
        desk = world.actor(coordinator_of(gmina))
        await set_policy(tx, actor=desk, gmina_id=world.built.gminas[gmina], limits=limits, now=before)
    return made


async def _mentor(tx: Tx, world: World, one: Portrayal, turn: int, now: datetime) -> UUID:
    desk = world.actor(coordinator_of(one.gmina))
    gmina_id = world.built.gminas[one.gmina]
    made = await add_mentor(tx, actor=desk, gmina_id=gmina_id, email=address(one.name), name=one.name, now=now)
    key = made.id
    own = await actor_by_account(tx, account_id=await tx.fetchval("SELECT account_id FROM mentor WHERE id = $1", key))
    assert own is not None
    await describe_mentor(tx, actor=own, mentor_id=key, details=_details(one), now=now)
    await set_meeting_rules(tx, actor=own, mentor_id=key, rules=MeetingRules(lengths=list(one.lengths)), now=now)
    await set_mentor_week(tx, actor=own, mentor_id=key, week=_week(world, one), now=now)
    if turn % 4 == 1:
        holiday = (now + timedelta(days=74)).astimezone(WARSAW).date()
        workday = holiday + timedelta(days=max(0, 7 - holiday.weekday()) if holiday.weekday() > 4 else 0)
        await set_mentor_exception(tx, actor=own, mentor_id=key, day=workday, now=now)
    if one.contract is not None:
        terms = _terms(*one.contract, turn=turn, year=now.astimezone(WARSAW).year)
        await add_contract(tx, actor=desk, mentor_id=key, terms=terms, now=now)
    if one.state == "paused":
        await pause_mentor(tx, actor=desk, mentor_id=key, now=now)
    return key


def _details(one: Portrayal) -> MentorDetails:
    return MentorDetails(
        name=one.name,
        headline_pl=one.headline[0],
        headline_en=one.headline[1],
        about_pl=one.about[0],
        about_en=one.about[1],
        languages=list(one.languages),
        online_link=f"https://spotkania.demo.invalid/{slug_of(one.name, otherwise='x')}",
        topics=list(one.topics),
    )


def _week(world: World, one: Portrayal) -> list[Hours]:
    return [
        Hours(
            weekday=weekday,
            opens=hours.opens * 60,
            closes=hours.closes * 60,
            incubator_id=world.incubator(hours.venue) if hours.venue else None,
            online=hours.online,
            audience=hours.audience,
            programme_id=None,
        )
        for hours in one.hours
        for weekday in hours.weekdays
    ]


def _terms(hours: int, rate: int, *, turn: int, year: int) -> ContractTerms:
    """For two years around, so that there is one on every day of the demonstration."""
    return ContractTerms(
        number=f"M/{turn:02}/{year}",
        starts=date(year, 1, 1),
        ends=date(year + 1, 12, 31),
        rate_minor=rate * 100,
        budget_minutes=hours * 60,
    )
