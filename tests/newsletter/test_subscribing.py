"""Nobody gets the newsletter who did not say twice that they want it, and leaving takes one click."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.db.history import history_of
from incubator.newsletter.ask_to_subscribe import NoConsent, ask_to_subscribe
from incubator.newsletter.change_subscription import change_subscription
from incubator.newsletter.confirm_subscription import ConfirmingIsOver, confirm_subscription
from incubator.newsletter.details import Choice
from incubator.newsletter.forget_subscriptions import forget_reader, forget_subscriptions
from incubator.newsletter.links import manage_path
from incubator.newsletter.personal_data import PERSONAL
from incubator.newsletter.rules import ENDED_KEPT, LINK_LIVES, PENDING_KEPT
from incubator.newsletter.subscribe_account import subscribe_account
from incubator.newsletter.subscriptions import NoSuchSubscription, by_manage_link, of_account
from incubator.newsletter.try_issue import TRIAL
from incubator.newsletter.unsubscribe import unsubscribe
from incubator.places.queries import NoSuchGmina
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.newsletter.cast import last_link, put_issue, put_readers

EMAIL = "anna@example.com"


async def asked(db: Database, email: str = EMAIL, now: Any = NOW, **choice: Any) -> str:
    """The secret of the link that confirms."""
    async with transaction(db) as tx:
        await ask_to_subscribe(tx, email=email, choice=Choice(**choice), consent=True, how="page", now=now)
        return (await last_link(tx, email, r"/newsletter/confirm/\S+")).rpartition("/")[2]


async def row(db: Database, email: str = EMAIL) -> dict[str, Any]:
    async with statement(db) as tx:
        [found] = await tx.fetch("SELECT * FROM newsletter_subscription WHERE email = $1", email)
    return dict(found)


async def test_asking_is_not_getting_and_the_proof_of_consent_is_kept(db: Database, cast: Cast) -> None:
    secret = await asked(db, "Anna@Example.com".lower(), locale="en", gmina_ids=[cast.skawina], interests=["calls"])
    assert (await row(db))["state"] == "pending"
    async with transaction(db) as tx:
        found = await confirm_subscription(tx, secret=secret, now=NOW + timedelta(hours=1))
        assert [deed["verb"] for deed in await history_of(tx, subject_id=found.id)] == [
            "ask_to_subscribe",
            "confirm_subscription",
        ]
    kept = await row(db)
    assert (kept["state"], kept["words"], kept["how"]) == ("confirmed", "2026-11", "page")
    assert (kept["asked_at"], kept["confirmed_at"]) == (NOW, NOW + timedelta(hours=1))
    assert (kept["locale"], kept["gmina_ids"], kept["interests"]) == ("en", [cast.skawina], ["calls"])


async def test_the_link_works_twice_for_a_week_and_not_after_leaving(db: Database) -> None:
    secret = await asked(db)
    async with transaction(db) as tx:
        with pytest.raises(ConfirmingIsOver):
            await confirm_subscription(tx, secret=secret, now=NOW + LINK_LIVES)
        found = await confirm_subscription(tx, secret=secret, now=NOW + timedelta(days=6))
        assert (await confirm_subscription(tx, secret=secret, now=NOW + timedelta(days=9))).id == found.id
        await unsubscribe(tx, subscription_id=found.id, now=NOW + timedelta(days=10))
        with pytest.raises(ConfirmingIsOver):
            await confirm_subscription(tx, secret=secret, now=NOW + timedelta(days=10))
        with pytest.raises(NoSuchSubscription):
            await confirm_subscription(tx, secret="nothing", now=NOW)


async def test_a_reader_who_asks_again_is_mailed_and_not_changed(db: Database) -> None:
    async with transaction(db) as tx:
        [key] = await put_readers(tx, EMAIL)
        await ask_to_subscribe(tx, email=EMAIL, choice=Choice(locale="en"), consent=True, how="page", now=NOW)
        assert await last_link(tx, EMAIL, r"/newsletter/manage/\S+") == manage_path(key)
    assert (await row(db))["locale"] == "pl"


async def test_only_the_newest_link_confirms(db: Database) -> None:
    first, second = await asked(db), await asked(db, now=NOW + timedelta(minutes=5))
    async with transaction(db) as tx:
        with pytest.raises(NoSuchSubscription):
            await confirm_subscription(tx, secret=first, now=NOW)
        await confirm_subscription(tx, secret=second, now=NOW + timedelta(minutes=6))


async def test_an_address_is_there_once_however_many_ask_at_once(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)

    async def ask(turn: int) -> None:
        if turn % 3 == 0:
            told = {"choice": Choice(), "consent": True, "now": NOW}
            await attempt(db, lambda tx: subscribe_account(tx, actor=actor, **told))
            return
        told = {"choice": Choice(), "consent": True, "how": "api", "now": NOW}
        await attempt(db, lambda tx: ask_to_subscribe(tx, email=cast.member.email, **told))

    await asyncio.gather(*(ask(turn) for turn in range(24)))
    assert (await row(db, cast.member.email))["state"] == "confirmed"


async def test_who_comes_back_is_asked_anew_and_the_old_proof_stays(db: Database) -> None:
    async with transaction(db) as tx:
        [key] = await put_readers(tx, EMAIL)
        await unsubscribe(tx, subscription_id=key, now=NOW)
        await unsubscribe(tx, subscription_id=key, now=NOW + timedelta(days=1))
        assert await tx.fetchval("SELECT ended_at FROM newsletter_subscription WHERE id = $1", key) == NOW
    await asked(db)
    async with statement(db) as tx:
        states = await tx.fetch("SELECT state FROM newsletter_subscription WHERE email = $1 ORDER BY id", EMAIL)
    assert sorted(one["state"] for one in states) == ["pending", "unsubscribed"]


async def test_without_consent_or_with_a_gmina_that_is_none_nothing_is_kept(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        with pytest.raises(NoConsent):
            await ask_to_subscribe(tx, email=EMAIL, choice=Choice(), consent=False, how="page", now=NOW)
        with pytest.raises(NoSuchGmina):
            told = {"choice": Choice(gmina_ids=[cast.las]), "consent": True, "how": "page", "now": NOW}
            await ask_to_subscribe(tx, email=EMAIL, **told)
        assert await tx.fetchval("SELECT count(*) FROM newsletter_subscription") == 0
        assert await tx.fetchval("SELECT count(*) FROM mail") == 0


async def test_who_is_signed_in_subscribes_changes_and_leaves(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        with pytest.raises(NoConsent):
            await subscribe_account(tx, actor=actor, choice=Choice(), consent=False, now=NOW)
        made = await subscribe_account(tx, actor=actor, choice=Choice(), consent=True, now=NOW)
        assert (made.state, made.how, made.words) == ("confirmed", "account", "2026-11")
        choice = Choice(locale="en", interests=["places", "sessions", "places"])
        later = await subscribe_account(tx, actor=actor, choice=choice, consent=False, now=NOW, seen=made.version)
        assert (later.id, later.interests, later.confirmed_at) == (made.id, ["sessions", "places"], NOW)
        with pytest.raises(ChangedMeanwhile):
            await subscribe_account(tx, actor=actor, choice=choice, consent=False, now=NOW, seen=made.version)
        await unsubscribe(tx, subscription_id=made.id, now=NOW, actor=actor)
        assert await of_account(tx, actor=actor) is None
        with pytest.raises(NoSuchSubscription):
            await change_subscription(tx, found=made, choice=choice, now=NOW)


async def test_a_link_opens_one_subscription_alone(db: Database) -> None:
    async with transaction(db) as tx:
        one, other = await put_readers(tx, EMAIL, "jan@example.com")
        seal = manage_path(one).rpartition("/")[2]
        assert (await by_manage_link(tx, subscription_id=one, given=seal)).email == EMAIL
        for given in (seal[:-1], "", "ż", "x" * 5000):
            with pytest.raises(NoSuchSubscription):
                await by_manage_link(tx, subscription_id=one, given=given)
        with pytest.raises(NoSuchSubscription):
            await by_manage_link(tx, subscription_id=other, given=seal)


async def test_what_is_no_longer_needed_goes(db: Database) -> None:
    await asked(db)
    async with transaction(db) as tx:
        [reader, left] = await put_readers(tx, "a@example.com", "b@example.com")
        await unsubscribe(tx, subscription_id=left, now=NOW)
        await forget_subscriptions(tx, now=NOW + PENDING_KEPT)
        assert await tx.fetchval("SELECT count(*) FROM newsletter_subscription") == 3
        await forget_subscriptions(tx, now=NOW + PENDING_KEPT + timedelta(seconds=1))
        assert await tx.fetchval("SELECT count(*) FROM newsletter_subscription WHERE state = 'pending'") == 0
        await forget_subscriptions(tx, now=NOW + ENDED_KEPT + timedelta(seconds=1))
        kept = await tx.fetch("SELECT id, email FROM newsletter_subscription ORDER BY id")
        assert {each["id"]: each["email"] for each in kept} == {reader: "a@example.com", left: None}


async def test_an_erased_account_leaves_no_address(db: Database, cast: Cast) -> None:
    actor, writer = await acting(db, cast.member), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await put_readers(tx, cast.member.email, gminas=(cast.skawina,))
        issue = await put_issue(tx, writer, gmina=cast.niepolomice)
        await tx.execute(TRIAL, issue, cast.member.id, NOW)
        exported = {name: await ask(tx, cast.member.id) for name, ask in PERSONAL}
        assert exported["newsletter_subscriptions"][0]["gminas"] == ["Skawina"]
        await forget_reader(tx, actor=actor, now=NOW)
        [kept] = await tx.fetch("SELECT * FROM newsletter_subscription")
        assert (kept["email"], kept["state"], kept["gmina_ids"], kept["ended_at"]) == (None, "unsubscribed", [], NOW)
        assert await tx.fetchval("SELECT count(*) FROM newsletter_trial") == 0
