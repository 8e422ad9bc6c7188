"""Files of applications: judged by their content, counted together, read by those who may."""

from uuid import uuid4

import pytest

from incubator.applications import attach_file as attaching
from incubator.applications.attach_file import (
    FileIsEmpty,
    FilesTooLarge,
    FileTooLarge,
)
from incubator.applications.files import FileNotAllowed, NoSuchFile, content_for, files_of, media_of, plain_name
from incubator.applications.form_rows import NoSuchQuestion
from incubator.applications.queries import application_by_id
from incubator.applications.remove_file import remove_file
from incubator.db.engine import Database, statement, transaction
from tests.applications.cast import PDF, PNG, attach, begun, filled, handed_in, office_file, open_document, opened
from tests.cast import Cast, acting
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (PDF, "pdf"),
        (PNG, "png"),
        (b"\xff\xd8\xff\xe0" + b"x" * 9, "jpg"),
        (office_file("word"), "docx"),
        (office_file("xl"), "xlsx"),
        (office_file("ppt"), "pptx"),
        (office_file("word", "word/vbaProject.bin"), None),
        (office_file("xl", "xl/macrosheets/sheet1.xml"), None),
        (office_file("word", "word/activeX/activeX1.bin"), None),
        (open_document(), "odt"),
        (open_document("Basic/Standard/Module1.xml"), None),
        (open_document("Scripts/python/hello.py"), None),
        (office_file("inny"), None),
        (b"PK\x03\x04 not a zip", None),
        (b"MZ\x90\x00", None),
        (b"<html><script>alert(1)</script>", None),
        (b" %PDF-1.7", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, media: str | None) -> None:
    assert media_of(content) == media


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("plan.PDF", "plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\tmp\\Plan działań.docx", "Plan działań.pdf"),
        ("a\r\nSet-Cookie: x=y.pdf", "aSet-Cookie x=y.pdf"),
        ('"; filename=evil.exe', "filename=evil.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("\u200f\u200egpj\u061c.\u200b\ufeff\x85", "gpj.pdf"),
        ("\u200b", "plik.pdf"),
        ("", "plik.pdf"),
        ("...", "plik.pdf"),
        ("x" * 500, f"{'x' * 110}.pdf"),
    ],
)
def test_a_name_is_made_plain(name: str, plain: str) -> None:
    assert plain_name(name, "pdf") == plain


async def test_a_file_answers_its_question_until_another_takes_its_place(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft, member = await begun(db, cast, call, cast.member), await acting(db, cast.member)
    key = call.questions["file"]
    async with transaction(db) as tx:
        first = await attach(tx, member, draft.id, key)
        assert first.name == "Plan działań.pdf"
        second = await attach(tx, member, draft.id, key, PNG)
        saved = await application_by_id(tx, application_id=draft.id)
        assert saved.answers == {str(key): str(second.id)} and saved.version == draft.version + 2
        assert list(await files_of(tx, application_id=draft.id)) == [str(second.id)]
        await remove_file(tx, actor=member, application_id=draft.id, file_id=second.id, now=NOW)
        assert await files_of(tx, application_id=draft.id) == {}
        with pytest.raises(NoSuchFile):
            await remove_file(tx, actor=member, application_id=draft.id, file_id=second.id, now=NOW)


async def test_files_that_do_not_fit_are_refused(db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    call = await opened(db, cast)
    draft, member = await begun(db, cast, call, cast.member), await acting(db, cast.member)
    key = call.questions["file"]
    async with transaction(db) as tx:
        for content, refusal in (
            (b"", FileIsEmpty),
            (b"MZ", FileNotAllowed),
            (office_file("word"), FileNotAllowed),
            (PDF + b"x" * 1_000_000, FileTooLarge),
        ):
            with pytest.raises(refusal):
                await attach(tx, member, draft.id, key, content)
        for other in (call.questions["text"], uuid4()):
            with pytest.raises(NoSuchQuestion):
                await attach(tx, member, draft.id, other)
    monkeypatch.setattr(attaching, "MOST_TOGETHER", len(PDF) - 1)
    async with transaction(db) as tx:
        with pytest.raises(FilesTooLarge):
            await attach(tx, member, draft.id, key)


async def test_a_file_is_read_by_those_who_may_read_the_application(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, draft = await handed_in(db, cast, call, cast.member), await filled(db, cast, call, cast.stranger)
    readers = {
        made.id: {"owner", "member", "colleague", "coordinator", "administrator"},
        draft.id: {"stranger"},
    }
    for application, may in readers.items():
        async with statement(db) as tx:
            file = next(iter((await files_of(tx, application_id=application)).values()))
            seen = set()
            for name in ("owner", "member", "colleague", "resident", "stranger", "coordinator", "other_coordinator", "office", "administrator"):  # fmt: skip
                actor = await acting(db, getattr(cast, name))
                try:
                    got = await content_for(tx, actor=actor, application_id=application, file_id=file.id)
                except NoSuchFile:
                    continue
                assert got.content == PDF
                seen.add(name)
            assert seen == may
            with pytest.raises(NoSuchFile):
                await content_for(tx, actor=await acting(db, cast.member), application_id=uuid4(), file_id=file.id)
