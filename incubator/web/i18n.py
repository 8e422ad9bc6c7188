"""Polish and English. English texts are the msgids; each feature keeps its `locale/pl.po`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import negotiate_locale
from babel.messages.catalog import Catalog
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
    # In one catalogue: asked of a row of them in turn, texts were most of the time of a page or a feed.
    whole = Catalog(locale)
    for path in sorted(ROOT.glob(f"*/locale/{locale}.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=locale):
                whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    texts = GNUTranslations(compiled) if len(whole) else NullTranslations()
    return Translator(locale, texts.gettext, texts.ngettext)


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
