"""The code of the Ministry on the paper of an invoice (code I): a link by which anybody sees whether KSeF holds it.

The link names the seller, the day of issue and the SHA-256 of the structured file, so it is true of the very bytes that
were sent and of no others. Under the code stands the number that KSeF gave it, or OFFLINE until there is one. An invoice
issued offline carries a second code (code II), signed with a certificate of the gmina's; the gmina's own sender holds
that and this service does not, so papers have code I alone."""

from base64 import urlsafe_b64encode
from datetime import date

import segno

PRODUCTION = "https://qr.ksef.mf.gov.pl"
OFFLINE = "OFFLINE"

_at = [PRODUCTION]


def verify_at(address: str) -> None:
    """Say once, when the process starts, where codes lead: the system of KSeF that the gminas send to."""
    _at[0] = address.rstrip("/")


def verification_link(*, nip: str, issued_on: date, sha256: bytes) -> str:
    proof = urlsafe_b64encode(sha256).decode().rstrip("=")
    return f"{_at[0]}/invoice/{nip}/{issued_on:%d-%m-%Y}/{proof}"


def code_of(link: str) -> str:
    """As a picture for a paper (ISO/IEC 18004), an address of data."""
    image: str = segno.make(link, error="m", micro=False).svg_data_uri(scale=3, border=4)
    return image
