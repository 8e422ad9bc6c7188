"""Papers: tagged, in Polish letters, with nothing fetched from anywhere."""

import socket
from io import BytesIO

import pytest
from jinja2 import DictLoader
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


async def test_a_paper_does_not_read_files(template: str, tmp_path: object) -> None:
    assert await pdf(template, "pl", picture="file:///etc/hostname")


def test_a_download_is_named_and_not_kept() -> None:
    answer = papers.download(b"x", "karta.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="karta.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
