"""The mark of an innovation ambassador, and the list of local specialisations."""

import pytest

from incubator.db.engine import Database, Tx
from incubator.directory.ambassadors import (
    AmbassadorAlready,
    NoAmbassador,
    marks_of,
    name_ambassador,
    withdraw_ambassador,
)
from incubator.directory.describe_profile import describe_profile
from incubator.directory.details import ProfileDetails, SpecialisationNames
from incubator.directory.keep_specialisations import (
    SpecialisationThere,
    add_specialisation,
    rename_specialisation,
    retire_specialisation,
)
from incubator.directory.publish_profile import NotShown, publish_profile
from incubator.directory.search import Wish, find
from incubator.directory.specialisations import UnknownSpecialisation, all_specialisations
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.directory.cast import put_company
from tests.moments import NOW


async def test_a_mark_is_given_and_withdrawn_and_both_are_history(db: Database, tx: Tx, cast: Cast) -> None:
    key = await put_company(tx, gmina=cast.niepolomice)
    desk = await acting(db, cast.coordinator)
    await name_ambassador(tx, actor=desk, profile_id=key, reason="Piec na wodór", now=NOW)
    assert (await find(tx, wish=Wish(ambassador=True))).total == 1
    assert (await find(tx, wish=Wish(words="chleb", ambassador=True))).total == 1
    with pytest.raises(AmbassadorAlready):
        await name_ambassador(tx, actor=desk, profile_id=key, reason="x", now=NOW)
    await withdraw_ambassador(tx, actor=desk, profile_id=key, reason="Przeprowadzka", now=NOW)
    assert (await find(tx, wish=Wish(words="chleb", ambassador=True))).total == 0
    with pytest.raises(NoAmbassador):
        await withdraw_ambassador(tx, actor=desk, profile_id=key, reason="x", now=NOW)
    (mark,) = await marks_of(tx, profile_id=key)
    assert (mark.reason, mark.withdrawn_reason, mark.withdrawn_on) == ("Piec na wodór", "Przeprowadzka", NOW.date())
    assert await tx.fetchval("SELECT count(*) FROM mail WHERE recipient = 'piekarnia@example.com'") == 2


@pytest.mark.parametrize("who", ["other_coordinator", "office", "member"])
async def test_another_gmina_gives_no_mark(db: Database, tx: Tx, cast: Cast, who: str) -> None:
    key = await put_company(tx, gmina=cast.niepolomice)
    with pytest.raises(NotYours):
        await name_ambassador(tx, actor=await acting(db, getattr(cast, who)), profile_id=key, reason="x", now=NOW)


async def test_who_is_not_shown_gets_no_mark(db: Database, tx: Tx, cast: Cast) -> None:
    key = await put_company(tx, gmina=cast.niepolomice, state="hidden", because="owner")
    with pytest.raises(NotShown):
        await name_ambassador(tx, actor=await acting(db, cast.coordinator), profile_id=key, reason="x", now=NOW)


async def test_the_office_keeps_the_list(db: Database, tx: Tx, cast: Cast) -> None:
    office, owner = await acting(db, cast.office), await acting(db, cast.owner)
    names = SpecialisationNames(name_pl="Żywność lokalna", name_en="Local food")
    made = await add_specialisation(tx, actor=office, names=names, now=NOW)
    with pytest.raises(SpecialisationThere):
        await add_specialisation(tx, actor=office, names=names, now=NOW)
    details = ProfileDetails(makes_pl="Chleb", specialisations=[made.slug])
    await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=details, now=NOW)
    await publish_profile(tx, actor=owner, organisation_id=cast.acme, now=NOW)
    assert (await find(tx, wish=Wish(specialisation=made.slug))).total == 1
    assert (await find(tx, wish=Wish(words="chleb", specialisation=made.slug))).total == 1
    renamed = SpecialisationNames(name_pl="Smaki okolicy")
    await rename_specialisation(tx, actor=office, slug=made.slug, names=renamed, seen=made.version, now=NOW)
    assert (await find(tx, wish=Wish(words="smaków"))).total == 1
    gone = await retire_specialisation(tx, actor=office, slug=made.slug, now=NOW)
    assert gone.retired and gone.companies == 1 and await all_specialisations(tx) == []
    # Who had it keeps it; nobody else gets it.
    await describe_profile(tx, actor=owner, organisation_id=cast.acme, details=details, now=NOW)
    stranger = await acting(db, cast.stranger)
    with pytest.raises(UnknownSpecialisation):
        await describe_profile(tx, actor=stranger, organisation_id=cast.rival, details=details, now=NOW)


@pytest.mark.parametrize("who", ["coordinator", "owner", "resident"])
async def test_nobody_else_keeps_the_list(db: Database, tx: Tx, cast: Cast, who: str) -> None:
    names = SpecialisationNames(name_pl="Rzemiosło")
    with pytest.raises(NotYours):
        await add_specialisation(tx, actor=await acting(db, getattr(cast, who)), names=names, now=NOW)
