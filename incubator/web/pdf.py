"""Papers: a template as a tagged PDF (PDF/UA), laid out by WeasyPrint, which needs Pango on the machine."""

from typing import Any

from litestar import Response

from incubator.web.pages import environment, in_words
from incubator.web.press import PRESS, NoPdf

__all__ = ["NoPdf", "download", "pdf"]

MEDIA_TYPE = "application/pdf"


async def pdf(template: str, locale: str, **view: Any) -> bytes:
    """`template` filled with `view` in this language, as a PDF. Nothing is loaded from anywhere.
    Raises NoPdf."""
    told = environment().get_template(template).render(**in_words(locale), **view)
    return await PRESS.lay_out(told)


def download(content: bytes, name: str, *, media_type: str = MEDIA_TYPE) -> Response[bytes]:
    """A file for the browser to save as `name`, kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
