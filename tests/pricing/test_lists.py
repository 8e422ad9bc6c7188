"""A price list from its draft to the day from which it counts, and what the database holds to."""

import asyncio
from datetime import date, timedelta

import asyncpg
import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.db.history import history_of
from incubator.kernel.errors import Refusal
from incubator.kernel.ids import uuid7
from incubator.people.guards import NotYours
from incubator.pricing.describe_list import describe_list
from incubator.pricing.details import ExtraDetails
from incubator.pricing.draft_list import draft_list
from incubator.pricing.drop_list import drop_list
from incubator.pricing.publish_list import (
    ActMissing,
    ListOnThatDay,
    ListUnfinished,
    StartsInThePast,
    publish_list,
)
from incubator.pricing.queries import NoSuchPriceList, lists_of, lists_that_count, price_list
from incubator.pricing.reach import ListPublished
from incubator.pricing.remove_extra import remove_extra
from incubator.pricing.remove_tariff import remove_tariff
from incubator.pricing.rules import NoBasis, PriceNotWhole
from incubator.pricing.set_extra import ExtraNotOnList, set_extra
from incubator.pricing.set_tariff import NoSuchSpaceHere, NoSuchTariff, SpaceInTwoTariffs, TooManyOnList, set_tariff
from incubator.web.etags import ChangedMeanwhile
from incubator.web.periods import OutOfReach
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.pricing.cast import LATER, a_draft, a_tariff, details, hourly, in_force
from tests.races import outcomes

TODAY = NOW.date()
MORE_EXTRAS = """
INSERT INTO extra (id, list_id, position, name_pl, name_en, per, price, vat, basis)
SELECT uuidv7(), id, 0, 'x', '', 'booking', 1, '23', '' FROM price_list
"""
MORE_RATES = """
INSERT INTO rate (tariff_id, category, local_only, unit, from_unit, price)
SELECT id, 'ngo', false, 'day', 1, 1 FROM tariff
"""


async def test_a_draft_is_seen_by_who_coordinates_the_gmina_alone(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las, a_tariff(cast.room_l))
        for who, sees in ((cast.coordinator, True), (cast.administrator, True), (cast.other_coordinator, False)):
            them = await acting(db, who)
            found = await lists_of(tx, actor=them, incubator_id=cast.las, today=TODAY)
            assert [one.id for one in found] == ([draft.id] if sees else [])
        with pytest.raises(NoSuchPriceList):
            await price_list(tx, actor=None, list_id=draft.id, today=TODAY)


async def test_a_coordinator_of_another_gmina_changes_nothing(db: Database, cast: Cast) -> None:
    actor, other = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las, a_tariff(cast.room_l))
        tariff_id, on = draft.tariffs[0].id, {"actor": other, "list_id": draft.id, "now": NOW}
        for act in (
            draft_list(tx, actor=other, incubator_id=cast.las, details=details(), now=NOW),
            describe_list(tx, details=details(), **on),
            set_tariff(tx, wish=a_tariff(), **on),
            remove_tariff(tx, tariff_id=tariff_id, **on),
            set_extra(tx, details=ExtraDetails(name_pl="Kawa", price=1), **on),
            publish_list(tx, **on),
            drop_list(tx, **on),
        ):
            with pytest.raises(NotYours):
                await act


async def test_each_change_counts_the_version_on_and_is_told(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las)
        on = {"actor": actor, "list_id": draft.id, "now": NOW}
        two = await set_tariff(tx, wish=a_tariff(cast.room_l), seen=1, **on)
        with pytest.raises(ChangedMeanwhile):
            await set_tariff(tx, wish=a_tariff(cast.room_a), seen=1, **on)
        three = await set_extra(tx, details=ExtraDetails(name_pl="Kawa", price=500), seen=2, **on)
        four = await describe_list(tx, details=details(name_pl="Nowy"), seen=3, **on)
        five = await remove_extra(tx, extra_id=three.extras[0].id, seen=4, **on)
        six = await remove_tariff(tx, tariff_id=two.tariffs[0].id, seen=5, **on)
        assert [one.version for one in (two, three, four, five, six)] == [2, 3, 4, 5, 6]
        assert (six.tariffs, six.extras, six.name_pl) == ([], [], "Nowy")
        verbs = [deed["verb"] for deed in await history_of(tx, subject_id=draft.id)]
        assert verbs == ["draft_list", "set_tariff", "set_extra", "describe_list", "remove_extra", "remove_tariff"]
        await drop_list(tx, seen=6, **on)
        with pytest.raises(NoSuchPriceList):
            await price_list(tx, actor=actor, list_id=draft.id, today=TODAY)


async def test_a_tariff_is_said_whole_anew_and_keeps_its_name(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las, a_tariff(cast.room_l, cast.room_a))
        (was,) = draft.tariffs
        wish = a_tariff(cast.room_a, cast.room_s, rates=(hourly("commercial", 200), hourly("ngo", 100)))
        now = await set_tariff(tx, actor=actor, list_id=draft.id, tariff_id=was.id, wish=wish, now=NOW)
        (one,) = now.tariffs
        assert one.id == was.id and [space.slug for space in one.spaces] == ["a", "s"]
        assert [(rate.category, rate.price) for rate in one.rates] == [("commercial", 200), ("ngo", 100)]


async def test_what_cannot_be_on_a_list_is_refused(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las, a_tariff(cast.room_l))
    on = {"actor": actor, "list_id": draft.id, "now": NOW}

    async def refused(kind: type[Refusal], act: object) -> None:
        with pytest.raises(kind):
            await attempt(db, act)  # type: ignore[arg-type]

    await refused(SpaceInTwoTariffs, lambda tx: set_tariff(tx, wish=a_tariff(cast.room_l), **on))
    await refused(NoSuchSpaceHere, lambda tx: set_tariff(tx, wish=a_tariff(cast.other_room), **on))
    await refused(NoSuchSpaceHere, lambda tx: set_tariff(tx, wish=a_tariff(uuid7()), **on))
    await refused(NoSuchTariff, lambda tx: set_tariff(tx, wish=a_tariff(), tariff_id=uuid7(), **on))
    await refused(NoSuchTariff, lambda tx: remove_tariff(tx, tariff_id=uuid7(), **on))
    await refused(ExtraNotOnList, lambda tx: remove_extra(tx, extra_id=uuid7(), **on))
    odd = a_tariff(rates=(hourly("commercial", 10001),), step_minutes=30)
    await refused(PriceNotWhole, lambda tx: set_tariff(tx, wish=odd, **on))
    exempt = ExtraDetails(name_pl="Kurs", price=1, vat="zw")  # type: ignore[arg-type]
    await refused(NoBasis, lambda tx: set_extra(tx, details=exempt, **on))
    await refused(OutOfReach, lambda tx: describe_list(tx, details=details(date(9999, 1, 1)), **on))
    await refused(NoSuchPriceList, lambda tx: publish_list(tx, **{**on, "list_id": uuid7()}))


async def test_a_list_holds_so_many_tariffs(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las, *[a_tariff()] * 40)
        with pytest.raises(TooManyOnList):
            await set_tariff(tx, actor=actor, list_id=draft.id, wish=a_tariff(), now=NOW)


async def test_a_list_is_published_when_it_is_whole_and_adopted(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)

    async def refused(kind: type[Refusal], *wishes: object, **more: object) -> None:
        with pytest.raises(kind):
            async with transaction(db) as tx:
                draft = await a_draft(tx, actor, cast.las, *wishes, **{"day": LATER, **more})  # type: ignore[arg-type]
                await publish_list(tx, actor=actor, list_id=draft.id, now=NOW)

    whole = a_tariff(cast.room_l)
    await refused(ListUnfinished)
    await refused(ListUnfinished, whole, a_tariff())
    await refused(ListUnfinished, a_tariff(cast.room_l, rates=()))
    await refused(ActMissing, whole, act_number="")
    await refused(ActMissing, whole, act_day=None)
    await refused(StartsInThePast, whole, day=TODAY - timedelta(days=1))


async def test_the_latest_list_that_counts_is_in_force(db: Database, cast: Cast) -> None:
    now, later = await in_force(db, cast), await in_force(db, cast, day=LATER)
    async with statement(db) as tx:
        for today, names in (
            (TODAY - timedelta(days=1), [(now.id, False), (later.id, False)]),
            (TODAY, [(now.id, True), (later.id, False)]),
            (LATER, [(later.id, True)]),
        ):
            found = await lists_that_count(tx, incubator_id=cast.las, today=today)
            assert [(one.id, one.in_force) for one in found] == names
    with pytest.raises(ListOnThatDay):
        await in_force(db, cast, day=LATER)


async def test_a_copy_says_the_same_and_stands_by_itself(db: Database, cast: Cast) -> None:
    rates = (hourly("commercial", 12000), hourly("commercial", 6000, from_unit=2), hourly("ngo", 0, local_only=True))
    source = await in_force(
        db, cast, a_tariff(cast.room_l, cast.room_a, rates=rates), extras=(ExtraDetails(name_pl="Kawa", price=500),)
    )
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        on = {"actor": actor, "incubator_id": cast.las, "details": details(LATER), "now": NOW}
        copy = await draft_list(tx, copy_of=source.id, **on)
        assert copy.copied_from == source.id and copy.state == "draft"
        assert copy.tariffs[0].rates == source.tariffs[0].rates and copy.tariffs[0].spaces == source.tariffs[0].spaces
        assert copy.tariffs[0].id != source.tariffs[0].id and copy.extras[0].price == 500
        for wrong in (copy.id, uuid7()):
            with pytest.raises(NoSuchPriceList):
                await draft_list(tx, copy_of=wrong, **on)


async def test_what_was_published_is_never_changed(db: Database, cast: Cast) -> None:
    stands = await in_force(db, cast, extras=(ExtraDetails(name_pl="Kawa", price=500),))
    actor = await acting(db, cast.coordinator)
    on = {"actor": actor, "list_id": stands.id, "now": NOW}
    for act in (
        lambda tx: describe_list(tx, details=details(), **on),
        lambda tx: set_tariff(tx, wish=a_tariff(), **on),
        lambda tx: remove_tariff(tx, tariff_id=stands.tariffs[0].id, **on),
        lambda tx: set_extra(tx, details=ExtraDetails(name_pl="Kawa", price=1), **on),
        lambda tx: publish_list(tx, **on),
        lambda tx: drop_list(tx, **on),
    ):
        with pytest.raises(ListPublished):
            await attempt(db, act)
    async with statement(db) as tx:
        for deed in (
            "UPDATE price_list SET name_pl = 'x'",
            "UPDATE price_list SET state = 'draft', published_at = NULL",
            "DELETE FROM price_list",
            "UPDATE tariff SET deposit = 1",
            "DELETE FROM tariff",
            "UPDATE rate SET price = 1",
            "DELETE FROM rate",
            "DELETE FROM tariff_space",
            "UPDATE extra SET price = 1",
            "DELETE FROM extra",
            MORE_EXTRAS,
            MORE_RATES,
        ):
            with pytest.raises(asyncpg.RestrictViolationError):
                await tx.execute(deed)


@pytest.mark.parametrize(
    ("deed", "constraint"),
    [
        ("UPDATE price_list SET stated = 'both'", "price_list_stated"),
        ("UPDATE price_list SET state = 'published'", "price_list_published"),
        (
            "UPDATE price_list SET state = 'published', published_at = now(), act_number = ''",
            "price_list_adopted_by_an_act",
        ),
        ("UPDATE tariff SET vat = '22'", "tariff_vat"),
        ("UPDATE tariff SET vat = 'zw'", "tariff_exempt_on_a_basis"),
        ("UPDATE tariff SET step_minutes = 20", "tariff_step"),
        ("UPDATE tariff SET half_day_minutes = 250", "tariff_days_of_whole_steps"),
        ("UPDATE tariff SET day_minutes = 60", "tariff_day"),
        ("UPDATE tariff SET peak_weekdays = '{8}'", "tariff_peak"),
        ("UPDATE tariff SET deposit = -1", "tariff_deposit"),
        ("UPDATE rate SET price = -1", "rate_price"),
        ("UPDATE rate SET market = -1", "rate_market"),
        ("UPDATE rate SET unit = 'day', from_unit = 2", "rate_bracket"),
        ("UPDATE rate SET category = 'rich'", "rate_category"),
        ("UPDATE extra SET per = 'year'", "extra_per"),
        ("UPDATE extra SET vat = 'zw'", "extra_exempt_on_a_basis"),
    ],
)
async def test_the_database_refuses_what_makes_no_sense(db: Database, cast: Cast, deed: str, constraint: str) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las, a_tariff(cast.room_l))
        await set_extra(tx, actor=actor, list_id=draft.id, details=ExtraDetails(name_pl="Kawa", price=1), now=NOW)
    async with statement(db) as tx:
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await tx.execute(deed)
    assert refused.value.constraint_name == constraint


async def test_publishing_moves_the_rulebook_and_drafting_does_not(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with statement(db) as tx:
        before = await tx.fetchval("SELECT version FROM rulebook")
        async with transaction(db) as other:
            draft = await a_draft(other, actor, cast.las, a_tariff(cast.room_l), day=TODAY)
        assert await tx.fetchval("SELECT version FROM rulebook") == before
        async with transaction(db) as other:
            await publish_list(other, actor=actor, list_id=draft.id, now=NOW)
        assert await tx.fetchval("SELECT version FROM rulebook") == before + 1


# ---------- at once


async def test_of_many_lists_for_one_day_exactly_one_is_published(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        drafts = [await a_draft(tx, actor, cast.las, a_tariff(cast.room_l), day=LATER) for _ in range(12)]
    got = await outcomes(
        *(
            attempt(db, lambda tx, key=draft.id: publish_list(tx, actor=actor, list_id=key, now=NOW))  # type: ignore[misc]
            for draft in drafts
        )
    )
    assert got.count(ListOnThatDay) == 11


async def test_a_space_put_into_many_tariffs_at_once_is_in_one(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las)
    wish = a_tariff(cast.room_l, cast.room_a)
    got = await outcomes(
        *(attempt(db, lambda tx: set_tariff(tx, actor=actor, list_id=draft.id, wish=wish, now=NOW)) for _ in range(12))
    )
    assert got.count(SpaceInTwoTariffs) == 11


async def test_what_is_added_while_a_list_is_published_is_refused_by_the_database(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        draft = await a_draft(tx, actor, cast.las, a_tariff(cast.room_l), day=LATER)

    async def sneak() -> None:
        async with statement(db) as tx:
            await tx.execute(
                "INSERT INTO rate (tariff_id, category, local_only, unit, from_unit, price) VALUES ($1, 'ngo', false, 'day', 1, 1)",
                draft.tariffs[0].id,
            )

    async with transaction(db) as tx:
        await publish_list(tx, actor=actor, list_id=draft.id, now=NOW)
        waiting = asyncio.create_task(sneak())
        await asyncio.sleep(0.2)
        assert not waiting.done(), "it waits for what becomes of the list"
    with pytest.raises(asyncpg.RestrictViolationError):
        await waiting
