"""The structured invoice, held against the official schema and against files that were read by eye."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from incubator.invoices.document import Document, InvoiceKind, Payment, PaymentForm
from incubator.invoices.ksef import NAMESPACE, fa3
from incubator.invoices.sums import sums_of, total_of
from incubator.invoices.whole import whole
from tests.invoices.documents import (
    ABROAD,
    COMPANY,
    LINES,
    PERSON,
    SCHOOL,
    corrected,
    document,
    documents,
    line,
    renamed,
)
from tests.invoices.schema import faults

EXAMPLES = Path(__file__).with_name("examples")
KSEF_NUMBER = "6830000001-20260907-0100A0B1C2D3-5F"
DUE = Payment(form=PaymentForm.TRANSFER, due_on=date(2026, 9, 21), account="PL61109010140000071219812874")
BY_PHONE, BY_CARD = (
    Payment(form=PaymentForm.MOBILE, paid_on=date(2026, 9, 7)),
    Payment(form=PaymentForm.CARD, paid_on=date(2026, 9, 7)),
)
MADE: dict[str, bytes] = {
    "invoice_for_a_company": fa3(whole(document())),
    "invoice_due_for_a_school": fa3(whole(document(buyer=SCHOOL, payment=DUE, lines=LINES[:2]))),
    "invoice_for_a_person": fa3(whole(document(buyer=PERSON, payment=BY_PHONE, supplied_on=date(2026, 9, 7)))),
    "advance": fa3(whole(document(kind=InvoiceKind.ADVANCE, payment=BY_CARD, lines=LINES[:3]))),
    "correction_in_part": fa3(whole(corrected(document(), refund=21855)), corrected_ksef_number=KSEF_NUMBER),
    "invoice_for_a_company_abroad": fa3(whole(document(buyer=ABROAD, lines=LINES[:1]))),
    "correction_of_the_buyer": fa3(whole(renamed(document())), corrected_ksef_number=KSEF_NUMBER),
    "correction_of_the_buyer_of_an_advance": fa3(
        whole(renamed(document(kind=InvoiceKind.ADVANCE, lines=LINES[:1], buyer=PERSON)))
    ),
    "correction_of_an_advance": fa3(
        whole(corrected(document(kind=InvoiceKind.ADVANCE, lines=LINES[:1]), refund=14760))
    ),
}


@pytest.mark.parametrize("name", list(MADE))
def test_the_file_is_the_one_that_was_read_by_eye(name: str) -> None:
    assert MADE[name].decode() == (EXAMPLES / f"{name}.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(MADE))
def test_the_examples_pass_the_official_schema(name: str) -> None:
    assert faults(MADE[name]) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_document_that_the_model_accepts_passes_the_official_schema(made: Document) -> None:
    accepted = whole(made)
    assert faults(fa3(accepted)) == []
    assert faults(fa3(accepted, corrected_ksef_number=KSEF_NUMBER)) == []


def test_the_schema_finds_what_is_wrong() -> None:
    """Or the tests above would prove nothing."""
    assert faults(MADE["advance"].replace(b"<KodWaluty>PLN", b"<KodWaluty>ZLP"))
    assert faults(MADE["advance"].replace(b"<JST>2</JST>", b""))


@given(documents())
def test_the_file_says_the_sums_of_the_document(made: Document) -> None:
    accepted = whole(made)
    root = etree.fromstring(fa3(accepted))
    told = {etree.QName(one).localname: one.text for one in root.find(f"{{{NAMESPACE}}}Fa")}
    assert _grosz(told["P_15"]) == total_of(accepted).gross
    nets = [_grosz(text) for tag, text in told.items() if tag.startswith("P_13")]
    taxes = [_grosz(text) for tag, text in told.items() if tag.startswith("P_14")]
    assert sum(nets) == sum(one.amount.net for one in sums_of(accepted))
    assert sum(nets) + sum(taxes) == total_of(accepted).gross


def test_the_issuing_unit_has_role_seven_and_a_school_role_eight() -> None:
    """TRolaPodmiotu3: 7 is the unit of a local government that issues, 8 the one that receives."""
    assert _all(MADE["invoice_due_for_a_school"], "Rola") == ["7", "8"]
    assert _all(MADE["invoice_due_for_a_school"], "JST") == ["1"]
    assert _all(MADE["invoice_for_a_company"], "Rola") == ["7"]


def test_forms_of_payment_are_two_six_and_seven() -> None:
    names = ("advance", "invoice_for_a_company", "invoice_for_a_person")
    assert [_all(MADE[name], "FormaPlatnosci") for name in names] == [["2"], ["6"], ["7"]]


def test_texts_that_look_like_markup_stay_texts() -> None:
    file = fa3(whole(document(lines=(line('</P_7><P_15>0</P_15> & "x"', 100),), buyer=COMPANY)))
    assert _all(file, "P_7") == ['</P_7><P_15>0</P_15> & "x"']


def _all(file: bytes, tag: str) -> list[str | None]:
    return [one.text for one in etree.fromstring(file).iter(f"{{{NAMESPACE}}}{tag}")]


def _grosz(text: str | None) -> int:
    assert text is not None
    return round(float(text) * 100) if len(text) < 14 else int(text.replace(".", ""))
