"""Papers: a template as a tagged PDF (PDF/UA), laid out by WeasyPrint, which needs Pango on the machine."""

from typing import Any

from litestar import Response

from incubator.web.i18n import translator
from incubator.web.pages import environment, show_day, show_length, show_span, show_time
from incubator.web.press import PRESS, NoPdf

__all__ = ["NoPdf", "download", "pdf"]

MEDIA_TYPE = "application/pdf"


async def pdf(template: str, locale: str, **view: Any) -> bytes:
    """`template` filled with `view` in this language, as a PDF. Nothing is loaded from anywhere.
    Raises NoPdf."""
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
    return await PRESS.lay_out(told)


def download(content: bytes, name: str, *, media_type: str = MEDIA_TYPE) -> Response[bytes]:
    """A file for the browser to save as `name`, kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
