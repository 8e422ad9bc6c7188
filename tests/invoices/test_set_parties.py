"""Who sells and who buys, as it is typed."""

from datetime import date

import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.invoices.details import (
    BadInternalId,
    BuyerForm,
    NipMissing,
    SellerDetails,
    UnitDetails,
    buyer_from,
    form_of,
    seller_from,
    unit_from,
)
from incubator.invoices.parties import buyer_of, sellers_of, unit_that_issues
from incubator.invoices.set_buyer import set_buyer
from incubator.invoices.set_seller import set_seller, set_unit
from incubator.invoices.whole import NotForAnInvoice, RecipientMissing
from incubator.people.guards import NotYours
from incubator.people.queries import NoSuchOrganisation
from incubator.people.rules import BadNip
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import ACME, PERSON, SELLER

SCHOOL = BuyerForm(
    name="Gmina Wieliczka",
    nip="683-15-40-009",
    line1="Rynek 1",
    is_jst=True,
    recipient_name="Szkoła",
    recipient_internal_id="6831540009-00003",
)


@pytest.mark.parametrize("nip", ["5261040827", "0000000000", "1111111111", "526104082", "abc", "0106490016"])
def test_a_nip_that_belongs_to_nobody_is_refused(nip: str) -> None:
    with pytest.raises(BadNip):
        buyer_from(BuyerForm(name="X", line1="Y", nip=nip))
    with pytest.raises(BadNip):
        seller_from(SellerDetails(from_day=date(2026, 1, 1), name="X", line1="Y", nip=nip))


def test_a_unit_of_a_local_government_needs_to_be_known() -> None:
    with pytest.raises(RecipientMissing):
        buyer_from(BuyerForm(name="Gmina", nip="5261040828", line1="Y", is_jst=True))
    with pytest.raises(BadInternalId):
        unit_from(UnitDetails(internal_id="5261040828"))
    assert unit_from(UnitDetails(internal_id="5261040828 - 00003")) == ("", "5261040828-00003")


def test_a_gmina_without_a_nip_sells_nothing() -> None:
    with pytest.raises(NotForAnInvoice):
        seller_from(SellerDetails(from_day=date(2026, 1, 1), name="X", line1="Y", nip=""))


@pytest.mark.parametrize("form", [ACME, PERSON, SCHOOL])
def test_what_was_typed_comes_back_to_be_typed_again(form: BuyerForm) -> None:
    buyer = buyer_from(form)
    assert buyer_from(form_of(buyer)) == buyer


async def test_a_gmina_says_who_it_is_from_a_day_on(db: Database, cast: Cast) -> None:
    coordinator, stranger = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
    async with transaction(db) as tx:
        await set_seller(tx, actor=coordinator, gmina_id=cast.niepolomice, details=SELLER, seen=None, now=NOW)
        again = await set_seller(tx, actor=coordinator, gmina_id=cast.niepolomice, details=SELLER, seen=None, now=NOW)
        assert [(one.from_day, one.version) for one in again] == [(SELLER.from_day, 2)]
        with pytest.raises(NotYours):
            await set_seller(tx, actor=stranger, gmina_id=cast.niepolomice, details=SELLER, seen=None, now=NOW)
        assert await sellers_of(tx, gmina_id=cast.skawina) == []


async def test_an_incubator_is_known_by_a_number_where_it_has_one(db: Database, cast: Cast) -> None:
    coordinator, stranger = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
    async with transaction(db) as tx:
        assert (await unit_that_issues(tx, incubator_id=cast.las)).nip == ""
        kept = await set_unit(
            tx, actor=coordinator, incubator_id=cast.las, details=UnitDetails(nip="526-10-40-828"), seen=0, now=NOW
        )
        assert (kept.nip, kept.version) == ("5261040828", 1)
        assert (await unit_that_issues(tx, incubator_id=cast.las)).nip == "5261040828"
        with pytest.raises(NotYours):
            await set_unit(tx, actor=stranger, incubator_id=cast.las, details=UnitDetails(), seen=None, now=NOW)


async def test_owners_say_whom_invoices_of_their_organisation_name(db: Database, cast: Cast) -> None:
    owner, member, stranger = [await acting(db, who) for who in (cast.owner, cast.member, cast.stranger)]
    given = {"organisation_id": cast.acme, "details": ACME, "now": NOW}
    async with transaction(db) as tx:
        await set_buyer(tx, actor=owner, seen=0, **given)
        with pytest.raises(ChangedMeanwhile):
            await set_buyer(tx, actor=owner, seen=0, **given)
        await set_buyer(tx, actor=owner, seen=1, **given)
        with pytest.raises(NotYours):
            await set_buyer(tx, actor=member, seen=2, **given)
        with pytest.raises(NoSuchOrganisation):
            await set_buyer(tx, actor=stranger, seen=2, **given)
        with pytest.raises(NipMissing):
            await set_buyer(tx, actor=owner, seen=2, organisation_id=cast.acme, details=PERSON, now=NOW)


async def test_a_persons_own_details_are_apart_from_their_organisations(db: Database, cast: Cast) -> None:
    owner = await acting(db, cast.owner)
    async with transaction(db) as tx:
        await set_buyer(tx, actor=owner, organisation_id=None, details=PERSON, seen=0, now=NOW)
        await set_buyer(tx, actor=owner, organisation_id=cast.acme, details=ACME, seen=0, now=NOW)
    async with statement(db) as tx:
        own = await buyer_of(tx, account_id=cast.owner.id, organisation_id=None)
        its = await buyer_of(tx, account_id=cast.owner.id, organisation_id=cast.acme)
        assert await buyer_of(tx, account_id=cast.member.id, organisation_id=None) is None
    assert own is not None and its is not None
    assert (own[0].name, its[0].name) == ("Anna Kowalska", "Acme sp. z o.o.")
