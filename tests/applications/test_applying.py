"""Beginning, saving, handing in, supplementing, taking back."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from incubator.applications.calls import NoSuchCall
from incubator.applications.details import Draft, FactsSaid
from incubator.applications.editable import HandedIn
from incubator.applications.form_rows import NoSuchQuestion
from incubator.applications.handing_in import ApplicationIncomplete, NotEligible
from incubator.applications.move import WrongApplicationState, move
from incubator.applications.queries import NoSuchApplication, application_by_id
from incubator.applications.rules import CallClosed, CallNotOpen
from incubator.applications.save_draft import save_draft
from incubator.applications.start_application import AppliedAlready, EditionOver, new_code, start_application
from incubator.applications.states import State
from incubator.applications.submit import TermsNotAccepted, submit
from incubator.applications.supplement import NothingAskedFor, SupplementTooLate, supplement
from incubator.applications.views import ApplicationView
from incubator.applications.withdraw import PlaceOffered, withdraw
from incubator.db.engine import Database, Tx, transaction
from incubator.people.details import UnknownGmina
from incubator.people.queries import NoSuchOrganisation
from incubator.web.etags import ChangedMeanwhile
from tests.applications.cast import (
    CLOSES,
    OPENS,
    PNG,
    Opened,
    announced,
    attach,
    begun,
    filled,
    handed_in,
    opened,
    put_terms,
)
from tests.cast import Cast, acting
from tests.conftest import NOW


async def test_an_application_begins_with_what_is_known(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    ours, own = await begun(db, cast, call, cast.member), await begun(db, cast, call, cast.resident)
    assert (ours.state, ours.organisation_id, ours.facts.kind, ours.facts.gmina_id) == (
        State.DRAFT,
        cast.acme,
        "startup",
        cast.niepolomice,
    )
    assert (own.organisation_id, own.facts.kind, own.number) == (None, "person", None)
    assert ours.code != own.code and len({new_code() for _ in range(500)}) == 500


async def test_it_begins_only_while_a_public_call_is_open(db: Database, cast: Cast) -> None:
    hidden, call, member = await announced(db, cast), await opened(db, cast), await acting(db, cast.member)
    async with transaction(db) as tx:
        for edition, now, refusal in (
            (hidden.edition, NOW, NoSuchCall),
            (call.edition, OPENS - timedelta.resolution, CallNotOpen),
            (call.edition, CLOSES, CallClosed),
        ):
            with pytest.raises(refusal):
                await start_application(tx, actor=member, edition_id=edition, now=now)
        with pytest.raises(NoSuchOrganisation):
            await start_application(tx, actor=member, edition_id=call.edition, organisation_id=cast.rival, now=NOW)
        await tx.execute("UPDATE edition SET state = 'closed' WHERE id = $1", call.edition)
        with pytest.raises(EditionOver):
            await start_application(tx, actor=member, edition_id=call.edition, now=NOW)


async def test_who_has_left_the_organisation_begins_nothing_for_it(db: Database, cast: Cast) -> None:
    call, member = await opened(db, cast), await acting(db, cast.member)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM membership WHERE account_id = $1", cast.member.id)
        with pytest.raises(NoSuchOrganisation):
            await start_application(tx, actor=member, edition_id=call.edition, organisation_id=cast.acme, now=NOW)


async def test_an_organisation_applies_once_and_each_person_too(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    first = await begun(db, cast, call, cast.member)
    with pytest.raises(AppliedAlready) as refused:
        await begun(db, cast, call, cast.colleague)
    assert refused.value.application_id == first.id
    await begun(db, cast, call, cast.member, own=True)
    with pytest.raises(AppliedAlready):
        await begun(db, cast, call, cast.member, own=True)
    member = await acting(db, cast.member)
    async with transaction(db) as tx:
        await withdraw(tx, actor=member, application_id=first.id, now=NOW)
    await begun(db, cast, call, cast.colleague)


async def test_a_draft_keeps_whatever_was_typed(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft, member = await begun(db, cast, call, cast.member), await acting(db, cast.member)
    colleague, stranger = await acting(db, cast.colleague), await acting(db, cast.stranger)
    wild = call.draft("", number="dużo", nip="123", choices=["9"], date="jutro", text="x" * 9000)
    async with transaction(db) as tx:
        saved = await save_draft(tx, actor=member, application_id=draft.id, draft=wild, seen=draft.version, now=NOW)
        assert saved.answers == {str(key): value for key, value in wild.answers.items()}
        assert saved.version == draft.version + 1 and saved.state == State.DRAFT
        with pytest.raises(ChangedMeanwhile):
            await save_draft(tx, actor=colleague, application_id=draft.id, draft=wild, seen=draft.version, now=NOW)
        await save_draft(tx, actor=colleague, application_id=draft.id, draft=wild, seen=saved.version, now=CLOSES)
        with pytest.raises(NoSuchApplication):
            await save_draft(tx, actor=stranger, application_id=draft.id, draft=wild, now=NOW)
        with pytest.raises(NoSuchQuestion):
            await save_draft(tx, actor=member, application_id=draft.id, draft=Draft(answers={uuid4(): "x"}), now=NOW)
        with pytest.raises(UnknownGmina):
            homeless = Draft(facts=FactsSaid(gmina_id=uuid4()))
            await save_draft(tx, actor=member, application_id=draft.id, draft=homeless, now=NOW)


async def test_handing_in_gives_a_number_and_keeps_what_was_said(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    first = await handed_in(db, cast, call, cast.member)
    second = await handed_in(db, cast, call, cast.stranger)
    assert (first.number, second.number, first.state, first.submitted_at) == (1, 2, State.SUBMITTED, NOW)
    async with transaction(db) as tx:
        assert await application_by_id(tx, application_id=first.id) == first
        kept = await tx.fetchrow("SELECT round, by, answers, facts FROM submission WHERE application_id = $1", first.id)
        assert (kept["round"], kept["by"]) == (0, cast.member.id) and '"nip"' not in kept["answers"]
        assert "5261040828" in kept["answers"] and "526-104" not in kept["answers"] and "Acme" in kept["facts"]
        mails = await tx.fetch("SELECT recipient, subject, text FROM mail ORDER BY created_at, id")
        assert [mail["recipient"] for mail in mails] == [cast.member.email, cast.stranger.email]
        assert "no. 1" in mails[0]["subject"] and f"/applications/{first.id}" in mails[0]["text"]


async def test_what_was_handed_in_is_no_longer_changed(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, member = await handed_in(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        with pytest.raises(HandedIn):
            await save_draft(tx, actor=member, application_id=made.id, draft=call.draft("Inny"), now=NOW)
        with pytest.raises(HandedIn):
            await submit(tx, actor=member, application_id=made.id, terms_version=1, clock=lambda: NOW)
        with pytest.raises(HandedIn):
            await attach(tx, member, made.id, call.questions["file"])
        with pytest.raises(NothingAskedFor):
            await supplement(tx, actor=member, application_id=made.id, clock=lambda: NOW)


async def test_what_is_missing_is_said_all_at_once(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft, member = await begun(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        with pytest.raises(ApplicationIncomplete) as refused:
            await submit(tx, actor=member, application_id=draft.id, terms_version=1, clock=lambda: NOW)
    codes = {one.code for one in refused.value.findings}
    assert codes == {"title_missing", "answer_missing", "not_chosen", "file_missing", "not_declared"}
    assert len(refused.value.findings) == 8


async def test_who_does_not_fit_the_call_hands_nothing_in(db: Database, cast: Cast) -> None:
    call = await opened(db, cast, gmina_ids=[cast.skawina], sizes=["large"])
    draft, member = await filled(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        with pytest.raises(NotEligible) as refused:
            await submit(tx, actor=member, application_id=draft.id, terms_version=1, clock=lambda: NOW)
    assert [one.code for one in refused.value.findings] == ["gmina_not_eligible", "size_not_eligible"]


async def test_the_terms_in_force_are_accepted_and_their_version_kept(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft, member = await filled(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        for version, day in ((2, date(2026, 9, 7)), (3, date(2026, 9, 8))):
            await put_terms(tx, call.edition, version, day, cast.coordinator)
        for accepted in (None, 1, 3):
            with pytest.raises(TermsNotAccepted) as refused:
                await submit(tx, actor=member, application_id=draft.id, terms_version=accepted, clock=lambda: NOW)
            assert refused.value.terms_version == 2
        made = await submit(tx, actor=member, application_id=draft.id, terms_version=2, clock=lambda: NOW)
        assert made.terms_version == 2
        assert await tx.fetchval("SELECT terms_version FROM submission WHERE application_id = $1", draft.id) == 2


async def test_the_instant_of_closing_is_too_late_to_hand_in(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft, member = await filled(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        with pytest.raises(CallClosed):
            await submit(tx, actor=member, application_id=draft.id, terms_version=1, clock=lambda: CLOSES)
        last = CLOSES - timedelta.resolution
        assert (
            await submit(tx, actor=member, application_id=draft.id, terms_version=1, clock=lambda: last)
        ).number == 1


async def asked_to_supplement(tx: Tx, made: ApplicationView, cast: Cast) -> ApplicationView:
    return await move(
        tx,
        application=made,
        to=State.SUPPLEMENTING,
        verb="ask",
        actor_id=cast.coordinator.id,
        now=NOW,
        supplement_until=NOW + timedelta(days=7),
    )


async def test_a_supplementation_is_handed_in_once_and_the_first_stays(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, member = await handed_in(db, cast, call, cast.member), await acting(db, cast.member)
    later = CLOSES + timedelta(days=1)
    async with transaction(db) as tx:
        await asked_to_supplement(tx, made, cast)
        await save_draft(tx, actor=member, application_id=made.id, draft=call.draft(number="7"), now=later)
        new = await attach(tx, member, made.id, call.questions["file"], PNG)
        last = NOW + timedelta(days=7) - timedelta.resolution
        with pytest.raises(SupplementTooLate):
            await supplement(tx, actor=member, application_id=made.id, clock=lambda: NOW + timedelta(days=7))
        again = await supplement(tx, actor=member, application_id=made.id, clock=lambda: last)
        assert (again.state, again.number, again.submitted_at) == (State.SUBMITTED, 1, NOW)
        kept = await tx.fetch("SELECT answers FROM submission WHERE application_id = $1 ORDER BY round", made.id)
        file = made.answers[str(call.questions["file"])]
        assert file in kept[0]["answers"] and str(new.id) in kept[1]["answers"] and file not in kept[1]["answers"]
        assert await tx.fetchval("SELECT count(*) FROM application_file WHERE application_id = $1", made.id) == 2
        with pytest.raises(HandedIn):
            await supplement(tx, actor=member, application_id=made.id, clock=lambda: last)


async def test_an_incomplete_supplementation_is_refused(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, member = await handed_in(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        await asked_to_supplement(tx, made, cast)
        await save_draft(tx, actor=member, application_id=made.id, draft=call.draft(number=""), now=NOW)
        with pytest.raises(ApplicationIncomplete):
            await supplement(tx, actor=member, application_id=made.id, clock=lambda: NOW)


async def put_in(tx: Tx, made: ApplicationView, state: State) -> None:
    await tx.execute("UPDATE application SET state = $2 WHERE id = $1", made.id, state)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.SUPPLEMENTING, State.FORMALLY_PASSED, State.RESERVE])
async def test_an_application_is_taken_back_until_it_is_decided(db: Database, cast: Cast, state: State) -> None:
    call = await opened(db, cast)
    made, owner = await handed_in(db, cast, call, cast.member), await acting(db, cast.owner)
    async with transaction(db) as tx:
        await put_in(tx, made, state)
        gone = await withdraw(tx, actor=owner, application_id=made.id, now=NOW)
        assert gone.state == State.WITHDRAWN and gone.number == 1 and gone.answers == made.answers
        mails = await tx.fetch("SELECT recipient FROM mail WHERE subject LIKE '%withdrawn%'")
        assert {mail["recipient"] for mail in mails} == {cast.member.email, cast.owner.email}


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (State.OFFERED, PlaceOffered),
        *((state, WrongApplicationState) for state in (State.ADMITTED, State.NOT_ADMITTED, State.DECLINED)),
    ],
)
async def test_what_is_decided_is_not_taken_back(
    db: Database, cast: Cast, state: State, refusal: type[Exception]
) -> None:
    call = await opened(db, cast)
    made, member = await handed_in(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        await put_in(tx, made, state)
        with pytest.raises(refusal):
            await withdraw(tx, actor=member, application_id=made.id, now=NOW)


async def test_of_a_draft_that_is_taken_back_nothing_is_kept(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, member = await filled(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        gone = await withdraw(tx, actor=member, application_id=made.id, now=NOW)
        assert gone == await application_by_id(tx, application_id=made.id) and gone.answers == {}
        assert await tx.fetchval("SELECT count(*) FROM application_file") == 0
        assert await tx.fetchval("SELECT count(*) FROM mail") == 0


async def test_strangers_and_the_desk_do_nothing_in_an_applicants_name(db: Database, cast: Cast) -> None:
    call: Opened = await opened(db, cast)
    made = await filled(db, cast, call, cast.member)
    for who in (cast.stranger, cast.resident, cast.coordinator, cast.administrator):
        actor = await acting(db, who)
        given: dict[str, Any] = {"actor": actor, "application_id": made.id}
        async with transaction(db) as tx:
            for act in (
                save_draft(tx, draft=call.draft(), now=NOW, **given),
                submit(tx, terms_version=1, clock=lambda: NOW, **given),
                supplement(tx, clock=lambda: NOW, **given),
                withdraw(tx, now=NOW, **given),
                attach(tx, actor, made.id, call.questions["file"]),
            ):
                with pytest.raises(NoSuchApplication):
                    await act
