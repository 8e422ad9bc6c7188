"""Papers: a template as a tagged PDF (PDF/UA), laid out by WeasyPrint, which needs Pango on the machine."""

from typing import Any, Protocol

import segno
from litestar import Response

from incubator.web.letters import link
from incubator.web.pages import environment, in_words
from incubator.web.press import PRESS, NoPdf

__all__ = ["NoPdf", "certificate_paper", "download", "pdf"]

MEDIA_TYPE = "application/pdf"


class Certificate(Protocol):
    """`code` says which it is to whoever was shown it."""

    @property
    def code(self) -> str: ...


async def certificate_paper(
    template: str, locale: str, certificate: Certificate, *, checked_at: str
) -> Response[bytes]:
    """`template`, which extends web/certificate_paper.html, as a file to save. `checked_at` is the path of the page that
    says whether it is valid. Raises NoPdf."""
    address = link(checked_at)
    image = segno.make(address, error="m").svg_data_uri(scale=3, border=2)
    content = await pdf(template, locale, certificate=certificate, address=address, image=image)
    return download(content, f"certificate-{certificate.code}.pdf")


async def pdf(template: str, locale: str, **view: Any) -> bytes:
    """`template` filled with `view` in this language, as a PDF. Nothing is loaded from anywhere.
    Raises NoPdf."""
    told = environment().get_template(template).render(**in_words(locale), **view)
    return await PRESS.lay_out(told)


def download(content: bytes, name: str, *, media_type: str = MEDIA_TYPE) -> Response[bytes]:
    """A file for the browser to save as `name`, kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
