"""Files of applications: what they are is read from their first bytes, whatever their name says."""

import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

from incubator.applications.queries import AT_DESK, MINE, narrowing
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid, NotFound
from incubator.people.actor import Actor

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
MACROS = re.compile(r"vbaproject|/macrosheets/|/activex/|^(basic|scripts)/", re.IGNORECASE)
"""Parts that hold macros, of Microsoft's suite and of LibreOffice's."""
MOST_PARTS = 5_000


class NoSuchFile(NotFound):
    """No file with this identifier of an application that the asker may read."""

    code = "no_such_file"
    sentence = N_("There is no such file.")


class FileNotAllowed(Invalid):
    """Its content is of none of the types that the question takes, or it carries macros."""

    code = "file_not_allowed"
    sentence = N_("The content of this file is not of a type that is asked for here ({media}). Files with macros are not taken.")  # fmt: skip

    def __init__(self, media: Iterable[str]) -> None:
        super().__init__()
        self.media = ", ".join(media)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file that answers a question; `handed_in` when a submission tells of it, which it then belongs to."""

    id: UUID
    question_id: UUID
    name: str
    media_type: str
    size: int
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes and what they are."""

    name: str
    media_type: str
    content: bytes


FILES = """
SELECT id, question_id, name, media_type, size, uploaded_at FROM application_file
WHERE application_id = $1 ORDER BY uploaded_at, id
"""
# Of a supplementation the desk reads what was handed in.
HANDED_IN = """EXISTS (
    SELECT FROM submission, jsonb_each_text(submission.answers) AS given
    WHERE submission.application_id = application_file.application_id AND given.value = application_file.id::text
)"""
FILES_AT_DESK = f"""
SELECT id, question_id, name, media_type, size, uploaded_at FROM application_file
WHERE application_id = $1 AND {HANDED_IN} ORDER BY uploaded_at, id
"""
CONTENT = f"""
SELECT application_file.name, application_file.media_type, application_file.content
FROM application_file JOIN application ON application.id = application_file.application_id
JOIN edition ON edition.id = application.edition_id
JOIN programme ON programme.id = edition.programme_id
WHERE application_file.id = $6 AND application.id = $7 AND ({MINE} OR {AT_DESK} AND {HANDED_IN})
"""


async def files_of(tx: Tx, *, application_id: UUID, desk: bool = False) -> dict[str, FileView]:
    """Every file of an application by its identifier, which is the answer to its question; those too that
    another has replaced after they were handed in. At the `desk` none that was not handed in. Who may read
    the application is the caller's to ask."""
    rows = await tx.fetch(FILES_AT_DESK if desk else FILES, application_id)
    return {str(row["id"]): FileView(**row) for row in rows}


async def content_for(tx: Tx, *, actor: Actor, application_id: UUID, file_id: UUID) -> Content:
    """For those who may read the application. Raises NoSuchFile."""
    row = await tx.fetchrow(CONTENT, *narrowing(actor), file_id, application_id)
    if row is None:
        raise NoSuchFile()
    return Content(row["name"], row["media_type"], row["content"])


async def content_of(tx: Tx, *, application_id: UUID, file_id: UUID) -> Content:
    """Whoever asks: for features that narrow in their own way (scorers). Raises NoSuchFile."""
    row = await tx.fetchrow(
        "SELECT name, media_type, content FROM application_file WHERE id = $1 AND application_id = $2",
        file_id,
        application_id,
    )
    if row is None:
        raise NoSuchFile()
    return Content(row["name"], row["media_type"], row["content"])


def media_of(content: bytes) -> str | None:
    """What the bytes are, of MEDIA_TYPES; None for anything else, and for what carries macros."""
    for media, beginning in BEGINNINGS.items():
        if content.startswith(beginning):
            return media
    return _packed(content) if content.startswith(b"PK\x03\x04") else None


def _packed(content: bytes) -> str | None:
    """Of a zip file: whether it is a document of an office suite."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as opened:
            names = opened.namelist()
            if len(names) > MOST_PARTS or any(MACROS.search(name) for name in names):
                return None
            if "mimetype" in names:
                with opened.open("mimetype") as told:
                    kind = told.read(200).decode("ascii", "replace").strip()
                return next((media for media in ("odt", "ods") if MEDIA_TYPES[media] == kind), None)
    # A broken file is met in many ways: BadZipFile, NotImplementedError, RuntimeError (locked), OSError …
    except Exception:
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((media for media, folder in FOLDERS.items() if any(name.startswith(folder) for name in names)), None)


def plain_name(name: str, media: str) -> str:
    """A name to save it under: without folders, signs that mean something to a system and what cannot be seen (which
    turns letters around, or hides), at most 120 characters, ending as its content says."""
    last = re.split(r"[/\\]", name)[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", last)
    seen = "".join(letter for letter in stem if unicodedata.category(letter)[0] != "C")
    clean = re.sub(r"[\"'<>:|?*;%\u2028\u2029]", "", seen)
    clean = " ".join(clean.split()).strip(". ")[:110] or "plik"
    return f"{clean}.{media}"
