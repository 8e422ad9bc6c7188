"""A company says what it makes, is shown, hides itself, and says that all is still right."""

import pytest

from incubator.db.engine import Database, Tx
from incubator.db.history import history_of
from incubator.directory.describe_profile import CompanyStandsAlready, describe_profile
from incubator.directory.details import ProfileDetails
from incubator.directory.personal_data import wind_up_profile
from incubator.directory.publish_profile import HiddenByTheDesk, NotShown, hide_profile, publish_profile
from incubator.directory.queries import company, profile_of
from incubator.directory.reach import NoSuchCompany
from incubator.directory.rules import BadWebsite, web_address
from incubator.directory.search import Wish, find
from incubator.directory.specialisations import UnknownSpecialisation
from incubator.directory.withhold import NotWithheld, let_back, withhold
from incubator.people.guards import NotYours
from incubator.people.queries import NoSuchOrganisation
from incubator.people.rules import BadPkd
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast, acting
from tests.directory.cast import DETAILS, NIPS, put_company
from tests.moments import NOW


async def mails(tx: Tx) -> list[tuple[str, str]]:
    rows = await tx.fetch("SELECT recipient, subject FROM mail ORDER BY created_at, id")
    return [(row["recipient"], row["subject"]) for row in rows]


async def test_a_profile_begins_as_a_draft_with_the_organisations_own_numbers(db: Database, tx: Tx, cast: Cast) -> None:
    owner = await acting(db, cast.owner)
    made = await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)
    assert (made.state, made.company.name, made.company.nip, made.version) == ("draft", "Acme", "5261040828", 1)
    assert (await find(tx, wish=Wish())).companies == []


async def test_what_is_published_is_found_and_the_coordinator_is_told_once(db: Database, tx: Tx, cast: Cast) -> None:
    owner = await acting(db, cast.owner)
    made = await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)
    shown = await publish_profile(tx, actor=owner, organisation_id=cast.acme, seen=made.version, now=NOW)
    assert [one.name for one in (await find(tx, wish=Wish(words="chleby"))).companies] == ["Acme"]
    await hide_profile(tx, actor=owner, organisation_id=cast.acme, seen=shown.version, now=NOW)
    assert (await find(tx, wish=Wish(words="chleby"))).companies == []
    with pytest.raises(NoSuchCompany):
        await company(tx, slug=made.company.slug)
    await publish_profile(tx, actor=owner, organisation_id=cast.acme, now=NOW)
    assert await mails(tx) == [("coordinator@example.com", "New in the directory: Acme")]
    told = [deed["verb"] for deed in await history_of(tx, subject_id=made.company.id)]
    assert told == ["begin", "publish", "hide", "publish"]


async def test_what_is_published_changes_at_once(db: Database, tx: Tx, cast: Cast) -> None:
    owner = await acting(db, cast.owner)
    await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)
    await publish_profile(tx, actor=owner, organisation_id=cast.acme, now=NOW)
    other = ProfileDetails(makes_pl="Rowery")
    await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=other, now=NOW)
    assert (await find(tx, wish=Wish(words="chleb"))).companies == []
    assert len((await find(tx, wish=Wish(words="rower"))).companies) == 1


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("member", NotYours), ("coordinator", NotYours), ("stranger", NoSuchOrganisation), ("office", NoSuchOrganisation)],
)
async def test_none_but_its_owner_describes_a_company(
    db: Database, tx: Tx, cast: Cast, who: str, refusal: type[Exception]
) -> None:
    actor = await acting(db, getattr(cast, who))
    with pytest.raises(refusal):
        await describe_profile(tx, actor=actor, organisation_id=cast.acme, details=DETAILS, now=NOW)


async def test_a_change_made_to_an_older_version_is_refused(db: Database, tx: Tx, cast: Cast) -> None:
    owner = await acting(db, cast.owner)
    await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, seen=7, now=NOW)


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (ProfileDetails(makes_pl="x", website="javascript:alert(1)"), BadWebsite),
        (ProfileDetails(makes_pl="x", pkd_2025=["45.11.Z"]), BadPkd),
        (ProfileDetails(makes_pl="x", specialisations=["gwiezdne-wojny"]), UnknownSpecialisation),
    ],
)
async def test_what_makes_no_sense_is_refused(
    db: Database, tx: Tx, cast: Cast, details: ProfileDetails, refusal: type[Exception]
) -> None:
    owner = await acting(db, cast.owner)
    with pytest.raises(refusal):
        await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=details, now=NOW)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("example.pl", "https://example.pl"),
        ("http://Example.pl/a?b=c", "http://Example.pl/a?b=c"),
        ("żubr.pl", "https://xn--ubr-22a.pl"),
    ],
)
def test_an_address_gets_its_scheme(typed: str, kept: str) -> None:
    assert web_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "https://",
        "ftp://x.pl",
        "https://x.pl/<script>",
        "x",
        "data:text/html,1",
        "https://x.pl/ a",
    ],
)
def test_an_address_that_is_none_of_the_web_is_refused(typed: str) -> None:
    with pytest.raises(BadWebsite):
        web_address(typed)


async def test_a_company_takes_over_what_a_register_said_of_it(db: Database, tx: Tx, cast: Cast) -> None:
    before = await put_company(tx, gmina=cast.skawina, name="ACME", nip="5261040828")
    owner = await acting(db, cast.owner)
    made = await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)
    assert made.company.id == before and made.state == "draft" and made.company.source == ""
    assert made.company.gmina_slug == "niepolomice"
    assert (await find(tx, wish=Wish())).companies == []


async def test_a_nip_that_another_company_keeps_is_refused(db: Database, tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.skawina, nip="5261040828", organisation=cast.rival)
    owner = await acting(db, cast.owner)
    with pytest.raises(CompanyStandsAlready):
        await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=DETAILS, now=NOW)


async def test_what_the_gmina_hid_its_owner_cannot_show(db: Database, tx: Tx, cast: Cast) -> None:
    key = await put_company(tx, gmina=cast.niepolomice, name="Acme", nip=NIPS[2], organisation=cast.acme)
    desk, owner = await acting(db, cast.coordinator), await acting(db, cast.owner)
    await withhold(tx, actor=desk, profile_id=key, reason="Nieprawdziwe dane", now=NOW)
    with pytest.raises(HiddenByTheDesk):
        await publish_profile(tx, actor=owner, organisation_id=cast.acme, now=NOW)
    with pytest.raises(NotShown):
        await withhold(tx, actor=desk, profile_id=key, reason="x", now=NOW)
    await let_back(tx, actor=desk, profile_id=key, now=NOW)
    with pytest.raises(NotWithheld):
        await let_back(tx, actor=desk, profile_id=key, now=NOW)
    assert [to for to, _ in await mails(tx)] == ["owner@example.com"] * 2


async def test_the_desk_of_another_gmina_hides_nothing(db: Database, tx: Tx, cast: Cast) -> None:
    key = await put_company(tx, gmina=cast.niepolomice)
    with pytest.raises(NotYours):
        await withhold(tx, actor=await acting(db, cast.other_coordinator), profile_id=key, reason="x", now=NOW)


async def test_a_company_that_closes_stands_there_no_more(db: Database, tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.niepolomice, name="Acme", nip=NIPS[2], organisation=cast.acme)
    owner = await acting(db, cast.owner)
    await wind_up_profile(tx, actor=owner, organisation_id=cast.acme, members=[], now=NOW)
    assert (await find(tx, wish=Wish())).companies == []
    with pytest.raises(NoSuchCompany):
        await profile_of(tx, actor=owner, organisation_id=cast.acme)
