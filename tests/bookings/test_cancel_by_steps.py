"""What goes back to who calls off, by the steps of the price list: of the price, the invoice, the aid, the credit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from incubator.bookings.cancel import Refund, TooLateToCancel, cancel
from incubator.bookings.check_in import check_in
from incubator.bookings.complete import complete
from incubator.bookings.forget_person import forget_person
from incubator.bookings.going_back import going_back
from incubator.bookings.no_show import no_show
from incubator.bookings.repeat import repeat
from incubator.bookings.series_rules import Pattern
from incubator.bookings.settle import WrongState
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import ELSEWHERE, HAND_OVER
from incubator.invoices.invoice_charge import invoice_at_desk, waiting_for
from incubator.ledger.check_books import check_books
from incubator.payments.locked import locked
from incubator.people.close_organisation import close_organisation
from incubator.pricing.details import ExtraDetails
from incubator.pricing.publish_list import publish_list
from incubator.pricing.set_extra import set_extra
from incubator.pricing.set_steps import set_steps
from tests.aid.cast import put_declaration, put_rate
from tests.auditing import audit
from tests.bookings.test_charge import RATES, TWO_HOURS, aid, book, owed
from tests.browsing import post_form
from tests.cast import Cast, Person, acting, change
from tests.conftest import Clockwork
from tests.invoices.cast import open_for_invoices
from tests.moments import NOW, TUESDAY
from tests.payments.test_charges import paying
from tests.payments.test_online import charge_of
from tests.pricing.cast import a_draft, a_tariff
from tests.pricing.test_steps import steps
from tests.races import outcomes

CREDIT = """
INSERT INTO credit (organisation_id, kind, gmina_id, source_id, name_pl, name_en, valid, granted, used)
VALUES ($1, 'room_minutes', $2, uuidv7(), '', '', tstzrange($3, $4), 600, 0)
"""
Visit = Callable[..., httpx.AsyncClient]
DAY = 1440
HALF, GROSS = 3_690, 7_380
START = TWO_HOURS.start


def before(**more: Any) -> datetime:
    return START - timedelta(**more)


async def stepped(
    db: Database, cast: Cast, *told: tuple[int, int], deposit: int = 0, extras: tuple[ExtraDetails, ...] = ()
) -> None:
    """As `priced`, and of the price goes back what the steps say: by default all till a day before, half till an hour."""
    actor = await acting(db, cast.coordinator)
    tariff = a_tariff(cast.room_l, cast.room_s, rates=RATES, deposit=deposit)
    async with transaction(db) as tx:
        await put_rate(tx)
        await put_declaration(tx, organisation=cast.acme, by=cast.owner.id)
        draft = await a_draft(tx, actor, cast.las, tariff, day=NOW.date(), stated="net", startups_incubated=True)
        for extra in extras:
            await set_extra(tx, actor=actor, list_id=draft.id, details=extra, now=NOW)
        wish = steps(*(told or ((DAY, 100), (60, 50))))
        await set_steps(tx, actor=actor, list_id=draft.id, wish=wish, now=NOW)
        await publish_list(tx, actor=actor, list_id=draft.id, now=NOW)


async def calling_off(db: Database, who: Person, booking: BookingView, now: datetime, **told: Any) -> BookingView:
    actor = await acting(db, who)
    return await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=booking.id, now=now, **told))


async def paid(db: Database, booking: BookingView, amount: int = GROSS) -> None:
    """So much of it, and what follows from that."""
    charge_id = await charge_of(db, booking)
    async with transaction(db) as tx:
        await paying(tx, await locked(tx, charge_id=charge_id), amount)
    await HAND_OVER.tell_paid(db, subject_id=charge_id, now=NOW)


async def refunds(db: Database) -> list[int]:
    async with statement(db) as tx:
        return [row["amount"] for row in await tx.fetch("SELECT amount FROM refund ORDER BY id")]


async def test_early_all_of_it_goes_back_as_the_steps_say(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    await calling_off(db, cast.member, made, before(days=1))
    assert await owed(db, made) == [(GROSS, 0, "cancelled")]
    assert await refunds(db) == [GROSS]


async def test_late_a_share_goes_back_the_rest_is_kept_and_the_aid_is_taken_back_whole(
    db: Database, cast: Cast
) -> None:
    await stepped(db, cast, deposit=50_000)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made, GROSS + 50_000)
    await calling_off(db, cast.member, made, before(hours=23))
    assert await owed(db, made) == [(GROSS, 0, "cancelled")]
    assert await refunds(db) == [HALF + 50_000]
    assert await aid(db, made) == [14_000, -14_000]
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT array_agg(gross ORDER BY n) FROM invoice") == [GROSS, -HALF]
        revenue = await tx.fetchval("SELECT -sum(amount) FROM posting WHERE account IN ('revenue', 'vat_due')")
        assert revenue == HALF


@pytest.mark.parametrize(("left", "back"), [(1440, GROSS), (1439, HALF), (60, HALF), (59, 0), (1, 0)])
async def test_what_is_said_beforehand_is_what_goes_back(db: Database, cast: Cast, left: int, back: int) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    now = before(minutes=left)
    async with statement(db) as tx:
        goes = await going_back(tx, booking_id=made.id, now=now)
    assert goes is not None and (goes.price, goes.back, goes.by_itself) == (GROSS, back, True)
    await calling_off(db, cast.member, made, now)
    assert sum(await refunds(db)) == back


async def test_who_has_not_paid_still_owes_what_is_kept_and_is_invoiced_for_that(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    await open_for_invoices(db, cast)
    made = await book(db, cast, cast.member)
    await calling_off(db, cast.member, made, before(hours=2))
    assert await owed(db, made) == [(GROSS, HALF, "open")]
    await paid(db, made, HALF)
    assert await owed(db, made) == [(GROSS, 0, "paid")]
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT array_agg(gross ORDER BY n) FROM invoice") == [HALF]


async def test_what_is_kept_of_a_charge_without_invoice_is_invoiced_when_asked_for(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    await calling_off(db, cast.member, made, before(hours=2))
    desk, charge_id = await acting(db, cast.coordinator), await charge_of(db, made)
    async with statement(db) as tx:
        assert [one.gross for one in await waiting_for(tx, gmina_id=cast.niepolomice, now=NOW)] == [HALF]
    await open_for_invoices(db, cast)
    await attempt(db, lambda tx: invoice_at_desk(tx, actor=desk, charge_id=charge_id, now=NOW))
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT array_agg(gross) FROM invoice") == [HALF]


async def test_with_steps_it_is_called_off_until_it_begins_and_not_after(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=2 * DAY)
    made = await book(db, cast, cast.member)
    with pytest.raises(TooLateToCancel):
        await calling_off(db, cast.member, made, START)
    async with statement(db) as tx:
        goes = await going_back(tx, booking_id=made.id, now=START)
    assert goes is not None and not goes.by_itself
    await calling_off(db, cast.member, made, before(minutes=1))


async def test_without_steps_and_for_what_is_free_the_window_decides(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_s, cancel_minutes=2 * DAY)
        await tx.execute("UPDATE organisation SET kind = 'ngo' WHERE id = $1", cast.acme)
    free = await book(db, cast, cast.member, space_id=cast.room_s)
    with pytest.raises(TooLateToCancel):
        await calling_off(db, cast.member, free, NOW)
    async with transaction(db) as tx:
        await change(tx, cast.room_a, cancel_minutes=2 * DAY)
    unpriced = await book(db, cast, cast.member, space_id=cast.room_a)
    with pytest.raises(TooLateToCancel):
        await calling_off(db, cast.member, unpriced, NOW)


async def test_a_later_list_changes_nothing_for_what_is_booked(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        tariff = a_tariff(cast.room_l, rates=RATES)
        draft = await a_draft(tx, actor, cast.las, tariff, day=NOW.date() + timedelta(days=1))
        await publish_list(tx, actor=actor, list_id=draft.id, now=NOW)
    await calling_off(db, cast.member, made, before(hours=2))
    assert await refunds(db) == [HALF]


async def test_the_desk_gives_all_back_or_what_the_steps_say(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    for told, back in (({}, GROSS), ({"refund": Refund.STEPS}, HALF)):
        made = await book(db, cast, cast.member)
        await paid(db, made)
        await calling_off(db, cast.coordinator, made, before(hours=2), reason="Prosba", **told)
        assert (await refunds(db))[-1] == back


async def test_a_holder_cannot_choose_to_get_all_back(visit: Visit, db: Database, cast: Cast, clock: Clockwork) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    clock.now = before(hours=2)
    told = (await visit(cast.member).get(f"/api/bookings/{made.id}/price")).json()["cancelling"]
    assert (told["price"], told["back"], told["by_itself"]) == (GROSS, HALF, True)
    page = (await visit(cast.member).get(f"/bookings/{made.id}?lang=en")).text.replace("\xa0", " ")
    assert "If you cancel now, 36.90 zł of 73.80 zł go back." in page
    done = await visit(cast.member).post(f"/api/bookings/{made.id}/cancel", json={"refund": "all"})
    assert done.status_code == 200 and await refunds(db) == [HALF]
    assert (await visit(cast.member).get(f"/api/bookings/{made.id}/price")).json()["cancelling"] is None


async def test_the_desk_chooses_on_its_form(visit: Visit, db: Database, cast: Cast, clock: Clockwork) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    clock.now = before(hours=2)
    desk = visit(cast.coordinator)
    page = (await desk.get(f"/bookings/{made.id}?lang=en")).text.replace("\xa0", " ")
    assert "all of it: 73.80 zł" in page and "36.90 zł of 73.80 zł" in page
    form = {"reason": "Prosba", "refund": "steps"}
    assert (await post_form(desk, f"/bookings/{made.id}/cancel", form)).status_code == 303
    assert await refunds(db) == [HALF]


async def test_a_credit_goes_back_in_the_spaces_window_alone_and_a_quota_always(db: Database, cast: Cast) -> None:
    """The room is drawn from a credit, the projector is paid."""
    await stepped(db, cast, extras=(ExtraDetails(name_pl="Rzutnik", price=2_000),))
    async with statement(db) as tx:
        projector = await tx.fetchval("SELECT id FROM extra")
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=180)
        await tx.execute(CREDIT, cast.acme, cast.niepolomice, NOW, NOW + timedelta(days=30))
    for hours, used in ((4, 0), (2, 120)):
        made = await book(db, cast, cast.member, extras=(projector,))
        assert made.credit_id is not None
        await calling_off(db, cast.member, made, before(hours=hours))
        async with statement(db) as tx:
            assert await tx.fetchval("SELECT used FROM credit") == used
            assert await audit(tx) == []


async def test_a_company_that_closes_gets_what_the_steps_say(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    owner = await acting(db, cast.owner)
    told: dict[str, Any] = {"organisation_id": cast.acme, "elsewhere": ELSEWHERE, "now": before(hours=2)}
    await attempt(db, lambda tx: close_organisation(tx, actor=owner, **told))
    assert (await owed(db, made), await refunds(db)) == ([(GROSS, 0, "cancelled")], [HALF])
    assert await aid(db, made) == [14_000, -14_000]


async def test_a_person_who_is_erased_gets_what_the_steps_say(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.resident, own=True)
    await paid(db, made, 12_300)
    actor = await acting(db, cast.resident)
    await attempt(db, lambda tx: forget_person(tx, actor=actor, now=before(hours=2)))
    assert await refunds(db) == [6_150]


async def test_who_does_not_come_gets_nothing_back(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    desk = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: no_show(tx, actor=desk, booking_id=made.id, now=START + timedelta(hours=1)))
    assert (await owed(db, made), await refunds(db), await aid(db, made)) == ([(GROSS, 0, "paid")], [], [14_000])


async def test_who_has_checked_in_cannot_call_it_off_and_gets_nothing_back(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    member, desk = await acting(db, cast.member), await acting(db, cast.coordinator)
    early = before(minutes=20)
    await attempt(db, lambda tx: check_in(tx, actor=member, booking_id=made.id, now=early))
    for who, more in ((cast.member, {}), (cast.coordinator, {"reason": "x"})):
        with pytest.raises(WrongState):
            await calling_off(db, who, made, early, **more)
    await attempt(db, lambda tx: complete(tx, actor=desk, booking_id=made.id, now=TWO_HOURS.end))
    assert (await owed(db, made), await refunds(db), await aid(db, made)) == ([(GROSS, 0, "paid")], [], [14_000])


async def test_of_holder_and_desk_at_once_one_calls_it_off_and_it_goes_back_once(db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    await paid(db, made)
    got = await outcomes(
        *(calling_off(db, cast.member, made, before(hours=2)) for _ in range(4)),
        *(calling_off(db, cast.coordinator, made, before(hours=2), reason="x") for _ in range(4)),
    )
    assert got.count(WrongState) == 7
    assert len(await refunds(db)) == 1 and (await refunds(db))[0] in (HALF, GROSS)
    async with statement(db) as tx:
        assert await check_books(tx, now=NOW) == {}


async def test_dates_of_a_series_go_back_each_by_its_own_steps(
    visit: Visit, db: Database, cast: Cast, clock: Clockwork
) -> None:
    await stepped(db, cast)
    actor = await acting(db, cast.member)
    pattern = Pattern(first_day=TUESDAY, weekdays=(2,), start_minute=600, length_minutes=120, every_weeks=1, count=3)
    told: dict[str, Any] = {"space_id": cast.room_l, "pattern": pattern, "organisation_id": cast.acme}
    series = await attempt(db, lambda tx: repeat(tx, actor=actor, now=NOW, **told))
    clock.now = before(hours=2)
    member = visit(cast.member)
    at = f"/api/series/{series.id}/cancel/preview"
    seen = (await member.post(at, json={"which": "all"})).json()
    assert (seen["price"], seen["back"]) == (3 * GROSS, 2 * GROSS + HALF)
    assert [one["back"] for one in seen["dates"]] == [HALF, GROSS, GROSS]
    later = (await member.post(at, json={"which": "following", "occurrence": 2})).json()
    assert (later["price"], later["back"]) == (2 * GROSS, 2 * GROSS)
    page = (await member.get(f"/bookings/series/{series.id}?lang=en")).text.replace("\xa0", " ")
    assert "If you cancel these dates now, 184.50 zł of 221.40 zł go back." in page
    part = await member.get(f"/bookings/series/{series.id}/going-back?which=this&occurrence=1&lang=en")
    assert "36.90 zł of 73.80 zł" in part.text.replace("\xa0", " ") and "<html" not in part.text
    gone = await member.post(f"/api/series/{series.id}/cancel", json={"which": "all"})
    assert gone.json()["changed"] == 3
    async with statement(db) as tx:
        left = await tx.fetch("SELECT outstanding FROM charge ORDER BY id")
    assert sorted(row["outstanding"] for row in left) == [0, 0, HALF]


async def test_strangers_learn_nothing_of_what_goes_back(visit: Visit, db: Database, cast: Cast) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    for who in (cast.stranger, cast.other_coordinator):
        assert (await visit(who).get(f"/api/bookings/{made.id}/price")).status_code == 404
