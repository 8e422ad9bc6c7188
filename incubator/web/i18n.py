"""Polish and English. English texts are the msgids; each feature keeps its `locale/pl.po`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from litestar import Request
from litestar.connection import ASGIConnection

LOCALES = ("pl", "en")
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Translator:
    """Texts in one language."""

    locale: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


@cache
def translator(locale: str) -> Translator:
    """The texts of every feature in `locale`; an unknown msgid stays as it is."""
    found: NullTranslations = NullTranslations()
    for path in sorted(ROOT.glob(f"*/locale/{locale}.po")):
        compiled = BytesIO()
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=locale))
        compiled.seek(0)
        texts = GNUTranslations(compiled)
        texts.add_fallback(found)
        found = texts
    return Translator(locale, found.gettext, found.ngettext)


def locale_of(connection: ASGIConnection[Any, Any, Any, Any], *, otherwise: str = "pl") -> str:
    """`?lang=`, else the `lang` cookie, else the account's choice, else what the browser asks for. A
    program asks for itself: over the API its Accept-Language comes before the account's choice."""
    own, asked = getattr(connection.scope.get("user"), "locale", None), _asked_for(connection)
    wishes = (asked, own) if connection.scope["path"].startswith("/api/") else (own, asked)
    for choice in (connection.query_params.get("lang"), connection.cookies.get("lang"), *wishes):
        if choice in LOCALES:
            return str(choice)
    return otherwise


def _asked_for(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    header = connection.headers.get("accept-language", "")
    wanted = [part.split(";")[0].strip().replace("-", "_") for part in header.split(",")[:10]]
    return negotiate_locale([part for part in wanted if part.isascii()], LOCALES)


def texts_of(request: Request[Any, Any, Any]) -> Translator:
    return translator(locale_of(request))
