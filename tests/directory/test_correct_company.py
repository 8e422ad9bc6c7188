"""A coordinator corrects what a register says of a company; persons are not shown before they were told; and what the
desk hid stays hidden when its company speaks for itself."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.db.history import history_of
from incubator.directory.apply_import import apply_import
from incubator.directory.check_rows import CannotBeTold
from incubator.directory.come_round import show_waiting, tell_imported
from incubator.directory.correct_company import correct_company
from incubator.directory.describe_profile import describe_profile
from incubator.directory.details import RegisterDetails
from incubator.directory.publish_profile import HiddenByTheDesk, publish_profile
from incubator.directory.search import Wish, find
from incubator.directory.take_out import KeepsItself
from incubator.directory.withhold import let_back, withhold
from incubator.people.guards import NotYours
from incubator.people.rules import BadKrs, BadRegon, NameMissing
from incubator.web.etags import ChangedMeanwhile
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.directory.cast import DETAILS, NIPS, put_company
from tests.directory.test_import import looked_at
from tests.directory.test_profile import mails
from tests.directory.test_search import names
from tests.moments import NOW

FORTNIGHT = timedelta(days=14)
CORRECT = RegisterDetails(name="Piekarnia Pod Zegarem sp. z o.o.", makes_pl="Bajgle", email="piekarnia@example.com")
PERSON = RegisterDetails(name="Anna Zegar", sole_trader=True, email="anna@example.com")
NIP_OF_ACME = "5261040828"


async def state(tx: Tx, key: UUID) -> str:
    return str(await tx.fetchval("SELECT state FROM directory_profile WHERE id = $1", key))


async def test_what_a_coordinator_corrects_is_found_at_once_and_told_to_who_was_told(
    db: Database, tx: Tx, cast: Cast
) -> None:
    desk = await acting(db, cast.coordinator)
    key = await put_company(tx, gmina=cast.niepolomice, pkd_2007=["10.71.Z"])
    await correct_company(tx, actor=desk, profile_id=key, details=CORRECT, now=NOW)
    assert names(await find(tx, wish=Wish(words="bajgli"))) == ["Piekarnia Pod Zegarem sp. z o.o."]
    assert await mails(tx) == []
    await tell_imported(tx, now=NOW)
    told = RegisterDetails(name="Piekarnia", email="nowa@example.com")
    made = await correct_company(tx, actor=desk, profile_id=key, details=told, now=NOW)
    assert (made.company.nip, made.company.pkd_2007, made.company.confirmed_at) == (NIPS[0], [], NOW)
    assert [to for to, _ in await mails(tx)] == ["piekarnia@example.com", "nowa@example.com"]
    assert [deed["verb"] for deed in await history_of(tx, subject_id=key)] == ["correct", "correct"]


async def test_an_address_that_is_added_is_written_to(db: Database, tx: Tx, cast: Cast) -> None:
    key = await put_company(tx, gmina=cast.niepolomice, email="")
    await tell_imported(tx, now=NOW)
    desk, details = await acting(db, cast.coordinator), RegisterDetails(name="Zegar", email="zegar@example.com")
    await correct_company(tx, actor=desk, profile_id=key, details=details, now=NOW)
    await tell_imported(tx, now=NOW)
    assert [to for to, _ in await mails(tx)] == ["zegar@example.com"] and await state(tx, key) == "published"


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (RegisterDetails(name="x", sole_trader=True), CannotBeTold),
        (RegisterDetails(name=" \t"), NameMissing),
        (RegisterDetails(name="x", regon="123"), BadRegon),
        (RegisterDetails(name="x", krs="x"), BadKrs),
    ],
)
async def test_what_cannot_stand_there_is_refused(
    db: Database, tx: Tx, cast: Cast, details: RegisterDetails, refusal: type[Exception]
) -> None:
    key = await put_company(tx, gmina=cast.niepolomice)
    with pytest.raises(refusal):
        await correct_company(tx, actor=await acting(db, cast.coordinator), profile_id=key, details=details, now=NOW)


async def test_none_but_the_gminas_coordinator_corrects_and_never_a_company_that_keeps_itself(
    db: Database, tx: Tx, cast: Cast
) -> None:
    key = await put_company(tx, gmina=cast.niepolomice)
    own = await put_company(tx, gmina=cast.niepolomice, name="Acme", nip=NIP_OF_ACME, organisation=cast.acme)
    for who in (cast.other_coordinator, cast.office, cast.owner):
        with pytest.raises(NotYours):
            await correct_company(tx, actor=await acting(db, who), profile_id=key, details=CORRECT, now=NOW)
    desk = await acting(db, cast.coordinator)
    with pytest.raises(KeepsItself):
        await correct_company(tx, actor=desk, profile_id=own, details=CORRECT, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        await correct_company(tx, actor=desk, profile_id=key, details=CORRECT, seen=9, now=NOW)


async def test_who_turns_out_to_be_a_person_is_hidden_while_they_are_told(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    key = await put_company(tx, gmina=cast.niepolomice, email="")
    await correct_company(tx, actor=desk, profile_id=key, details=PERSON, now=NOW)
    await _waits_until_two_weeks_after_the_mail(tx, key)


async def test_who_is_a_person_by_a_later_file_is_hidden_while_they_are_told(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    key = await put_company(tx, gmina=cast.niepolomice, email="")
    seen = await looked_at(tx, desk, cast, f"nip;name;jdg;email\n{NIPS[0]};Anna Zegar;tak;anna@example.com\n")
    await apply_import(tx, actor=desk, import_id=seen.id, now=NOW)
    await _waits_until_two_weeks_after_the_mail(tx, key)


async def _waits_until_two_weeks_after_the_mail(tx: Tx, key: UUID) -> None:
    assert await state(tx, key) == "waiting" and (await find(tx, wish=Wish())).total == 0
    mailed = NOW + timedelta(days=3)
    await show_waiting(tx, now=NOW + FORTNIGHT + timedelta(days=1))
    assert await state(tx, key) == "waiting"
    await tell_imported(tx, now=mailed)
    assert [to for to, _ in await mails(tx)] == ["anna@example.com"]
    await show_waiting(tx, now=mailed + FORTNIGHT - timedelta(seconds=1))
    assert await state(tx, key) == "waiting"
    await show_waiting(tx, now=mailed + FORTNIGHT)
    assert await state(tx, key) == "published" and (await find(tx, wish=Wish())).total == 1


async def test_who_was_told_long_ago_is_not_hidden_for_being_a_person(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    key = await put_company(tx, gmina=cast.niepolomice)
    await tell_imported(tx, now=NOW - timedelta(days=10))
    await correct_company(tx, actor=desk, profile_id=key, details=PERSON, now=NOW)
    assert await state(tx, key) == "waiting"
    await show_waiting(tx, now=NOW + timedelta(days=4))
    await correct_company(tx, actor=desk, profile_id=key, details=PERSON, now=NOW + timedelta(days=5))
    assert await state(tx, key) == "published"


async def test_who_turns_out_to_be_no_person_waits_no_longer(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    put = {"state": "waiting", "publish_at": NOW + FORTNIGHT, "sole_trader": True}
    key = await put_company(tx, gmina=cast.niepolomice, **put)
    await correct_company(tx, actor=desk, profile_id=key, details=CORRECT, now=NOW)
    assert await state(tx, key) == "published" and (await find(tx, wish=Wish())).total == 1


async def test_what_the_desk_hid_stays_hidden_when_its_company_takes_it_over_and_the_owner_is_told_why(
    db: Database, tx: Tx, cast: Cast
) -> None:
    desk, owner = await acting(db, cast.coordinator), await acting(db, cast.owner)
    key = await put_company(tx, gmina=cast.niepolomice, name="ACME", nip=NIP_OF_ACME, email="")
    await withhold(tx, actor=desk, profile_id=key, reason="Firma z tego adresu nie istnieje", now=NOW)
    made = await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)
    assert (made.company.id, made.state, made.hidden_because) == (key, "hidden", "desk")
    assert made.withheld_reason == "Firma z tego adresu nie istnieje"
    with pytest.raises(HiddenByTheDesk):
        await publish_profile(tx, actor=owner, organisation_id=cast.acme, now=NOW)
    [told] = await tx.fetch("SELECT recipient, text FROM mail")
    contact = await tx.fetchval("SELECT email FROM incubator WHERE gmina_id = $1", cast.niepolomice)
    assert told["recipient"] == "owner@example.com"
    assert "Firma z tego adresu nie istnieje" in told["text"] and contact in told["text"]
    await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)
    assert await tx.fetchval("SELECT count(*) FROM mail") == 1
    await let_back(tx, actor=desk, profile_id=key, now=NOW)
    assert await state(tx, key) == "published"
    assert await tx.fetchval("SELECT withheld_reason FROM directory_profile") == ""


async def test_the_desk_corrects_a_company_on_its_page(
    db: Database, cast: Cast, visit: Callable[..., httpx.AsyncClient]
) -> None:
    async with transaction(db) as tx:
        await put_company(tx, gmina=cast.niepolomice)
    desk, path = visit(cast.coordinator), "/desk/directory/piekarnia-pod-zegarem/facts"
    assert "Piekarnia Pod Zegarem" in (await desk.get(path)).text
    form = {"form": "facts", "version": "1", "name": "Piekarnia", "pkd_2025": "10.71.Z, 47.24.Z", "sole_trader": "true"}
    refused = await post_form(desk, path, form)
    assert refused.status_code == 422 and "10.71.Z, 47.24.Z" in refused.text
    done = await post_form(desk, path, {**form, "email": "anna@example.com"})
    assert (done.status_code, done.headers["location"]) == (303, "/desk/directory/piekarnia-pod-zegarem")
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT name, pkd_2025, state FROM directory_profile")
    assert tuple(row) == ("Piekarnia", ["10.71.Z", "47.24.Z"], "waiting")
