"""What may stand in the directory, and when. Pure."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from incubator.kernel.errors import N_, Invalid

OBJECTION = timedelta(days=14)
"""How long a sole trader out of a register has to say no before they are shown."""
STALE_AFTER = timedelta(days=365)
MONTH = timedelta(days=30)
"""Between a reminder, the second one, and the day on which an unanswered profile is hidden."""

Clean = Callable[[str, int | None], tuple[str, int] | tuple[None, None]]


class BadWebsite(Invalid):
    """An address that is not one of the web."""

    code = "bad_website"
    sentence = N_("This is not the address of a website: write it like https://example.com.")


HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
WEBSITE = re.compile(rf"https?://{HOST}(?::[0-9]{{2,5}})?(?:/[\x21-\x7e]*)?", re.I)


def web_address(text: str) -> str:
    """With its scheme, empty for nothing. Nothing but http and https: a link that runs a script is none.
    Raises BadWebsite."""
    clean = text.strip()
    if not clean:
        return ""
    if "://" not in clean:
        clean = f"https://{clean}"
    if not clean.isascii():
        clean = _in_ascii(clean)
    if not WEBSITE.fullmatch(clean) or any(mark in clean for mark in "\"'<>\\`"):
        raise BadWebsite()
    return clean


def clean_classes(classes: Iterable[str], *, edition: int, clean: Clean) -> list[str]:
    """Each once, in the order given. Raises BadPkd."""
    found = (clean(each, edition)[0] for each in classes)
    return list(dict.fromkeys(each for each in found if each))


def due(*, confirmed_at: datetime, reminders: int, reminded_at: datetime | None, now: datetime) -> str:
    """What is to be done about a profile that nobody said is right for long: "remind", "hide", or
    nothing."""
    if reminders == 0:
        return "remind" if now - confirmed_at >= STALE_AFTER else ""
    if reminded_at is None or now - reminded_at < MONTH:
        return ""
    return "remind" if reminders == 1 else "hide"


def _in_ascii(address: str) -> str:
    """A name with Polish letters as the network writes it."""
    scheme, _, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    try:
        return f"{scheme}://{host.encode('idna').decode()}{slash}{path}"
    except UnicodeError:
        raise BadWebsite() from None
