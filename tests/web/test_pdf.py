"""Papers: tagged, in Polish letters, with nothing fetched from anywhere."""

import socket
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from jinja2 import DictLoader
from PIL import Image
from pypdf import PdfReader

from incubator.web import pdf as papers
from incubator.web.pages import environment
from incubator.web.pdf import pdf

PAPER = """{% extends "web/paper.html" %}{% block title %}Karta{% endblock %}
{% block paper %}<h1>Zażółć gęślą jaźń</h1><img src="{{ picture }}" alt="x">{% endblock %}"""


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> str:
    loader = environment().loader
    assert loader is not None
    monkeypatch.setattr(loader, "mapping", {**loader.mapping, "test": DictLoader({"paper.html": PAPER})})  # type: ignore[attr-defined]
    return "test/paper.html"


async def test_a_paper_is_a_tagged_pdf_in_its_language(template: str) -> None:
    content = await pdf(template, "pl", picture="")
    paper = PdfReader(BytesIO(content))
    root = paper.root_object
    assert root["/Lang"] == "pl" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root  # type: ignore[index]
    assert "Zażółć gęślą jaźń" in paper.pages[0].extract_text()


async def test_a_paper_loads_nothing(template: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        await pdf(template, "pl", picture=f"http://127.0.0.1:{server.getsockname()[1]}/x.png")
        with pytest.raises(TimeoutError):
            server.accept()


async def test_a_paper_does_not_read_files(template: str, tmp_path: Path) -> None:
    """A picture within the address is shown, so one in a file would be."""
    seen, image = BytesIO(), tmp_path / "x.png"
    Image.new("RGB", (9, 9), "red").save(seen, "PNG")
    image.write_bytes(seen.getvalue())
    within = f"data:image/png;base64,{b64encode(seen.getvalue()).decode()}"
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{image.as_uri()}" width="9" height="9"/></svg>'
    nested = f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
    asked = (within, image.as_uri(), str(image), f"FILE://{image}", f"ftp://localhost{image}", nested)
    papers = [PdfReader(BytesIO(await pdf(template, "pl", picture=one))) for one in asked]
    assert [pictures_in(paper) for paper in papers] == [1, 0, 0, 0, 0, 0]


def pictures_in(paper: PdfReader) -> int:
    return sum(len(page.images) for page in paper.pages)


async def test_what_people_write_is_text_on_paper(template: str) -> None:
    content = await pdf(template, "pl", picture='"><h1>wpisane</h1><link rel="attachment" href="file:///etc/hostname">')
    paper = PdfReader(BytesIO(content))
    assert "wpisane" not in paper.pages[0].extract_text()
    assert not paper.attachments


def test_a_download_is_named_and_not_kept() -> None:
    answer = papers.download(b"x", "karta.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="karta.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
