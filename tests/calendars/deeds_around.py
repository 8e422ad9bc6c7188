"""Deeds around bookings that come at random: with mentors, sessions, programmes, and people; see deeds.py."""

from datetime import timedelta

import msgspec

from incubator.db.engine import Tx
from incubator.exchanges.call_off import call_off
from incubator.exchanges.describe_session import describe_session, details_of
from incubator.exchanges.details import When, Where
from incubator.exchanges.move_session import move_session
from incubator.exchanges.publish import publish
from incubator.mentoring.be_away import be_away
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.come_back import come_back
from incubator.mentoring.describe_mentor import describe_mentor
from incubator.mentoring.details import MentorDetails
from incubator.mentoring.meet import meet
from incubator.mentoring.move_meeting import move_meeting
from incubator.people.actor import Actor
from incubator.people.change_organisation import change_organisation
from incubator.people.details import OrganisationDetails
from incubator.places.describe_incubator import describe_incubator
from incubator.places.details import IncubatorDetails, picked
from incubator.programmes.describe_edition import describe_edition
from incubator.programmes.describe_programme import describe_programme
from incubator.programmes.details import DateLine, EditionDetails, ProgrammeDetails
from incubator.programmes.set_dates import set_dates
from incubator.registrations.cancel import cancel
from incubator.registrations.register import register
from tests.calendars.deeds import PEOPLE, Deed, Deeds, by
from tests.mentoring.meetings import order
from tests.moments import NOW, TUESDAY
from tests.registrations.cast import order as seat


async def have_a_meeting(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    whose = deeds.chance.choice((None, deeds.cast.acme))
    mode = deeds.chance.choice(("in_person", "online"))
    wish = order(deeds.ewa, deeds.cast, deeds.period(), organisation_id=whose, mode=mode)
    await meet(tx, actor=actor, order=wish, now=NOW)


async def put_a_meeting_off(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    await move_meeting(tx, actor=actor, meeting_id=await deeds.some(tx, "meeting"), period=deeds.period(), now=NOW)


async def call_a_meeting_off(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    await cancel_meeting(tx, actor=actor, meeting_id=await deeds.some(tx, "meeting"), reason="Nie.", now=NOW)


async def go_away(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    await be_away(tx, actor=actor, mentor_id=deeds.ewa.id, period=deeds.period(), meetings="settle", now=NOW)


async def be_back(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    await come_back(tx, actor=actor, absence_id=await deeds.some(tx, "mentor_absence"), now=NOW)


async def announce(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    await publish(tx, actor=actor, session_id=await deeds.some(tx, "session"), now=NOW)


async def call_a_session_off(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    await call_off(tx, actor=actor, session_id=await deeds.some(tx, "session"), reason="Nie.", now=NOW)


async def entitle_a_session(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    key = await deeds.some(tx, "session")
    title = f"Warsztat {deeds.chance.randrange(99)}"
    details = msgspec.structs.replace(await details_of(tx, session_id=key), title_pl=title)
    await describe_session(tx, actor=actor, session_id=key, details=details, now=NOW)


async def put_a_session_off(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    period = deeds.period()
    where = deeds.chance.choice((Where(mode="elsewhere", place="Rynek 2"), Where(mode="room", space_id=deeds.space())))
    key = await deeds.some(tx, "session")
    await move_session(tx, actor=actor, session_id=key, when=When(period.start, period.end), where=where, now=NOW)


async def have_a_seat(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    whose = deeds.chance.choice((None, deeds.cast.acme))
    await register(tx, actor=actor, order=seat(await deeds.some(tx, "session"), organisation_id=whose), now=NOW)


async def give_a_seat_back(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    key = await deeds.some(tx, "registration")
    await cancel(tx, registration_id=key, actor_id=actor.account_id, now=NOW)


async def put_an_edition_off(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    key = await deeds.some(tx, "edition")
    row = await tx.fetchrow("SELECT * FROM edition WHERE id = $1", key)
    assert row is not None
    demo_day = row["starts_on"] + timedelta(days=deeds.chance.randrange(20))
    details = msgspec.structs.replace(picked(row, EditionDetails), demo_day=demo_day)
    await describe_edition(tx, actor=actor, edition_id=key, details=details, now=NOW)


async def name_days(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    days = [TUESDAY + timedelta(days=deeds.chance.randrange(60)) for _ in range(deeds.chance.randrange(4))]
    lines = [DateLine(on_day=day, name_pl="Warsztat", name_en="Workshop") for day in days]
    await set_dates(tx, actor=actor, edition_id=await deeds.some(tx, "edition"), dates=lines, now=NOW)


async def rename_the_programme(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    row = await tx.fetchrow("SELECT * FROM programme ORDER BY id LIMIT 1")
    assert row is not None
    details = msgspec.structs.replace(picked(row, ProgrammeDetails), name_pl=f"Rozbieg {deeds.chance.randrange(99)}")
    await describe_programme(tx, actor=actor, programme_id=row["id"], details=details, now=NOW)


async def rename_the_house(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    row = await tx.fetchrow("SELECT * FROM incubator WHERE id = $1", deeds.cast.las)
    assert row is not None
    details = msgspec.structs.replace(picked(row, IncubatorDetails), name=f"LAS {deeds.chance.randrange(99)}")
    await describe_incubator(tx, actor=actor, incubator_id=deeds.cast.las, details=details, now=NOW)


async def rename_the_mentor(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    details = MentorDetails(name=f"Ewa {deeds.chance.randrange(99)}", online_link="https://meet.example/ewa")
    await describe_mentor(tx, actor=actor, mentor_id=deeds.ewa.id, details=details, now=NOW)


async def rename_the_company(deeds: Deeds, tx: Tx, actor: Actor) -> None:
    details = OrganisationDetails(
        name=f"Acme {deeds.chance.randrange(99)}", kind="startup", gmina_id=deeds.cast.niepolomice
    )
    key = deeds.cast.acme
    await change_organisation(tx, actor=actor, organisation_id=key, details=details, seen=None, now=NOW)


BY_PEOPLE: tuple[Deed, ...] = (
    *(have_a_meeting,) * 4,
    *(put_a_meeting_off,) * 2,
    call_a_meeting_off,
    *(have_a_seat,) * 4,
    give_a_seat_back,
)
BY_DESK: tuple[Deed, ...] = (
    announce,
    call_a_session_off,
    entitle_a_session,
    *(put_a_session_off,) * 2,
    put_an_edition_off,
    name_days,
    rename_the_programme,
    rename_the_house,
)
BY_MENTOR: tuple[Deed, ...] = (go_away, be_back, put_a_meeting_off, rename_the_mentor)
DEEDS_AROUND = (
    *by(PEOPLE, BY_PEOPLE),
    *by(("coordinator",), BY_DESK),
    *by(("ewa",), BY_MENTOR),
    *by(("owner",), [rename_the_company]),
)
