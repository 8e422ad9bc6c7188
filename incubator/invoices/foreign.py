"""Numbers by which buyers from abroad are known for taxes."""

import re

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from incubator.invoices.countries import CODES, UNION
from incubator.invoices.document import POLAND, Buyer
from incubator.kernel.errors import N_, Invalid

# What the structured file takes after the prefix (TNrVatUE), and for other numbers (TNrIdentyfikacjiPodatkowej).
EU_VAT = re.compile(r"[0-9A-Z+*]{1,12}")
OTHER = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./-]{0,49}")


class NoSuchCountry(Invalid):
    code = "no_such_country"
    sentence = N_("Choose the country of the buyer's address from the list.")


class BadTaxNumber(Invalid):
    """Not a number of that country, or one beside a NIP."""

    code = "bad_tax_number"
    sentence = N_(
        "Give one tax number: a Polish NIP, or that of the country of the address; in the European Union the number for VAT with the letters before it, such as DE136695976."
    )


def country(text: str) -> str:
    """Raises NoSuchCountry."""
    code = text.strip().upper()
    if code not in CODES:
        raise NoSuchCountry()
    return code


def tax_number(text: str, *, at: str) -> tuple[str, str]:
    """The number for VAT in the EU, or the other one, of who is at home in that country. Raises BadTaxNumber."""
    clean = " ".join(text.upper().split())
    if not clean:
        return "", ""
    if at == POLAND:
        raise BadTaxNumber()
    if at in UNION:
        return _of_union(re.sub(r"[ .-]", "", clean), UNION[at]), ""
    if not OTHER.fullmatch(clean):
        raise BadTaxNumber()
    return "", clean


def _of_union(number: str, prefix: str) -> str:
    whole = number if number.startswith(prefix) else prefix + number
    if not whole.isascii():
        raise BadTaxNumber()
    try:
        found: str = vat.validate(whole)
    except ValidationError:
        raise BadTaxNumber() from None
    if not (found.startswith(prefix) and EU_VAT.fullmatch(found[2:])):
        raise BadTaxNumber()
    return found


def must_fit(buyer: Buyer) -> None:
    """What a document may name: one number at most, and of the country. Raises NoSuchCountry, BadTaxNumber."""
    at = country(buyer.address.country)
    if [buyer.nip, buyer.eu_vat, buyer.foreign_id].count("") < 2:
        raise BadTaxNumber()
    if buyer.eu_vat and not (buyer.eu_vat[:2] == UNION.get(at) and EU_VAT.fullmatch(buyer.eu_vat[2:])):
        raise BadTaxNumber()
    if buyer.foreign_id and (at == POLAND or not OTHER.fullmatch(buyer.foreign_id)):
        raise BadTaxNumber()
