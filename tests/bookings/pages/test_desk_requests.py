"""The coordinator's work list: rivals side by side, an answer to each, and none by accident."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.requests import awaiting, rival_sets
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.bookings.weighing import weigh
from incubator.db.engine import Database, transaction
from tests.bookings.pages.desk_kit import Visit, at_desk, booked, mails, needs_approval, standing
from tests.browsing import post_form
from tests.cast import Cast, acting, change
from tests.conftest import NOW, Clockwork
from tests.moments import MONDAY, on, tuesday

TEN = tuesday("10:00", "12:00")
ELEVEN = tuesday("11:00", "13:00")


async def two_rivals(db: Database, cast: Cast) -> tuple[BookingView, BookingView]:
    """Acme asks for room L, Rival for L+A at some of the same time."""
    await needs_approval(db, cast.room_l, cast.room_la)
    first = await booked(db, cast.member, cast.room_l, TEN, organisation_id=cast.acme, title="Robots", note="Tables")
    second = await booked(
        db, cast.stranger, cast.room_la, ELEVEN, organisation_id=cast.rival, now=NOW + timedelta(minutes=1)
    )
    return first, second


async def approve(client: httpx.AsyncClient, booking: BookingView, *seen: BookingView) -> httpx.Response:
    form: dict[str, Any] = {"seen": [str(one.id) for one in seen]}
    return await post_form(client, f"/desk/requests/{booking.id}/approve", form)


async def test_the_list_is_the_coordinators_alone(visit: Visit, cast: Cast, db: Database) -> None:
    first, _ = await two_rivals(db, cast)
    assert (await visit().get("/desk/requests")).headers["location"].startswith("/sign-in?next=/desk/requests")
    for person in (cast.member, cast.stranger, cast.office):
        client = visit(person)
        assert (await client.get("/desk/requests")).status_code == 403
        assert (await approve(client, first)).status_code == 403
        answer = await post_form(client, f"/desk/requests/{first.id}/decline", {"ready": "needed"})
        assert answer.status_code == 403
    assert (await approve(visit(), first)).status_code == 401
    assert (await standing(db, cast, first)).state == State.AWAITING_APPROVAL


async def test_a_coordinator_of_another_gmina_neither_sees_nor_answers(visit: Visit, cast: Cast, db: Database) -> None:
    first, second = await two_rivals(db, cast)
    client = at_desk(visit, cast.other_coordinator)
    told = (await client.get("/desk/requests")).text
    assert "No request waits for you." in told and "Acme" not in told
    assert "Acme" not in (await client.get("/desk/requests?incubator=las")).text
    assert (await approve(client, first, second)).status_code == 404
    answer = await post_form(client, f"/desk/requests/{first.id}/decline", {"ready": "needed"})
    assert answer.status_code == 404
    assert (await standing(db, cast, first)).state == State.AWAITING_APPROVAL


async def test_a_coordinator_cannot_approve_their_own_request_in_another_gmina(
    visit: Visit, cast: Cast, db: Database
) -> None:
    await needs_approval(db, cast.room_l)
    own = await booked(db, cast.other_coordinator, cast.room_l, TEN)
    assert (await approve(visit(cast.other_coordinator), own)).status_code == 403
    assert (await standing(db, cast, own)).state == State.AWAITING_APPROVAL


async def test_rivals_stand_side_by_side_and_say_what_an_answer_does(visit: Visit, cast: Cast, db: Database) -> None:
    first, second = await two_rivals(db, cast)
    told = (await at_desk(visit, cast.coordinator).get("/desk/requests")).text
    assert "2 requests for one time" in told
    assert "Robots" in told and "Tables" in told and "Member" in told
    assert told.count("the other request is declined with a mail") == 2
    assert told.index(f'id="r-{first.id}"') < told.index(f'id="r-{second.id}"')


async def test_approving_one_answers_the_other_by_mail(visit: Visit, cast: Cast, db: Database) -> None:
    first, second = await two_rivals(db, cast)
    client = at_desk(visit, cast.coordinator)
    before = len(await mails(db))
    answer = await approve(client, first, second)
    assert answer.headers["location"] == "/desk/requests"
    told = (await client.get("/desk/requests")).text
    assert "The other requests for this time are declined" in told and "No request waits for you." in told
    assert (await standing(db, cast, first)).state == State.CONFIRMED
    assert (await standing(db, cast, second)).state == State.DECLINED
    sent = (await mails(db))[before:]
    assert [to for to, _, _ in sent] == ["member@example.com", "stranger@example.com"]
    assert "Another request for this time was approved." in sent[1][2]


async def test_a_double_click_approves_once_and_says_so(visit: Visit, cast: Cast, db: Database) -> None:
    first, second = await two_rivals(db, cast)
    client = at_desk(visit, cast.coordinator)
    await client.get("/accessibility")
    before = len(await mails(db))
    answers = await asyncio.gather(*(approve(client, first, second) for _ in range(4)))
    assert [one.status_code for one in answers] == [303] * 4
    assert len(await mails(db)) == before + 2
    assert (await standing(db, cast, first)).sequence == first.sequence + 1
    assert (await approve(client, first, second)).status_code == 303
    assert "This request has been answered already." in (await client.get("/desk/requests")).text


async def test_a_rival_that_came_in_meanwhile_is_not_declined_unseen(visit: Visit, cast: Cast, db: Database) -> None:
    first, second = await two_rivals(db, cast)
    client = at_desk(visit, cast.coordinator)
    answer = await approve(client, first)
    assert answer.status_code == 409
    assert "came in while you were reading" in answer.text and f'value="{second.id}"' in answer.text
    assert (await standing(db, cast, second)).state == State.AWAITING_APPROVAL


async def test_a_time_that_went_meanwhile_is_said_on_the_list(visit: Visit, cast: Cast, db: Database) -> None:
    first, second = await two_rivals(db, cast)
    await booked(db, cast.resident, cast.room_a, ELEVEN)
    client = at_desk(visit, cast.coordinator)
    told = (await client.get("/desk/requests")).text
    assert "cannot be approved while something else stands" in told and "Resident" in told
    answer = await approve(client, second, first)
    assert answer.status_code == 409
    assert "This time is already taken." in answer.text and f'href="#r-{second.id}"' in answer.text
    assert (await standing(db, cast, second)).state == State.AWAITING_APPROVAL
    assert (await approve(client, first, second)).status_code == 303


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"ready": "needed"}, "The gmina needs the space at this time."),
        ({"reason": "We paint the walls"}, "We paint the walls"),
        ({"ready": "needed", "reason": "Try May."}, "The gmina needs the space at this time. Try May."),
    ],
)
async def test_a_request_is_declined_with_a_reason(
    visit: Visit, cast: Cast, db: Database, form: dict[str, str], said: str
) -> None:
    first, second = await two_rivals(db, cast)
    client = at_desk(visit, cast.coordinator)
    answer = await post_form(client, f"/desk/requests/{first.id}/decline", form)
    assert answer.headers["location"] == "/desk/requests"
    assert "gets a mail with the reason" in (await client.get("/desk/requests")).text
    assert (await standing(db, cast, first)).reason == said
    assert (await standing(db, cast, second)).state == State.AWAITING_APPROVAL
    to, _, text = (await mails(db))[-1]
    assert to == "member@example.com" and said in text


async def test_a_ready_reason_is_read_in_the_language_of_who_asked(visit: Visit, cast: Cast, db: Database) -> None:
    first, _ = await two_rivals(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET locale = 'pl' WHERE id = $1", cast.member.id)
    await post_form(at_desk(visit, cast.coordinator), f"/desk/requests/{first.id}/decline", {"ready": "needed"})
    assert "Gmina potrzebuje w tym czasie tego miejsca." in (await mails(db))[-1][2]
    own = await visit(cast.member).get(f"/bookings/{first.id}?lang=pl")
    assert "Gmina potrzebuje w tym czasie tego miejsca." in own.text


@pytest.mark.parametrize("form", [{}, {"ready": "because"}, {"reason": "   "}, {"reason": "x" * 201}])
async def test_without_a_reason_nobody_is_declined_and_what_was_typed_stays(
    visit: Visit, cast: Cast, db: Database, form: dict[str, str]
) -> None:
    first, _ = await two_rivals(db, cast)
    answer = await post_form(at_desk(visit, cast.coordinator), f"/desk/requests/{first.id}/decline", form)
    assert answer.status_code == 422
    assert form.get("reason", "").strip() in answer.text
    assert (await standing(db, cast, first)).state == State.AWAITING_APPROVAL


@pytest.mark.parametrize(
    "back",
    ["https://evil.example", "//evil.example", "/deskevil", "/\\evil", "/desk\r\nSet-Cookie: a=b", "javascript:1"],
)
async def test_the_way_back_never_leaves_the_site(visit: Visit, cast: Cast, db: Database, back: str) -> None:
    first, second = await two_rivals(db, cast)
    client = at_desk(visit, cast.coordinator)
    answer = await post_form(client, f"/desk/requests/{first.id}/decline", {"ready": "needed", "back": back})
    assert answer.headers["location"] == "/desk/requests"
    kept = await post_form(
        client, f"/desk/requests/{second.id}/decline", {"ready": "needed", "back": "/desk/requests?incubator=las"}
    )
    assert kept.headers["location"] == "/desk/requests?incubator=las"


async def test_nonsense_in_an_answer_is_a_sentence(visit: Visit, cast: Cast, db: Database) -> None:
    first, _ = await two_rivals(db, cast)
    client = at_desk(visit, cast.coordinator)
    for form in ({"seen": "x"}, {"what": "1"}):
        assert (await post_form(client, f"/desk/requests/{first.id}/approve", form)).status_code == 422
    nobody = UUID(int=7)
    assert (await post_form(client, f"/desk/requests/{nobody}/approve", {})).status_code == 404
    assert (await client.get("/desk/requests?incubator=nowhere")).status_code == 200
    assert (await standing(db, cast, first)).state == State.AWAITING_APPROVAL


async def test_a_request_whose_time_has_come_is_missed_and_can_only_be_declined(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    first, second = await two_rivals(db, cast)
    clock.now = first.period.start
    client = at_desk(visit, cast.coordinator)
    told = (await client.get("/desk/requests")).text
    missed = told[told.index('id="missed"') :]
    assert f"/desk/requests/{first.id}/decline" in missed and f"/desk/requests/{first.id}/approve" not in told
    assert f"/desk/requests/{second.id}/approve" in told
    assert "1 request was not answered in time" in (await client.get("/desk")).text


async def test_what_the_holder_had_lately_and_what_stands_beside_is_told(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    past = await booked(db, cast.colleague, cast.room_s, on(MONDAY, "9:00", "10:30"), organisation_id=cast.acme)
    await booked(db, cast.member, cast.room_s, on(MONDAY, "10:30", "11:00"))  # as a private person
    await booked(db, cast.resident, cast.room_l, tuesday("14:00", "15:00"), title="Secret plans")
    await booked(db, cast.resident, cast.room_s, tuesday("14:00", "15:00"))  # another room
    first, _ = await two_rivals(db, cast)
    clock.now = past.period.end + timedelta(hours=1)
    told = (await at_desk(visit, cast.coordinator).get("/desk/requests")).text
    card = told[told.index(f'id="r-{first.id}"') :].split("</article>")[0]
    assert "1 booking, 1 h 30 min" in card
    assert card.count("14:00–15:00") == 1 and "Also on this day" in card


class Counting:
    """A connection that counts what is asked of it."""

    def __init__(self, tx: Any) -> None:
        self.tx, self.asked = tx, 0

    async def fetch(self, *args: object) -> Any:
        self.asked += 1
        return await self.tx.fetch(*args)


async def test_the_list_costs_three_statements_however_long_it_is(db: Database, cast: Cast) -> None:
    await needs_approval(db, cast.room_l, cast.room_la, cast.room_s)
    for hour in range(8, 16):
        for room in (cast.room_l, cast.room_s):
            await booked(db, cast.member, room, tuesday(f"{hour}:00", f"{hour + 1}:30"))
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        counting: Any = Counting(tx)
        found = await awaiting(counting, actor=actor)
        assert counting.asked == 1
        await weigh(counting, requests=found, now=NOW)
        assert counting.asked == 3
        few = await awaiting(counting, actor=actor, limit=1)
    assert len(found) == 16
    # Rivals of the first lie beyond the limit and are told all the same.
    assert [len(one.rivals) for one in few] == [1]
    assert [len(one) for one in rival_sets(found)] == [8, 8]


async def test_rivals_of_rivals_are_one_set_in_order(db: Database, cast: Cast) -> None:
    await needs_approval(db, cast.room_l, cast.room_a, cast.room_la)
    wanted = [(cast.room_l, "10:00", "11:00"), (cast.room_a, "10:00", "11:00"), (cast.room_la, "10:30", "12:00")]
    made = [await booked(db, cast.member, room, tuesday(start, end)) for room, start, end in wanted]
    alone = await booked(db, cast.member, cast.room_a, tuesday("12:00", "13:00"))
    async with transaction(db) as tx:
        found = await awaiting(tx, actor=await acting(db, cast.coordinator), incubator_id=cast.las)
    assert [{one.booking.id for one in group} for group in rival_sets(found)] == [{one.id for one in made}, {alone.id}]
    assert [len(one.rivals) for one in found] == [1, 1, 2, 0]


async def test_turnaround_of_either_side_is_in_the_way(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, turnaround_minutes=30)
    await needs_approval(db, cast.room_s)
    asked = await booked(db, cast.member, cast.room_s, tuesday("11:00", "12:00"))
    later = await booked(db, cast.colleague, cast.room_s, tuesday("14:30", "15:00"))
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await change(tx, cast.room_s, needs_approval=False)
    before = await booked(db, cast.resident, cast.room_s, tuesday("10:00", "11:00"))
    assert not await _blocked(db, cast, later)
    assert await _blocked(db, cast, asked)
    async with transaction(db) as tx:
        await cancel(tx, actor=desk, booking_id=before.id, reason="x", now=NOW)
    assert not await _blocked(db, cast, asked)


async def _blocked(db: Database, cast: Cast, booking: BookingView) -> bool:
    async with transaction(db) as tx:
        found = await awaiting(tx, actor=await acting(db, cast.coordinator))
        return (await weigh(tx, requests=found, now=NOW))[booking.id].blocked


async def test_an_administrator_looks_at_one_incubator_or_at_all(visit: Visit, cast: Cast, db: Database) -> None:
    await needs_approval(db, cast.room_l, cast.other_room)
    await booked(db, cast.member, cast.room_l, TEN, title="Robots")
    await booked(db, cast.stranger, cast.other_room, TEN, title="Kites")
    client = at_desk(visit, cast.administrator)
    every = (await client.get("/desk/requests")).text
    assert "Robots" in every and "Kites" in every
    one = (await client.get("/desk/requests?incubator=rynek")).text
    assert "Kites" in one and "Robots" not in one and 'value="/desk/requests?incubator=rynek"' in one
