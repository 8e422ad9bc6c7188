"""Buyers from abroad: how they are typed, what their invoices say, who may be without a number."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from incubator.db.engine import Database, statement, transaction
from incubator.invoices.countries import CODES, EU, choices, named
from incubator.invoices.details import BuyerForm, NipMissing, buyer_from, form_of
from incubator.invoices.document import Address, Buyer
from incubator.invoices.foreign import BadTaxNumber, NoSuchCountry
from incubator.invoices.ksef import NAMESPACE, fa3
from incubator.invoices.parties import buyer_of
from incubator.invoices.set_buyer import set_buyer
from incubator.invoices.whole import whole
from incubator.kernel.errors import Invalid
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import issue, open_for_invoices, sale
from tests.invoices.documents import COMPANY, document
from tests.invoices.schema import FOLDER, faults
from tests.missing import SIGN

BERLIN = BuyerForm(name="Kiez GmbH", line1="Torstr. 1", line2="10119 Berlin", country="DE", tax_number="136 695 976")
OSLO = BuyerForm(
    name="Fjord AS", line1="Karl Johans gate 1", line2="0154 Oslo", country="NO", tax_number="923 609 016 MVA"
)
NOBODY = BuyerForm(name="Jane Doe", line1="1 High Street", country="GB")


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("DE", "DE136695976", ("DE136695976", "")),
        ("DE", " de 136.695.976 ", ("DE136695976", "")),
        ("FR", "FR 40 303 265 045", ("FR40303265045", "")),
        ("GR", "094259216", ("EL094259216", "")),
        ("AT", "ATU13585627", ("ATU13585627", "")),
        ("NO", "923 609 016 mva", ("", "923 609 016 MVA")),
        ("GB", "", ("", "")),
    ],
)
def test_a_number_is_kept_as_its_country_writes_it(country: str, typed: str, kept: tuple[str, str]) -> None:
    buyer = buyer_from(BuyerForm(name="X", line1="Y", country=country, tax_number=typed))
    assert (buyer.eu_vat, buyer.foreign_id) == kept
    assert buyer_from(form_of(buyer)) == buyer


@pytest.mark.parametrize(
    ("country", "typed", "nip"),
    [
        ("DE", "136695977", ""),
        ("DE", "FR40303265045", ""),
        ("PL", "DE136695976", ""),
        ("PL", "5261040828", ""),
        ("DE", "DE136695976", "5261040828"),
        ("NO", "#", ""),
        ("NO", "1" * 51, ""),
    ],
)
def test_a_number_of_elsewhere_or_of_nobody_is_refused(country: str, typed: str, nip: str) -> None:
    with pytest.raises(BadTaxNumber):
        buyer_from(BuyerForm(name="X", line1="Y", country=country, tax_number=typed, nip=nip))


def test_a_country_is_one_of_the_list() -> None:
    for wrong in ("", "XX", "Polska", "AN"):
        with pytest.raises(NoSuchCountry):
            buyer_from(BuyerForm(name="X", line1="Y", country=wrong))
    assert buyer_from(BuyerForm(name="X", line1="Y", country="de")).address.country == "DE"


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(CODES))
def test_whatever_is_typed_is_kept_or_refused_kindly(text: str, country: str) -> None:
    try:
        buyer = buyer_from(BuyerForm(name="X", line1="Y", country=country, tax_number=text))
    except Invalid:
        return
    assert faults(fa3(whole(document(buyer=buyer)))) == []


@pytest.mark.parametrize("buyer", [Buyer(name="X", address=Address(line1="Y", country="DE"), eu_vat="FR40303265045"), Buyer(name="X", address=Address(line1="Y"), foreign_id="1"), Buyer(name="X", address=Address(line1="Y", country="DE"), eu_vat="DE136695976", nip="5261040828")])  # fmt: skip
def test_a_document_names_one_number_and_of_the_country(buyer: Buyer) -> None:
    with pytest.raises(BadTaxNumber):
        whole(document(buyer=buyer))


def test_the_countries_are_those_of_the_schema_and_have_names() -> None:
    if FOLDER is None:
        pytest.skip(f"{SIGN} the official FA(3) schema: countries were not held against it")
    told = (FOLDER / "KodyKrajow_v10-0E.xsd").read_text(encoding="utf-8")
    listed = re.search(r'name="TKodKraju".*?</xsd:simpleType>', told, re.DOTALL)
    assert listed is not None
    of_schema = set(re.findall(r'enumeration value="(\w+)"', listed[0]))
    assert set(CODES) == of_schema - {"AN"}, "the Netherlands Antilles are no more"
    assert set(EU.split()) <= set(CODES)
    assert all(named(code, "pl") != code and named(code, "en") != code for code in CODES)
    assert choices("pl")[0] == ("PL", "Polska")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (BERLIN, {"KodUE": "DE", "NrVatUE": "136695976"}),
        (OSLO, {"KodKraju": "NO", "NrID": "923 609 016 MVA"}),
        (NOBODY, {"BrakID": "1"}),
    ],
)
def test_the_file_says_by_what_they_are_known(form: BuyerForm, said: dict[str, str]) -> None:
    file = fa3(whole(document(buyer=buyer_from(form))))
    party = etree.fromstring(file).find(f"{{{NAMESPACE}}}Podmiot2")
    data = party.find(f"{{{NAMESPACE}}}DaneIdentyfikacyjne")
    told = {etree.QName(one).localname: one.text for one in data}
    assert told == {**said, "Nazwa": form.name}
    assert party.find(f"{{{NAMESPACE}}}Adres/{{{NAMESPACE}}}KodKraju").text == form.country
    assert faults(file) == []


async def test_an_organisation_from_abroad_needs_no_nip_and_its_invoice_is_taxed_here(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    owner = await acting(db, cast.owner)
    async with transaction(db) as tx:
        await set_buyer(tx, actor=owner, organisation_id=cast.acme, details=BERLIN, seen=1, now=NOW)
        with pytest.raises(NipMissing):
            wrong = BuyerForm(name="Acme", line1="Leśna 4")
            await set_buyer(tx, actor=owner, organisation_id=cast.acme, details=wrong, seen=2, now=NOW)
    made = await issue(db, sale(cast))
    assert (made.buyer_nip, made.buyer_tax_number, made.vat) == ("", "DE136695976", 6677)


async def test_what_was_kept_before_there_were_countries_is_of_poland(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE invoice_buyer SET told = told - 'eu_vat' - 'foreign_id' #- '{address,country}'")
    async with statement(db) as tx:
        kept = await buyer_of(tx, account_id=None, organisation_id=cast.acme)
    assert kept is not None and kept[0].address.country == COMPANY.address.country == "PL"
