"""Papers: a template as a tagged PDF (PDF/UA), laid out by WeasyPrint, which needs Pango on the machine."""

import asyncio
from typing import Any

from litestar import Response

from incubator.kernel.errors import N_, Unavailable
from incubator.web.i18n import translator
from incubator.web.pages import environment, show_day, show_length, show_span, show_time

MEDIA_TYPE = "application/pdf"


class NoPdf(Unavailable):
    """The server lacks the library that lays papers out: an operator has to install Pango."""

    code = "no_pdf"
    sentence = N_("PDF files cannot be made on this server at the moment. The page itself can be printed.")


async def pdf(template: str, locale: str, **view: Any) -> bytes:
    """`template` filled with `view` in this language, as a PDF. Laid out in a thread, for it takes
    tenths of a second. Nothing is loaded from anywhere. Raises NoPdf."""
    texts = translator(locale)
    told = (
        environment()
        .get_template(template)
        .render(
            _=texts.gettext,
            ngettext=texts.ngettext,
            locale=locale,
            day=lambda value, form="full": show_day(value, locale, form),
            time=show_time,
            length=lambda minutes: show_length(minutes, locale),
            span=lambda value: show_span(value, locale),
            in_locale=lambda thing, name: getattr(thing, f"{name}_{locale}", "") or getattr(thing, f"{name}_pl"),
            **view,
        )
    )
    return await asyncio.to_thread(_laid_out, told)


def download(content: bytes, name: str, *, media_type: str = MEDIA_TYPE) -> Response[bytes]:
    """A file for the browser to save as `name`, kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


def _laid_out(told: str) -> bytes:
    try:
        # Loading takes half a second, and fails where Pango is missing.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError:
        raise NoPdf() from None
    html = HTML(string=told, base_url=None, url_fetcher=URLFetcher(allowed_protocols=["data"]))
    written: bytes = html.write_pdf(pdf_variant="pdf/ua-1")
    return written
