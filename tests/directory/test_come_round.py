"""What comes round by itself: reminders, hiding, telling those out of registers, and the links in the mails."""

import re
from datetime import timedelta

import pytest

from incubator.db.engine import Database, Tx
from incubator.directory.answer_request import RequestAnswered, answer_request, open_requests
from incubator.directory.come_round import keep_in_step, remind_stale, show_waiting, tell_imported
from incubator.directory.search import Wish, find
from incubator.directory.still_right import LinkOver, asked_by, confirm_by_link
from incubator.directory.take_out import (
    KeepsItself,
    ask_to_change,
    cared_for,
    correct_by_link,
    take_out_at_desk,
    take_out_by_link,
)
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.directory.cast import NIPS, put_company
from tests.moments import NOW

YEAR, MONTH, DAY = timedelta(days=365), timedelta(days=30), timedelta(days=1)


async def written(tx: Tx) -> list[str]:
    return [row["text"] for row in await tx.fetch("SELECT text FROM mail ORDER BY created_at, id")]


def secret_in(text: str) -> str:
    found = re.search(r"/directory/(?:still|care)/(\S+)", text)
    assert found is not None
    return found[1]


async def state(tx: Tx) -> tuple[str, str, int]:
    row = await tx.fetchrow("SELECT state, hidden_because, reminders FROM directory_profile")
    return row["state"], row["hidden_because"], row["reminders"]


async def test_two_unanswered_months_after_a_year_a_profile_is_hidden(tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.niepolomice, name="Acme", nip=NIPS[2], organisation=cast.acme)
    told = []
    for after in (YEAR - DAY, YEAR, YEAR + DAY, YEAR + MONTH, YEAR + MONTH + DAY, YEAR + 2 * MONTH, YEAR + 9 * MONTH):
        await remind_stale(tx, now=NOW + after)
        told.append((await state(tx), len(await written(tx))))
    assert told == [
        (("published", "", 0), 0),
        (("published", "", 1), 1),
        (("published", "", 1), 1),
        (("published", "", 2), 2),
        (("published", "", 2), 2),
        (("hidden", "stale", 2), 3),
        (("hidden", "stale", 2), 3),
    ]
    assert (await find(tx, wish=Wish())).total == 0


async def test_one_click_says_that_all_is_right_for_another_year(tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.niepolomice)
    await remind_stale(tx, now=NOW + YEAR)
    secret = secret_in((await written(tx))[0])
    assert (await asked_by(tx, secret=secret)).company.name == "Piekarnia Pod Zegarem"
    await confirm_by_link(tx, secret=secret, now=NOW + YEAR + DAY)
    await remind_stale(tx, now=NOW + YEAR + 3 * MONTH)
    assert await state(tx) == ("published", "", 0)
    with pytest.raises(LinkOver):
        await confirm_by_link(tx, secret=secret, now=NOW + YEAR + DAY)


async def test_the_last_link_shows_what_was_hidden_for_its_age(tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.niepolomice)
    for after in (YEAR, YEAR + MONTH, YEAR + 2 * MONTH):
        await remind_stale(tx, now=NOW + after)
    first, second, _ = await written(tx)
    with pytest.raises(LinkOver):
        await asked_by(tx, secret=secret_in(first))
    await confirm_by_link(tx, secret=secret_in(second), now=NOW + YEAR + 3 * MONTH)
    assert (await find(tx, wish=Wish())).total == 1


async def test_where_no_address_is_known_the_coordinators_are_asked(tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.niepolomice, email="")
    await remind_stale(tx, now=NOW + YEAR)
    assert await tx.fetchval("SELECT recipient FROM mail") == "coordinator@example.com"


async def test_a_sole_trader_is_told_and_shown_two_weeks_later(tx: Tx, cast: Cast) -> None:
    publish_at = NOW + timedelta(days=14)
    await put_company(tx, gmina=cast.niepolomice, state="waiting", publish_at=publish_at, sole_trader=True)
    await show_waiting(tx, now=NOW + timedelta(days=20))
    assert (await state(tx))[0] == "waiting", "not before they were told"
    told = NOW + timedelta(days=20)
    await tell_imported(tx, now=told)
    await tell_imported(tx, now=told + DAY)
    (text,) = await written(tx)
    assert "CEIDG" in text and "/privacy" in text
    await show_waiting(tx, now=told + timedelta(days=13))
    assert (await state(tx))[0] == "waiting"
    await show_waiting(tx, now=told + timedelta(days=14))
    assert (await state(tx))[0] == "published" and (await find(tx, wish=Wish(words="chleb"))).total == 1


async def test_who_objects_is_deleted_at_once_and_remembered_by_a_digest_alone(tx: Tx, cast: Cast) -> None:
    key = await put_company(tx, gmina=cast.niepolomice, email="", care="s" * 43)
    await correct_by_link(tx, secret="s" * 43, message="Nie ta ulica", now=NOW)
    assert (await cared_for(tx, secret="s" * 43)).company.id == key
    await take_out_by_link(tx, secret="s" * 43, now=NOW)
    assert await tx.fetchval("SELECT count(*) FROM directory_profile") == 0 == (await find(tx, wish=Wish())).total
    assert await tx.fetchval("SELECT count(*) FROM directory_objection") == 1
    with pytest.raises(LinkOver):
        await take_out_by_link(tx, secret="s" * 43, now=NOW)
    await keep_in_step(tx, now=NOW)
    assert await tx.fetchval("SELECT count(*) FROM directory_word") == 0


async def test_anybody_can_ask_and_the_coordinator_answers_once(db: Database, tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.niepolomice)
    slug = "piekarnia-pod-zegarem"
    await ask_to_change(tx, slug=slug, kind="remove", message="Proszę", email="ula@example.com", now=NOW)
    desk, other = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
    assert await open_requests(tx, actor=other) == []
    (asked,) = await open_requests(tx, actor=desk)
    with pytest.raises(NotYours):
        await answer_request(tx, actor=other, request_id=asked.id, outcome="done", answer="", now=NOW)
    await answer_request(tx, actor=desk, request_id=asked.id, outcome="done", answer="Usunięte", now=NOW)
    assert (await find(tx, wish=Wish())).total == 0
    with pytest.raises(RequestAnswered):
        await answer_request(tx, actor=desk, request_id=asked.id, outcome="done", answer="", now=NOW)
    to = [row["recipient"] for row in await tx.fetch("SELECT recipient FROM mail ORDER BY created_at, id")]
    assert sorted(to) == ["coordinator@example.com", "ula@example.com"]


async def test_a_company_that_keeps_itself_is_not_taken_out_by_others(db: Database, tx: Tx, cast: Cast) -> None:
    key = await put_company(tx, gmina=cast.niepolomice, name="Acme", nip=NIPS[2], organisation=cast.acme)
    with pytest.raises(KeepsItself):
        await ask_to_change(tx, slug="acme", kind="remove", message="", email="x@example.com", now=NOW)
    with pytest.raises(KeepsItself):
        await take_out_at_desk(tx, actor=await acting(db, cast.coordinator), profile_id=key, now=NOW)


async def test_a_profile_follows_its_organisation(tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.niepolomice, name="Acme", nip=NIPS[2], organisation=cast.acme)
    await tx.execute("UPDATE organisation SET name = 'Żubr', gmina_id = $2 WHERE id = $1", cast.acme, cast.skawina)
    await keep_in_step(tx, now=NOW)
    (one,) = (await find(tx, wish=Wish(words="żubry", gmina="skawina"))).companies
    assert one.name == "Żubr"
