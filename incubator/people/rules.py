"""What an e-mail address, an identifier, a password may be. Pure: text in, the clean text out, or a
refusal."""

import re

from stdnum.exceptions import ValidationError
from stdnum.pl import nip as nip_number
from stdnum.pl import regon as regon_number

from incubator.kernel.errors import N_, Invalid

# The HTML standard's shape of <input type="email">, in lower case, with a dot in the domain. ASCII
# alone: nothing in it can break a mail's header, and the database lowers it as Python does.
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
EMAIL = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{LABEL}(?:\.{LABEL})+")

# Divisions (the first two digits) of the Polish classification of activities: PKD 2007 by the
# regulation of 24 December 2007, PKD 2025 by that of 18 December 2024 (trade in cars, 45, is gone).
DIVISIONS_2007 = frozenset(
    n
    for first, last in (
        (1, 3), (5, 9), (10, 33), (35, 39), (41, 43), (45, 47), (49, 53), (55, 56), (58, 66), (68, 75), (77, 82),
        (84, 88), (90, 99),
    )
    for n in range(first, last + 1)
)  # fmt: skip
DIVISIONS = {2007: DIVISIONS_2007, 2025: DIVISIONS_2007 - {45}}

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


class BadEmail(Invalid):
    code = "bad_email"
    sentence = N_("This is not an e-mail address that we can write to.")


class NameMissing(Invalid):
    code = "name_missing"
    sentence = N_("Please give a name of at most 200 characters.")


class BadNip(Invalid):
    code = "bad_nip"
    sentence = N_("This NIP is not valid: it has ten digits, and the last one is a check digit.")


class BadRegon(Invalid):
    code = "bad_regon"
    sentence = N_("This REGON is not valid: it has nine or fourteen digits, and the last one is a check digit.")


class BadKrs(Invalid):
    code = "bad_krs"
    sentence = N_("This KRS number is not valid: it has ten digits.")


class BadPkd(Invalid):
    code = "bad_pkd"
    sentence = N_("This is not a PKD class: write it like 62.01.Z, and choose PKD 2007 or PKD 2025.")


class WeakPassword(Invalid):
    code = "weak_password"
    sentence = N_("Please choose a password of 12 to 200 characters that is not your e-mail and not one character repeated.")  # fmt: skip


def email_address(text: str) -> str:
    """In lower case, without blanks around it. Raises BadEmail."""
    clean = text.strip().lower()
    if len(clean) > 254 or not EMAIL.fullmatch(clean):
        raise BadEmail()
    return clean


def name(text: str) -> str:
    """One line of 1 to 200 characters, blanks folded. Raises NameMissing."""
    clean = " ".join(text.split())
    if not 1 <= len(clean) <= 200 or "\x00" in clean:
        raise NameMissing()
    return clean


def nip(text: str) -> str | None:
    """Ten digits with a right check digit, None for nothing. Raises BadNip.

    One digit repeated passes the checksum for 0 and 1 and belongs to nobody.
    """
    if not text.strip():
        return None
    try:
        clean = str(nip_number.validate(text))
    except ValidationError:
        raise BadNip() from None
    if not clean.isascii() or len(set(clean)) == 1:
        raise BadNip()
    return clean


def regon(text: str) -> str | None:
    """Nine or fourteen digits with right check digits, None for nothing. Raises BadRegon."""
    if not text.strip():
        return None
    try:
        clean = str(regon_number.validate(text))
    except ValidationError:
        raise BadRegon() from None
    if not clean.isascii() or len(set(clean)) == 1:
        raise BadRegon()
    return clean


def krs(text: str) -> str | None:
    """Ten digits, leading noughts filled in, None for nothing. Raises BadKrs.

    The court register numbers entries one after the other: there is no check digit to check.
    """
    clean = re.sub(r"[\s-]", "", text)
    if not clean:
        return None
    if not re.fullmatch(r"[0-9]{1,10}", clean) or int(clean) == 0 or len(set(clean.zfill(10))) == 1:
        raise BadKrs()
    return clean.zfill(10)


def pkd(text: str, edition: int | None) -> tuple[str, int] | tuple[None, None]:
    """A class (`62.01.Z`) of an edition (2007 or 2025), or neither. Raises BadPkd.

    Shape and division are checked; the list of classes of each edition is the statistical
    office's, and both editions run side by side until the end of 2026.
    """
    clean = re.sub(r"\s", "", text).upper()
    if not clean:
        return None, None
    parts = re.fullmatch(r"([0-9]{2})\.?([0-9]{2})\.?([A-Z])", clean)
    if parts is None or edition is None or int(parts[1]) not in DIVISIONS.get(edition, ()):
        raise BadPkd()
    return f"{parts[1]}.{parts[2]}.{parts[3]}", edition


def password(text: str, *, email: str) -> str:
    """As typed: no blanks cut, no characters asked for. Raises WeakPassword."""
    fits = SHORTEST_PASSWORD <= len(text) <= LONGEST_PASSWORD
    if not fits or "\x00" in text or len(set(text)) == 1 or text.lower() == email:
        raise WeakPassword()
    return text


def next_path(text: str | None) -> str:
    """Where to go after signing in: a path of this house, else the first page. An address elsewhere
    would make our sign-in a door to somebody's copy of it."""
    if not text or not re.fullmatch(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,1000}", text):
        return "/"
    return text
