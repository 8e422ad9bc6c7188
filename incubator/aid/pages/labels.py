"""What the fields of forms about aid are called."""

from collections.abc import Mapping

from incubator.kernel.errors import N_
from incubator.web.i18n import Translator

LABELS = {
    "granted_on": N_("Day of the grant"),
    "provider": N_("Who granted it"),
    "amount": N_("Amount in EUR"),
    "sure": N_("This is all, for us and the companies linked to us"),
    "address": N_("Seat of the company, as its register says"),
    "size": N_("Size of the company"),
    "what": N_("What is given"),
    "since": N_("Counts from"),
    "price": N_("Net price of an hour at the market, in zł"),
    "source": N_("How the price was found, in Polish"),
    "nip": N_("NIP of the other company"),
    "because": N_("By what they are linked, or why not any more"),
    "gmina_id": N_("Gmina"),
    "first_day": N_("From"),
    "last_day": N_("To"),
    "valid_from": N_("Counts from"),
    "valid_until": N_("Counts until"),
    "ceiling": N_("Ceiling in EUR"),
    "years": N_("Years that count"),
    "declared_days": N_("A declaration is good for so many days"),
    "basis": N_("Regulation"),
    "day": N_("Day of the table"),
    "rate": N_("Złoty for one euro, such as 4,2512"),
    "table_number": N_("Number of the table"),
}


def labels_in(texts: Translator) -> Mapping[str, str]:
    return {name: texts.gettext(label) for name, label in LABELS.items()}
