"""From admission to the end: places, credits, milestones, who may."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from incubator.credits.grant_credit import CreditDaysCross, Grant, NobodyToGrant, grant_credit
from incubator.credits.holder import Holder
from incubator.credits.queries import credits_of
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.participation.add_milestone import NewMilestone, add_edition_milestone
from incubator.participation.admit import AlreadyTakesPart, EditionFull, EditionOver, HasApplied, accept_offer, admit
from incubator.participation.graduate import graduate
from incubator.participation.queries import NoSuchParticipation, booked_for_later, milestones_of, participation_for
from incubator.participation.remove import remove
from incubator.participation.settle import WhyNeeded, WrongParticipationState
from incubator.participation.start import NoAgreement, start
from incubator.participation.withdraw import withdraw, withdraw_organisation
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.credits.test_draw import at, book
from tests.participation.cast import active, admitted, edition_of, scalar
from tests.programmes.cast import put_application, put_call, put_organisation
from tests.races import outcomes

LATER = date(2026, 10, 1)


async def test_admission_takes_a_place_and_grants_what_the_edition_promises(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made = await admitted(db, cast, edition)
    async with statement(db) as tx:
        granted = await credits_of(tx, holder_id=cast.acme, source_id=made.id)
    assert [(one.kind, one.granted, one.gmina_id) for one in granted] == [
        ("desk_days", 5, cast.niepolomice),
        ("room_minutes", 600, cast.niepolomice),
    ]
    assert granted[0].valid_from.isoformat() == "2026-08-31T22:00:00+00:00"
    assert granted[0].valid_until.isoformat() == "2027-02-28T23:00:00+00:00"
    assert await scalar(db, "SELECT places_taken FROM edition WHERE id = $1", edition) == 1
    assert await scalar(db, "SELECT count(*) FROM mail WHERE text LIKE '%' || $1 || '%'", str(made.id)) == 1


async def test_the_last_place_goes_to_one(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice, places=2)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        organisations = [await put_organisation(tx, gmina=cast.niepolomice, owner=cast.resident.id) for _ in range(6)]

    async def one(key: UUID) -> object:
        return await attempt(db, lambda tx: admit(tx, actor=actor, edition_id=edition, organisation_id=key, now=NOW))

    got = await outcomes(*(one(key) for key in organisations))
    assert got.count(EditionFull) == 4
    assert await scalar(db, "SELECT count(*) FROM participation") == 2


async def test_nobody_is_admitted_twice_even_at_once(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice, places=9)
    got = await outcomes(*(admitted(db, cast, edition) for _ in range(4)))
    assert got.count(AlreadyTakesPart) == 3
    assert await scalar(db, "SELECT places_taken FROM edition WHERE id = $1", edition) == 1


async def test_an_edition_that_is_over_takes_nobody(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice, starts=date(2026, 1, 1), ends=date(2026, 9, 6))
    with pytest.raises(EditionOver):
        await admitted(db, cast, edition)


@pytest.mark.parametrize("who", ["stranger", "member", "other_coordinator", "office"])
async def test_others_admit_nobody(db: Database, cast: Cast, who: str) -> None:
    edition = await edition_of(db, cast.niepolomice)
    actor = await acting(db, getattr(cast, who))
    with pytest.raises(NotYours):
        async with transaction(db) as tx:
            await admit(tx, actor=actor, edition_id=edition, organisation_id=cast.acme, now=NOW)


async def test_who_accepts_the_offer_takes_the_place_that_was_kept(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice, places=1)
    async with transaction(db) as tx:
        await put_call(tx, edition=edition, opens=NOW - timedelta(days=30), closes=NOW - timedelta(days=5))
        key = await put_application(
            tx, edition=edition, account=cast.member.id, organisation=cast.acme, at=NOW, state="offered"
        )
        await tx.execute("UPDATE edition SET places_taken = 1 WHERE id = $1", edition)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        made = await accept_offer(tx, actor=actor, application_id=key, now=NOW)
    assert (made.application_id, made.organisation_id) == (key, cast.acme)
    assert await scalar(db, "SELECT state FROM application WHERE id = $1", key) == "admitted"
    assert await scalar(db, "SELECT places_taken FROM edition WHERE id = $1", edition) == 1


LIVE = ("submitted", "supplementing", "formally_passed", "reserve", "offered")
OVER = ("draft", "withdrawn", "formally_rejected", "below_threshold", "not_admitted", "declined")


@pytest.mark.parametrize("state", [*LIVE, *OVER])
async def test_who_has_applied_is_admitted_by_their_application(db: Database, cast: Cast, state: str) -> None:
    edition = await edition_of(db, cast.niepolomice)
    async with transaction(db) as tx:
        await put_call(tx, edition=edition, opens=NOW - timedelta(days=30), closes=NOW - timedelta(days=5))
        await put_application(tx, edition=edition, account=cast.member.id, organisation=cast.acme, at=NOW, state=state)
    if state in LIVE:
        with pytest.raises(HasApplied):
            await admitted(db, cast, edition)
        assert await scalar(db, "SELECT places_taken FROM edition WHERE id = $1", edition) == 0
        assert (await admitted(db, cast, edition, organisation=cast.rival)).organisation_id == cast.rival
    else:
        assert (await admitted(db, cast, edition)).organisation_id == cast.acme


async def test_nobody_starts_without_an_agreement(db: Database, cast: Cast) -> None:
    made = await admitted(db, cast, await edition_of(db, cast.niepolomice))
    actor = await acting(db, cast.coordinator)
    with pytest.raises(NoAgreement):
        async with transaction(db) as tx:
            await start(tx, actor=actor, participation_id=made.id, now=NOW)


async def test_the_end_ends_the_credits_and_lists_what_was_booked_on_them(db: Database, cast: Cast) -> None:
    made = await active(db, cast, await edition_of(db, cast.niepolomice))
    booked = await book(db, cast.member, cast.room_s, at(10), organisation=cast.acme)
    assert booked.credit_id is not None
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        ended = await graduate(tx, actor=actor, participation_id=made.id, now=NOW)
        later = await booked_for_later(tx, participation=ended, now=NOW)
        granted = await credits_of(tx, holder_id=cast.acme, source_id=made.id)
    assert [one.id for one in later] == [booked.id]
    assert {one.valid_until for one in granted} == {NOW}
    after = await book(db, cast.member, cast.room_s, at(12), organisation=cast.acme)
    assert after.credit_id is None


@pytest.mark.parametrize(("starts", "back"), [(LATER, True), (NOW.date(), False)])
async def test_a_place_comes_back_only_before_the_edition_begins(
    db: Database, cast: Cast, starts: date, back: bool
) -> None:
    edition = await edition_of(db, cast.niepolomice, starts=starts)
    made = await admitted(db, cast, edition)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        ended = await withdraw(tx, actor=actor, participation_id=made.id, now=NOW)
    assert (ended.state, ended.ended_on) == ("withdrawn", NOW.date())
    assert await scalar(db, "SELECT places_taken FROM edition WHERE id = $1", edition) == (0 if back else 1)


async def test_removing_takes_a_reason_and_ends_it_for_good(db: Database, cast: Cast) -> None:
    made = await active(db, cast, await edition_of(db, cast.niepolomice))
    actor = await acting(db, cast.coordinator)
    with pytest.raises(WhyNeeded):
        async with transaction(db) as tx:
            await remove(tx, actor=actor, participation_id=made.id, reason=" ", now=NOW)
    async with transaction(db) as tx:
        await remove(tx, actor=actor, participation_id=made.id, reason="Nie przychodzili.", now=NOW)
    with pytest.raises(WrongParticipationState):
        async with transaction(db) as tx:
            await graduate(tx, actor=actor, participation_id=made.id, now=NOW)
    stages = await scalar(db, "SELECT array_agg(stage || due_on ORDER BY due_on) FROM outcome_survey")
    assert stages == ["exit2026-09-07", "six_months2027-03-07", "twelve_months2027-09-07"]


async def test_one_end_wins(db: Database, cast: Cast) -> None:
    made = await active(db, cast, await edition_of(db, cast.niepolomice))
    desk, member = await acting(db, cast.coordinator), await acting(db, cast.member)

    async def finish() -> object:
        return await attempt(db, lambda tx: graduate(tx, actor=desk, participation_id=made.id, now=NOW))

    async def leave() -> object:
        return await attempt(db, lambda tx: withdraw(tx, actor=member, participation_id=made.id, now=NOW))

    got = await outcomes(finish(), leave(), finish(), leave())
    assert got.count(WrongParticipationState) == 3


async def test_closing_an_organisation_withdraws_it(db: Database, cast: Cast) -> None:
    made = await active(db, cast, await edition_of(db, cast.niepolomice))
    actor = await acting(db, cast.owner)
    async with transaction(db) as tx:
        await withdraw_organisation(tx, actor=actor, organisation_id=cast.acme, members=[cast.owner.id], now=NOW)
    assert await scalar(db, "SELECT state FROM participation WHERE id = $1", made.id) == "withdrawn"


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("stranger", False),
        ("resident", False),
        ("office", False),
        ("other_coordinator", False),
        ("member", True),
        ("coordinator", True),
        ("administrator", True),
    ],
)
async def test_a_participation_is_seen_by_its_own_and_who_runs_it(
    db: Database, cast: Cast, who: str, sees: bool
) -> None:
    made = await admitted(db, cast, await edition_of(db, cast.niepolomice))
    actor = await acting(db, getattr(cast, who))
    async with statement(db) as tx:
        if sees:
            assert (await participation_for(tx, actor=actor, participation_id=made.id)).id == made.id
        else:
            with pytest.raises(NoSuchParticipation):
                await participation_for(tx, actor=actor, participation_id=made.id)


async def test_milestones_of_the_edition_are_had_by_who_came_before_and_who_comes_after(
    db: Database, cast: Cast
) -> None:
    edition = await edition_of(db, cast.niepolomice)
    before = await admitted(db, cast, edition)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        milestone = NewMilestone(name_pl="Prototyp", due_on=date(2026, 11, 1))
        await add_edition_milestone(tx, actor=actor, edition_id=edition, milestone=milestone, now=NOW)
    after = await admitted(db, cast, edition, organisation=cast.rival)
    async with statement(db) as tx:
        for one in (before, after):
            assert [m.name_pl for m in await milestones_of(tx, participation_id=one.id)] == ["Prototyp"]


async def test_a_coordinator_grants_for_their_own_gmina(db: Database, cast: Cast) -> None:
    grant = Grant(
        kind="room_minutes", amount=60, first_day=date(2026, 9, 1), last_day=date(2026, 9, 30), reason="Za pomoc"
    )
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        made = await grant_credit(
            tx, actor=actor, holder=Holder(organisation_id=cast.acme), gmina_id=cast.niepolomice, grant=grant, now=NOW
        )
    assert (made.left, made.name_pl) == (60, "Za pomoc")
    for organisation, gmina, refusal in (
        (cast.acme, cast.skawina, NotYours),
        (uuid7(), cast.niepolomice, NobodyToGrant),
    ):
        with pytest.raises(refusal):
            async with transaction(db) as tx:
                await grant_credit(
                    tx, actor=actor, holder=Holder(organisation_id=organisation), gmina_id=gmina, grant=grant, now=NOW
                )
    crossed = Grant(kind="seats", amount=1, first_day=date(2026, 9, 2), last_day=date(2026, 9, 1), reason="x")
    with pytest.raises(CreditDaysCross):
        async with transaction(db) as tx:
            await grant_credit(
                tx,
                actor=actor,
                holder=Holder(organisation_id=cast.acme),
                gmina_id=cast.niepolomice,
                grant=crossed,
                now=NOW,
            )
