"""An open call with every kind of question, and the answers that fit it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from incubator.applications.add_question import add_question
from incubator.applications.announce_call import announce_call
from incubator.applications.attach_file import attach_file
from incubator.applications.call_views import CallView
from incubator.applications.calls import call_of
from incubator.applications.details import CallDetails, Draft, FactsSaid, Option, QuestionDetails
from incubator.applications.publish_call import publish_call
from incubator.applications.save_draft import save_draft
from incubator.applications.start_application import start_application
from incubator.applications.submit import submit
from incubator.applications.views import ApplicationView
from incubator.db.engine import Database, transaction
from incubator.people.actor import Actor
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.programmes.cast import put_edition

OPENS, CLOSES = NOW - timedelta(days=5), NOW + timedelta(days=5)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
KINDS: dict[str, dict[str, Any]] = {
    "text": {"most": 100},
    "paragraph": {"least": 10, "most": 500},
    "number": {"least": 1, "most": 50},
    "choice": {"options": [Option(pl="Produkt", en="Product"), Option(pl="Usługa", en="Service")]},
    "choices": {"options": [Option(pl="A"), Option(pl="B"), Option(pl="C")], "most": 2, "required": False},
    "file": {"media": ["pdf", "png"], "most": 1_000_000},
    "declaration": {},
    "nip": {"required": False, "reveals_identity": True},
    "date": {},
}


TERMS = """
INSERT INTO edition_terms (edition_id, version, text_pl, text_en, in_force_from, published_by)
VALUES ($1, $2, 'Regulamin', '', $3, $4)
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """An edition whose call is open, and the questions of its form by their kind."""

    edition: UUID
    questions: dict[str, UUID]

    def draft(self, title: str = "Roboty w lesie", *, home: UUID | None = None, **changed: object) -> Draft:
        """Everything answered but the file; `changed` by the kind of question."""
        answers: dict[str, Any] = {
            "text": "Roboty",
            "paragraph": "Roboty, które liczą drzewa.",
            "number": "2,5",
            "choice": "1",
            "choices": ["1", "3"],
            "declaration": True,
            "nip": "526-104-08-28",
            "date": "2026-05-31",
            **changed,
        }
        keyed = {self.questions[kind]: value for kind, value in answers.items() if kind in self.questions}
        return Draft(title=title, facts=FactsSaid(size="micro", pkd="62.01.Z", gmina_id=home), answers=keyed)


def times(**more: Any) -> CallDetails:
    return CallDetails(**{"opens_at": OPENS, "closes_at": CLOSES, **more})


def asks(kind: str, **more: Any) -> QuestionDetails:
    return QuestionDetails(kind=kind, label_pl=f"Pytanie {kind}", **{**KINDS[kind], **more})  # type: ignore[arg-type]


async def announced(db: Database, cast: Cast, *, form: tuple[str, ...] = tuple(KINDS), **call: Any) -> Opened:
    """Not published yet."""
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        edition = await put_edition(tx, gmina=cast.niepolomice)
        await put_terms(tx, edition, 1, date(2026, 1, 1), cast.coordinator)
        await announce_call(tx, actor=desk, edition_id=edition, details=times(**call), now=NOW)
        for kind in form:
            await add_question(tx, actor=desk, edition_id=edition, details=asks(kind), now=NOW)
        made = await call_of(tx, edition_id=edition)
    return Opened(edition, {one.kind: one.id for one in made.questions})


async def opened(db: Database, cast: Cast, *, form: tuple[str, ...] = tuple(KINDS), **call: Any) -> Opened:
    made = await announced(db, cast, form=form, **call)
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await publish_call(tx, actor=desk, edition_id=made.edition, now=NOW)
    return made


async def begun(db: Database, cast: Cast, call: Opened, who: Person, *, own: bool = False) -> ApplicationView:
    """A draft of the person's first organisation, or their own."""
    actor = await acting(db, who)
    organisation = None if own or not actor.organisations else next(iter(actor.organisations))
    async with transaction(db) as tx:
        return await start_application(tx, actor=actor, edition_id=call.edition, organisation_id=organisation, now=NOW)


async def filled(db: Database, cast: Cast, call: Opened, who: Person, *, own: bool = False) -> ApplicationView:
    """A draft that is ready to be handed in."""
    made, actor = await begun(db, cast, call, who, own=own), await acting(db, who)
    async with transaction(db) as tx:
        saved = await save_draft(
            tx, actor=actor, application_id=made.id, draft=call.draft(home=made.facts.gmina_id), now=NOW
        )
        if "file" in call.questions:
            await attach(tx, actor, made.id, call.questions["file"])
    return saved


async def attach(tx: Any, actor: Actor, application: UUID, question: UUID, content: bytes = PDF) -> Any:
    return await attach_file(
        tx,
        actor=actor,
        application_id=application,
        question_id=question,
        name="../Plan działań.exe",
        content=content,
        now=NOW,
    )


async def handed_in(
    db: Database, cast: Cast, call: Opened, who: Person, *, own: bool = False, at: datetime = NOW
) -> ApplicationView:
    made, actor = await filled(db, cast, call, who, own=own), await acting(db, who)
    async with transaction(db) as tx:
        return await submit(tx, actor=actor, application_id=made.id, terms_version=1, clock=lambda: at)


async def put_terms(tx: Any, edition: UUID, version: int, day: date, by: Person) -> None:
    await tx.execute(TERMS, edition, version, day, by.id)


async def form_of(db: Database, call: Opened) -> CallView:
    async with transaction(db) as tx:
        return await call_of(tx, edition_id=call.edition)


def office_file(folder: str, *more: str) -> bytes:
    """A zip file like those of an office suite."""
    written = BytesIO()
    with ZipFile(written, "w") as opened_file:
        for name in ("[Content_Types].xml", f"{folder}/document.xml", *more):
            opened_file.writestr(name, "<x/>")
    return written.getvalue()


def open_document(*more: str) -> bytes:
    """A text as LibreOffice writes it."""
    written = BytesIO()
    with ZipFile(written, "w") as opened_file:
        opened_file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name in ("content.xml", *more):
            opened_file.writestr(name, "<x/>")
    return written.getvalue()
