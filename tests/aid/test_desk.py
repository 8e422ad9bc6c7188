"""Declaring, linking, certificates and reports, one after another."""

import csv
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from incubator.aid.certify import AidTakenBack, CertifiedAlready, certify
from incubator.aid.declare import AidDayOutside, TooMuchDeclared, declare
from incubator.aid.details import Elsewhere
from incubator.aid.grant import AidCeiling
from incubator.aid.queries import NoSuchAid, elsewhere_of, entries_at_desk, entries_of, entry_for, standing_for
from incubator.aid.register_csv import register_csv
from incubator.aid.report import (
    AidReportApproved,
    NoSuchAidReport,
    NothingToReport,
    approve_report,
    draft_report,
    drop_report,
    reported,
    reports_for,
)
from incubator.aid.take_back import take_back
from incubator.aid.undertakings import LinkedAlready, NoSuchCompanyToLink, NotLinked, link, separate
from incubator.db.engine import Database, Tx
from incubator.kernel.ids import uuid7
from incubator.people.guards import NotYours
from incubator.people.queries import NoSuchOrganisation
from tests.aid.cast import granted, put_rate, ready
from tests.cast import Cast, acting
from tests.moments import NOW

TODAY = NOW.date()


def elsewhere(cents: int = 5_000, days: int = 30) -> Elsewhere:
    return Elsewhere(granted_on=TODAY - timedelta(days=days), provider="PARP", amount_cents=cents)


async def test_a_declaration_takes_the_place_of_the_one_before(db: Database, tx: Tx, cast: Cast) -> None:
    owner = await acting(db, cast.owner)
    about = {"actor": owner, "organisation_id": cast.acme}
    await declare(tx, **about, elsewhere=[elsewhere(5_000), elsewhere(7_000, 900)], now=NOW)
    told = await declare(tx, **about, elsewhere=[elsewhere(9_000)], now=NOW)
    assert (told.elsewhere_cents, told.declared_at) == (9_000, NOW)
    assert [one.amount_cents for one in await elsewhere_of(tx, **about)] == [9_000]
    assert await tx.fetchval("SELECT count(*) FROM aid_elsewhere WHERE withdrawn_at IS NOT NULL") == 2


async def test_only_owners_declare_and_only_what_counts(db: Database, tx: Tx, cast: Cast) -> None:
    member, stranger, owner = [await acting(db, who) for who in (cast.member, cast.stranger, cast.owner)]
    about = {"organisation_id": cast.acme, "now": NOW}
    with pytest.raises(NotYours):
        await declare(tx, actor=member, elsewhere=[], **about)
    with pytest.raises(NoSuchOrganisation):
        await declare(tx, actor=stranger, elsewhere=[], **about)
    for days in (-1, 3 * 366 + 1):
        with pytest.raises(AidDayOutside):
            await declare(tx, actor=owner, elsewhere=[elsewhere(days=days)], **about)
    with pytest.raises(TooMuchDeclared):
        await declare(tx, actor=owner, elsewhere=[elsewhere()] * 201, **about)


async def test_a_declared_grant_opens_the_way(db: Database, tx: Tx, cast: Cast) -> None:
    await put_rate(tx)
    await declare(tx, actor=await acting(db, cast.owner), organisation_id=cast.acme, elsewhere=[], now=NOW)
    assert await granted(tx, cast, euros=10) is not None


async def test_linked_companies_have_one_ceiling_until_they_are_separated(db: Database, tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    await granted(tx, cast, euros=200_000)
    await granted(tx, cast, euros=100_000, organisation=cast.rival)
    coordinator = await acting(db, cast.coordinator)
    about = {"actor": coordinator, "organisation_id": cast.acme, "now": NOW}
    linked = await link(tx, **about, nip="1132191233", because="60 % udziałów")
    assert [(one.organisation_id, one.because) for one in linked] == [(cast.rival, "60 % udziałów")]
    assert (await standing_for(tx, actor=coordinator, organisation_id=cast.acme, now=NOW)).left_cents == 0
    with pytest.raises(AidCeiling):
        await granted(tx, cast, euros=1)
    with pytest.raises(LinkedAlready):
        await link(tx, **about, nip="1132191233", because="x")
    await separate(tx, **about, because="sprzedaż udziałów")
    assert (await standing_for(tx, actor=coordinator, organisation_id=cast.acme, now=NOW)).granted_cents == 20_000_000
    with pytest.raises(NotLinked):
        await separate(tx, **about, because="x")


async def test_only_the_coordinator_of_its_gmina_links(db: Database, tx: Tx, cast: Cast) -> None:
    other = await acting(db, cast.other_coordinator)
    with pytest.raises(NotYours):
        await link(tx, actor=other, organisation_id=cast.acme, nip="1132191233", because="x", now=NOW)
    own = await acting(db, cast.coordinator)
    with pytest.raises(NoSuchCompanyToLink):
        await link(tx, actor=own, organisation_id=cast.acme, nip="0123456789", because="x", now=NOW)
    with pytest.raises(LinkedAlready):
        await link(tx, actor=own, organisation_id=cast.acme, nip="5261040828", because="x", now=NOW)


async def test_who_sees_a_grant(db: Database, tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    key = await granted(tx, cast, euros=10)
    assert key is not None
    for who, sees in (
        (cast.member, True),
        (cast.coordinator, True),
        (cast.administrator, True),
        (cast.stranger, False),
    ):
        actor = await acting(db, who)
        if sees:
            assert (await entry_for(tx, actor=actor, entry_id=key)).amount_cents == 1_000
        else:
            with pytest.raises(NoSuchAid):
                await entry_for(tx, actor=actor, entry_id=key)
    other = await acting(db, cast.other_coordinator)
    assert (await entries_at_desk(tx, actor=other)).items == []
    with pytest.raises(NoSuchAid):
        await entry_for(tx, actor=other, entry_id=key)


async def test_the_list_goes_on_where_it_ended(db: Database, tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    keys = [await granted(tx, cast, euros=n) for n in (1, 2, 3)]
    coordinator, member = await acting(db, cast.coordinator), await acting(db, cast.member)
    first = await entries_at_desk(tx, actor=coordinator, limit=2)
    rest = await entries_at_desk(tx, actor=coordinator, limit=2, after=first.next)
    assert [one.id for one in (*first.items, *rest.items)] == keys[::-1]
    assert rest.next is None
    own = await entries_of(tx, actor=member, organisation_id=cast.acme, limit=2, after=None)
    assert [one.id for one in own.items] == keys[:0:-1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("acme", 1), (" ACM ", 1), ("526-104 08", 1), ("5261040828", 1), ("1040828", 0), ("%", 0), ("Rival", 0), ("", 1)],
)
async def test_the_list_is_looked_through_by_company(db: Database, tx: Tx, cast: Cast, typed: str, found: int) -> None:
    await ready(tx, cast)
    await granted(tx, cast, euros=1)
    page = await entries_at_desk(tx, actor=await acting(db, cast.coordinator), company=typed)
    assert len(page.items) == found


async def test_a_certificate_is_issued_by_a_person_once(db: Database, tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    coordinator = await acting(db, cast.coordinator)
    subject = uuid7()
    first, second = await granted(tx, cast, euros=1), await granted(tx, cast, euros=1, subject=subject)
    assert first is not None and second is not None
    assert (await certify(tx, actor=coordinator, entry_id=first, now=NOW)).certificate == f"1/{TODAY.year}"
    with pytest.raises(CertifiedAlready):
        await certify(tx, actor=coordinator, entry_id=first, now=NOW)
    await take_back(tx, subject_kind="booking", subject_id=subject, actor_id=None, now=NOW)
    with pytest.raises(AidTakenBack):
        await certify(tx, actor=coordinator, entry_id=second, now=NOW)
    with pytest.raises(NotYours):
        await certify(tx, actor=await acting(db, cast.member), entry_id=first, now=NOW)


async def test_a_report_is_a_draft_until_it_is_approved(db: Database, tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    subject = uuid7()
    await granted(tx, cast, euros=10)
    await granted(tx, cast, euros=1, subject=subject)
    await take_back(tx, subject_kind="booking", subject_id=subject, actor_id=None, now=NOW)
    coordinator = await acting(db, cast.coordinator)
    about = {"actor": coordinator, "now": NOW}
    days = {"gmina_id": cast.niepolomice, "first_day": TODAY, "last_day": TODAY}
    made = await draft_report(tx, **about, **days)
    assert (made.entries, made.amount_cents, made.approved_at) == (3, 1_000, None)
    await drop_report(tx, **about, report_id=made.id)
    made = await draft_report(tx, **about, **days)
    table = register_csv(made, await reported(tx, actor=coordinator, report_id=made.id)).decode("utf-8-sig")
    rows = list(csv.DictReader(table.splitlines(), delimiter=";"))
    said = ("Stan zestawienia", "NIP beneficjenta", "Za co", "Wartość pomocy brutto PLN", "Wartość pomocy brutto EUR")
    assert {tuple(row[name] for name in said) for row in rows} == {
        ("PROJEKT", "5261040828", "przestrzeń", "42,50", "10,00"),
        ("PROJEKT", "5261040828", "przestrzeń", "4,25", "1,00"),
        ("PROJEKT", "5261040828", "przestrzeń", "-4,25", "-1,00"),
    }
    approved = await approve_report(tx, **about, report_id=made.id)
    assert approved.approved_at == NOW
    assert "zatwierdzone" in register_csv(approved, await reported(tx, actor=coordinator, report_id=made.id)).decode()
    for verb in (approve_report, drop_report):
        with pytest.raises(AidReportApproved):
            await verb(tx, **about, report_id=made.id)
    with pytest.raises(NothingToReport):
        await draft_report(tx, **about, **days)
    assert [one.id for one in await reports_for(tx, actor=coordinator)] == [made.id]


async def test_a_report_is_its_own_gminas(db: Database, tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    await granted(tx, cast, euros=10)
    days = {"gmina_id": cast.niepolomice, "first_day": TODAY, "last_day": TODAY, "now": NOW}
    made = await draft_report(tx, actor=await acting(db, cast.coordinator), **days)
    other = await acting(db, cast.other_coordinator)
    with pytest.raises(NotYours):
        await draft_report(tx, actor=other, **days)
    for key in (made.id, uuid4()):
        with pytest.raises(NoSuchAidReport):
            await approve_report(tx, actor=other, report_id=key, now=NOW)


async def test_the_desk_is_shown_up_to_any_day_there_is(visit: Callable[..., httpx.AsyncClient], cast: Cast) -> None:
    for last in ("0001-01-01", "9999-12-31"):
        assert (await visit(cast.coordinator).get(f"/desk/aid?last={last}")).status_code == 200


async def test_papers_say_who_it_was_on_the_day_of_the_grant(db: Database, tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    owner, desk = await acting(db, cast.owner), await acting(db, cast.coordinator)
    about = {"actor": owner, "organisation_id": cast.acme, "elsewhere": []}
    await declare(tx, **about, address="Rynek 1, 32-005 Niepołomice", size="micro", now=NOW)
    subject = uuid7()
    first = await granted(tx, cast, euros=10, subject=subject)
    assert first is not None
    await certify(tx, actor=desk, entry_id=first, now=NOW)
    await tx.execute("UPDATE organisation SET name = 'Acme Polska', nip = '7010411001' WHERE id = $1", cast.acme)
    later = NOW + timedelta(minutes=1)
    await declare(tx, **about, address="Długa 2, 31-147 Kraków", size="small", now=later)
    await declare(tx, **about, now=later + timedelta(minutes=1))  # what is not said stays
    back = await take_back(tx, subject_kind="booking", subject_id=subject, actor_id=None, now=NOW)
    second = await granted(tx, cast, euros=10)
    assert back is not None and second is not None
    found = [await entry_for(tx, actor=desk, entry_id=key) for key in (first, back, second)]
    then = ("Acme", "5261040828", "Rynek 1, 32-005 Niepołomice", "micro")
    now = ("Acme Polska", "7010411001", "Długa 2, 31-147 Kraków", "small")
    assert [(one.organisation_name, one.nip, one.address, one.size) for one in found] == [then, then, now]
    days = {"gmina_id": cast.niepolomice, "first_day": TODAY, "last_day": TODAY, "now": NOW}
    made = await draft_report(tx, actor=desk, **days)
    table = register_csv(made, await reported(tx, actor=desk, report_id=made.id)).decode("utf-8-sig")
    rows = list(csv.DictReader(table.splitlines(), delimiter=";"))
    assert [row["Wielkość beneficjenta"] for row in rows].count("mikroprzedsiębiorstwo") == 2
    assert {row["Nazwa beneficjenta"] for row in rows} == {"Acme", "Acme Polska"}


async def test_the_owners_of_linked_companies_are_told_by_whom(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    about = {"actor": desk, "organisation_id": cast.acme, "now": NOW}
    for told in (
        await link(tx, **about, nip="1132191233", because="60 % udziałów"),
        (await standing_for(tx, actor=await acting(db, cast.member), organisation_id=cast.acme, now=NOW)).linked,
    ):
        assert [(one.linked_by, one.since, one.because) for one in told] == [(desk.name, NOW, "60 % udziałów")]
    await separate(tx, **about, because="sprzedaż")
    rows = await tx.fetch("SELECT recipient, subject, text FROM mail ORDER BY id")
    for what, because in (("together with others", "60 % udziałów"), ("by itself again", "sprzedaż")):
        letters = {row["recipient"]: row["text"] for row in rows if what in row["subject"]}
        assert set(letters) == {cast.owner.email, cast.stranger.email}
        for organisation, email in ((cast.acme, cast.owner.email), (cast.rival, cast.stranger.email)):
            assert f"/organisations/{organisation}/aid" in letters[email]
            assert f"{desk.name} has entered for gmina Niepołomice" in letters[email] and because in letters[email]
