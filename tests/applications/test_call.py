"""The coordinator announces a call, builds its form, publishes it; then it stays as people read it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from incubator.applications.add_question import add_question
from incubator.applications.announce_call import CallExists, announce_call
from incubator.applications.call_rules import AgesCross, BoundsWrong, CallTimesCross, MediaWrong, OptionsWrong
from incubator.applications.calls import FormIsFrozen, NoSuchCall, call_of, public_call
from incubator.applications.change_call import CallIsOpen, CallIsOver, change_call, said_of
from incubator.applications.change_question import change_question
from incubator.applications.details import Option
from incubator.applications.extend_for import CallNotPublic, ExtensionTooShort, UnknownApplicant, extend_for
from incubator.applications.extensions import applicant_called, begun_by, extensions_of
from incubator.applications.form_rows import NoSuchQuestion
from incubator.applications.move_question import move_question
from incubator.applications.publish_call import (
    CallPublished,
    ClosingIsPast,
    EditionIsDraft,
    FormIsEmpty,
    TermsMissing,
    publish_call,
)
from incubator.applications.remove_question import remove_question
from incubator.applications.rules import CallClosed
from incubator.applications.start_application import start_application
from incubator.applications.submit import submit
from incubator.db.engine import Database, transaction
from incubator.db.history import history_of
from incubator.people.details import UnknownGmina
from incubator.people.guards import NotYours
from incubator.web.etags import ChangedMeanwhile
from tests.applications.cast import CLOSES, KINDS, OPENS, announced, asks, begun, filled, opened, put_terms, times
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.programmes.cast import put_edition

BEFORE = OPENS - timedelta(days=1)


async def test_a_call_is_announced_with_its_rules_and_published_with_a_form(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        edition = await put_edition(tx, gmina=cast.niepolomice)
        said = times(anonymous=True, oldest_months=36, gmina_ids=[cast.skawina], kinds=["startup"], pkd=["62.0"])
        call = await announce_call(tx, actor=desk, edition_id=edition, details=said, now=BEFORE)
        assert said_of(call) == said and call.phase(NOW) == "draft"
        with pytest.raises(NoSuchCall):
            await public_call(tx, edition_id=edition)
        with pytest.raises(FormIsEmpty):
            await publish_call(tx, actor=desk, edition_id=edition, now=BEFORE)
        await add_question(tx, actor=desk, edition_id=edition, details=asks("text"), now=BEFORE)
        with pytest.raises(TermsMissing):
            await publish_call(tx, actor=desk, edition_id=edition, now=BEFORE)
        await put_terms(tx, edition, 1, BEFORE.date(), cast.coordinator)
        call = await publish_call(tx, actor=desk, edition_id=edition, now=BEFORE)
        assert [call.phase(at) for at in (BEFORE, OPENS, CLOSES - timedelta.resolution, CLOSES)] == [
            "announced",
            "open",
            "open",
            "closed",
        ]
        assert (await public_call(tx, edition_id=edition))[1] == call
        with pytest.raises(CallPublished):
            await publish_call(tx, actor=desk, edition_id=edition, now=NOW)
    async with transaction(db) as tx:
        assert [one["verb"] for one in await history_of(tx, subject_id=edition)] == ["announce_call", "publish_call"]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"closes_at": OPENS}, CallTimesCross),
        ({"opens_at": datetime(9999, 12, 31, 23, 30, tzinfo=UTC), "closes_at": datetime(9999, 12, 31, 23, 59, tzinfo=UTC)}, CallTimesCross),
        ({"opens_at": datetime(1, 1, 1, tzinfo=UTC)}, CallTimesCross),
        ({"youngest_months": 12, "oldest_months": 6}, AgesCross),
        ({"gmina_ids": [uuid4()]}, UnknownGmina),
    ],
)  # fmt: skip
async def test_a_call_that_makes_no_sense_is_refused(
    db: Database, cast: Cast, said: dict[str, Any], refusal: type[Exception]
) -> None:
    desk = await acting(db, cast.coordinator)
    made = await announced(db, cast, form=())
    async with transaction(db) as tx:
        edition = await put_edition(tx, gmina=cast.niepolomice)
        with pytest.raises(refusal):
            await announce_call(tx, actor=desk, edition_id=edition, details=times(**said), now=NOW)
        with pytest.raises(refusal):
            await change_call(tx, actor=desk, edition_id=made.edition, details=times(**said), now=NOW)


async def test_an_edition_has_one_call_and_its_own_coordinator(db: Database, cast: Cast) -> None:
    made, desk = await announced(db, cast), await acting(db, cast.coordinator)
    other = await acting(db, cast.other_coordinator)
    async with transaction(db) as tx:
        with pytest.raises(CallExists):
            await announce_call(tx, actor=desk, edition_id=made.edition, details=times(), now=NOW)
        question = next(iter(made.questions.values()))
        for act in (
            announce_call(tx, actor=other, edition_id=made.edition, details=times(), now=NOW),
            change_call(tx, actor=other, edition_id=made.edition, details=times(), now=NOW),
            publish_call(tx, actor=other, edition_id=made.edition, now=NOW),
            add_question(tx, actor=other, edition_id=made.edition, details=asks("text"), now=NOW),
            remove_question(tx, actor=other, edition_id=made.edition, question_id=question, now=NOW),
            extend_for(tx, actor=other, edition_id=made.edition, account_id=cast.member.id, until=CLOSES + timedelta(1), reason="x", now=NOW),
            begun_by(tx, actor=other, edition_id=made.edition),
        ):  # fmt: skip
            with pytest.raises(NotYours):
                await act


async def test_while_it_is_open_a_call_may_only_close_later(db: Database, cast: Cast) -> None:
    made, desk = await opened(db, cast), await acting(db, cast.coordinator)

    async def change(now: datetime = NOW, **said: Any) -> None:
        async with transaction(db) as tx:
            await change_call(tx, actor=desk, edition_id=made.edition, details=times(**said), now=now)

    await change(BEFORE, anonymous=True)
    await change(BEFORE, anonymous=False)
    for said in ({"anonymous": True}, {"closes_at": CLOSES - timedelta(1)}, {"opens_at": OPENS + timedelta(1)}, {"intro_pl": "x"}):  # fmt: skip
        with pytest.raises(CallIsOpen):
            await change(**said)
    later = CLOSES + timedelta(days=2)
    await change(closes_at=later)
    with pytest.raises(CallIsOver):
        await change(later, closes_at=later + timedelta(1))


async def test_an_older_version_of_a_call_changes_nothing(db: Database, cast: Cast) -> None:
    made, desk = await announced(db, cast), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        seen = (await call_of(tx, edition_id=made.edition)).version
        await change_call(tx, actor=desk, edition_id=made.edition, details=times(), seen=seen, now=NOW)
        with pytest.raises(ChangedMeanwhile):
            await change_call(tx, actor=desk, edition_id=made.edition, details=times(), seen=seen, now=NOW)
        with pytest.raises(ChangedMeanwhile):
            await add_question(tx, actor=desk, edition_id=made.edition, details=asks("text"), seen=seen, now=NOW)


async def test_a_call_nobody_could_answer_is_not_published(db: Database, cast: Cast) -> None:
    made, desk = await announced(db, cast), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        with pytest.raises(ClosingIsPast):
            await publish_call(tx, actor=desk, edition_id=made.edition, now=CLOSES)
        await tx.execute("UPDATE edition SET state = 'draft' WHERE id = $1", made.edition)
        with pytest.raises(EditionIsDraft):
            await publish_call(tx, actor=desk, edition_id=made.edition, now=NOW)


async def test_a_form_is_built_question_by_question(db: Database, cast: Cast) -> None:
    made, desk = await announced(db, cast), await acting(db, cast.coordinator)

    async def order() -> list[str]:
        async with transaction(db) as tx:
            return [one.kind for one in (await call_of(tx, edition_id=made.edition)).questions]

    kinds = list(KINDS)
    assert await order() == kinds
    given: dict[str, Any] = {"actor": desk, "edition_id": made.edition, "now": NOW}
    for kind, way in (("text", "up"), ("date", "down"), ("text", "down"), ("date", "up")):
        async with transaction(db) as tx:
            await move_question(tx, question_id=made.questions[kind], way=way, **given)  # type: ignore[arg-type]
    assert await order() == ["paragraph", "text", *kinds[2:-2], "date", "nip"]
    async with transaction(db) as tx:
        await remove_question(tx, question_id=made.questions["number"], **given)
        changed = asks("choice", options=[Option(pl="Tak"), Option(pl="Nie")], required=False)
        call = await change_question(tx, question_id=made.questions["text"], details=changed, **given)
        question = call.question(made.questions["text"])
        assert question is not None and question.kind == "choice" and not question.required
        assert [(one.value, one.pl) for one in question.options] == [("1", "Tak"), ("2", "Nie")]
        with pytest.raises(NoSuchQuestion):
            await remove_question(tx, question_id=made.questions["number"], **given)
        with pytest.raises(NoSuchQuestion):
            await move_question(tx, question_id=uuid4(), way="up", **given)


@pytest.mark.parametrize(
    ("kind", "more", "refusal"),
    [
        ("choice", {"options": []}, OptionsWrong),
        ("choice", {"options": [Option(pl="A")]}, OptionsWrong),
        ("choices", {"options": [Option(pl="A"), Option(pl="A")]}, OptionsWrong),
        ("text", {"options": [Option(pl="A"), Option(pl="B")]}, OptionsWrong),
        ("text", {"most": 401}, BoundsWrong),
        ("text", {"least": -1}, BoundsWrong),
        ("paragraph", {"least": 9, "most": 8}, BoundsWrong),
        ("choices", {"most": 4}, BoundsWrong),
        ("date", {"most": 4}, BoundsWrong),
        ("file", {"most": 10 * 1024 * 1024 + 1}, BoundsWrong),
        ("file", {"media": []}, MediaWrong),
        ("text", {"media": ["pdf"]}, MediaWrong),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(
    db: Database, cast: Cast, kind: str, more: dict[str, Any], refusal: type[Exception]
) -> None:
    made, desk = await announced(db, cast, form=()), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        with pytest.raises(refusal):
            await add_question(tx, actor=desk, edition_id=made.edition, details=asks(kind, **more), now=NOW)


async def test_the_form_of_an_open_call_is_frozen(db: Database, cast: Cast) -> None:
    made, desk = await opened(db, cast), await acting(db, cast.coordinator)
    given: dict[str, Any] = {"actor": desk, "edition_id": made.edition}
    key = made.questions["text"]
    async with transaction(db) as tx:
        await change_question(tx, question_id=key, details=asks("text"), now=BEFORE, **given)
        for now in (OPENS, CLOSES):
            for act in (
                add_question(tx, details=asks("text"), now=now, **given),
                change_question(tx, question_id=key, details=asks("text"), now=now, **given),
                move_question(tx, question_id=key, way="down", now=now, **given),
                remove_question(tx, question_id=key, now=now, **given),
            ):
                with pytest.raises(FormIsFrozen):
                    await act


async def test_one_applicant_may_be_given_longer_and_hears_of_it(db: Database, cast: Cast) -> None:
    made, desk = await opened(db, cast), await acting(db, cast.coordinator)
    draft, member = await filled(db, cast, made, cast.member), await acting(db, cast.member)
    other, until, now = await filled(db, cast, made, cast.stranger), CLOSES + timedelta(days=1), CLOSES
    async with transaction(db) as tx:
        told = {one.name for one in await begun_by(tx, actor=desk, edition_id=made.edition)}
        assert told == {"Acme", "Rival"}
        given: dict[str, Any] = {"actor": desk, "edition_id": made.edition, "now": now, "reason": "Awaria prądu"}
        for who in ({}, {"organisation_id": uuid4()}, {"organisation_id": cast.acme, "account_id": cast.member.id}):
            with pytest.raises(UnknownApplicant):
                await extend_for(tx, until=until, **who, **given)
        for short in (CLOSES, CLOSES - timedelta(1)):
            with pytest.raises(ExtensionTooShort):
                await extend_for(tx, organisation_id=cast.acme, until=short, **given)
        made_longer = await extend_for(tx, organisation_id=cast.acme, until=until, **given)
        assert await extensions_of(tx, actor=desk, edition_id=made.edition) == [made_longer]
        mails = await tx.fetch("SELECT recipient, text FROM mail")
        assert [mail["recipient"] for mail in mails] == [cast.owner.email] and "Awaria prądu" in mails[0]["text"]
        last = until - timedelta.resolution
        handed = await submit(tx, actor=member, application_id=draft.id, terms_version=1, clock=lambda: last)
        assert handed.number == 1
        stranger = await acting(db, cast.stranger)
        with pytest.raises(CallClosed):
            await submit(tx, actor=stranger, application_id=other.id, terms_version=1, clock=lambda: CLOSES)


async def test_a_longer_time_lets_begin_too_and_ends(db: Database, cast: Cast) -> None:
    made, desk = await opened(db, cast), await acting(db, cast.coordinator)
    resident, until = await acting(db, cast.resident), CLOSES + timedelta(hours=1)
    async with transaction(db) as tx:
        with pytest.raises(CallClosed):
            await start_application(tx, actor=resident, edition_id=made.edition, now=CLOSES)
        await extend_for(tx, actor=desk, edition_id=made.edition, account_id=cast.resident.id, until=until, reason="x", now=NOW)  # fmt: skip
        with pytest.raises(CallClosed):
            await start_application(tx, actor=resident, edition_id=made.edition, now=until)
        await start_application(tx, actor=resident, edition_id=made.edition, now=CLOSES)
        assert (await applicant_called(tx, text=" Resident@example.com ")).account_id == cast.resident.id  # type: ignore[union-attr]
        assert (await applicant_called(tx, text="526-104-08-28")).organisation_id == cast.acme  # type: ignore[union-attr]
        assert await applicant_called(tx, text="nobody") is None


async def test_nobody_gets_longer_than_a_call_that_is_not_public(db: Database, cast: Cast) -> None:
    made, desk = await announced(db, cast), await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        with pytest.raises(CallNotPublic):
            await extend_for(tx, actor=desk, edition_id=made.edition, account_id=cast.member.id, until=CLOSES + timedelta(1), reason="x", now=NOW)  # fmt: skip


async def test_a_draft_is_nobody_elses_business(db: Database, cast: Cast) -> None:
    made = await opened(db, cast)
    draft = await begun(db, cast, made, cast.member)
    async with transaction(db) as tx:
        assert [one["verb"] for one in await history_of(tx, subject_id=draft.id)] == ["start"]
