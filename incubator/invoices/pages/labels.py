"""What the fields of these pages are called, where a sentence has to name one."""

from dataclasses import dataclass
from decimal import Decimal

from incubator.invoices.countries import named
from incubator.invoices.document import UNITS_PL
from incubator.invoices.figures import many
from incubator.kernel.bank_number import spaced
from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "from_day": N_("From the day"),
    "name": N_("Name"),
    "nip": "NIP",
    "country": N_("Country"),
    "tax_number": N_("Tax number abroad"),
    "line1": N_("Street and number"),
    "line2": N_("Postcode and town"),
    "internal_id": N_("Internal identifier (ID-Wew)"),
    "recipient_name": N_("Name of the unit or member"),
    "recipient_nip": N_("Its NIP"),
    "recipient_internal_id": N_("Its internal identifier (ID-Wew)"),
    "recipient_line1": N_("Its street and number"),
    "recipient_line2": N_("Its postcode and town"),
    "is_jst": N_("It is for a unit of a local government"),
    "is_vat_group": N_("It is for a member of a VAT group"),
    "ksef_number": N_("KSeF number"),
    "refund": N_("Given back, in zł with the tax"),
    "reason": N_("Reason"),
    "incubator_id": N_("Incubator"),
    "version": N_("Version"),
}


def labels_in(texts: Translator) -> dict[str, str]:
    return {name: texts.gettext(label) for name, label in LABELS.items()}


@dataclass(frozen=True, slots=True)
class Written:
    """How templates write quantities, accounts and units."""

    locale: str

    def quantity(self, value: Decimal) -> str:
        return many(value, self.locale)

    def account(self, number: str) -> str:
        return spaced(number)

    def country(self, code: str) -> str:
        return named(code, self.locale)

    def unit(self, name: str) -> str:
        return UNITS_PL.get(name, name)
