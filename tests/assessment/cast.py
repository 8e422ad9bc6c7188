"""An edition that is being judged, put down by rows: applications that passed the formal check, a rubric,
scorers with what they declared and gave."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Database, Tx, transaction
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from tests.cast import Cast, Person, acting, person
from tests.moments import NOW
from tests.programmes.cast import put_application, put_call, put_edition, put_organisation

ASSESSMENT = """
INSERT INTO assessment (edition_id, scorers_needed, threshold_percent, supplement_days, answer_days, tie_rule, version)
VALUES ($1, $2, $3, 7, 7, $4, 1)
"""
CRITERION = """
INSERT INTO criterion (id, edition_id, position, name_pl, name_en, help_pl, help_en, most, weight, least)
VALUES ($1, $2, $3, $4, $4, '', '', 10, $5, $6)
"""
ITEM = "INSERT INTO formal_item (id, edition_id, position, name_pl, name_en) VALUES ($1, $2, $3, 'Podpis', 'Signature')"
SCORER = """
INSERT INTO scorer (edition_id, account_id, appointed_by) VALUES ($1, $2, $3)
ON CONFLICT (edition_id, account_id) DO UPDATE SET removed_at = NULL
"""
ASSIGN = """
INSERT INTO assignment (application_id, account_id, assigned_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
"""
DECLARE = """
INSERT INTO conflict_declaration (application_id, account_id, conflicted, reason) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
"""
SHEET = """
INSERT INTO score_sheet (application_id, account_id, conflicted, comment, submitted_at, reopened, version)
VALUES ($1, $2, false, 'Dobry pomysł', $3, '', 1)
"""
SCORE = (
    "INSERT INTO score (application_id, account_id, criterion_id, points, comment, most)"
    " SELECT $1, $2, id, $4, 'Bo tak', most FROM criterion WHERE id = $3"
)


class Judged:
    """An edition with its applications, `criteria` (weights 3 and 2) and `scorers`; run by Niepołomice."""

    def __init__(self, edition: UUID, criteria: list[UUID], item: UUID) -> None:
        self.edition, self.criteria, self.item = edition, criteria, item
        self.applications: list[UUID] = []
        self.applicants: list[Person] = []
        self.organisations: list[UUID] = []
        self.scorers: list[Person] = []

    def points(self, idea: int, team: int) -> Mapping[UUID, int]:
        return {self.criteria[0]: idea, self.criteria[1]: team}


async def put_judged(
    tx: Tx,
    *,
    cast: Cast,
    name: str,
    applications: int = 3,
    scorers: int = 2,
    places: int = 1,
    state: str = "formally_passed",
    anonymous: bool = False,
    gmina: UUID | None = None,
    tie_rule: Sequence[str] = ("submitted_at",),
) -> Judged:
    """`name` tells its people apart from those of another."""
    home = gmina or cast.niepolomice
    edition = await put_edition(tx, gmina=home, places=places)
    await put_call(
        tx, edition=edition, opens=NOW - timedelta(days=30), closes=NOW - timedelta(days=2), anonymous=anonymous
    )
    await tx.execute(ASSESSMENT, edition, 2, 50, list(tie_rule))
    judged = Judged(edition, [uuid7(), uuid7()], uuid7())
    await tx.execute(ITEM, judged.item, edition, 0)
    for n, (key, weight) in enumerate(zip(judged.criteria, (3, 2), strict=True)):
        await tx.execute(CRITERION, key, edition, n, ("Pomysł", "Zespół")[n], weight, None)
    for n in range(applications):
        await put_candidate(tx, judged, cast=cast, name=f"{name}_applicant_{n}", n=n, state=state)
    for n in range(scorers):
        judged.scorers.append(await put_scorer(tx, judged, cast=cast, name=f"{name}_scorer_{n}"))
    return judged


async def put_candidate(tx: Tx, judged: Judged, *, cast: Cast, name: str, n: int, state: str) -> UUID:
    """An application of an organisation with an owner of its own."""
    owner = await person(tx, name)
    organisation = await put_organisation(tx, gmina=cast.niepolomice, owner=owner.id, name=f"Firma {name}")
    at = NOW - timedelta(days=10) + timedelta(minutes=n)
    key = await put_application(
        tx, edition=judged.edition, account=owner.id, organisation=organisation, at=at, state=state
    )
    judged.applications.append(key)
    judged.applicants.append(owner)
    judged.organisations.append(organisation)
    return key


async def put_scorer(tx: Tx, judged: Judged, *, cast: Cast, name: str) -> Person:
    made = await person(tx, name)
    await tx.execute(SCORER, judged.edition, made.id, cast.coordinator.id)
    return made


async def put_assignment(
    tx: Tx, application: UUID, scorer: UUID, *, cast: Cast, conflicted: bool | None = None
) -> None:
    """To be scored; with what was declared, if anything was."""
    await tx.execute(ASSIGN, application, scorer, cast.coordinator.id)
    if conflicted is not None:
        await tx.execute(DECLARE, application, scorer, conflicted, "Wspólnik" if conflicted else "")
    if conflicted:
        await tx.execute("DELETE FROM assignment WHERE application_id = $1 AND account_id = $2", application, scorer)


async def put_sheet(
    tx: Tx, application: UUID, scorer: UUID, points: Mapping[UUID, int], *, cast: Cast, at: datetime | None = NOW
) -> None:
    """Handed in, or a draft where `at` is None."""
    await put_assignment(tx, application, scorer, cast=cast, conflicted=False)
    await tx.execute(SHEET, application, scorer, at)
    for criterion, given in points.items():
        await tx.execute(SCORE, application, scorer, criterion, given)


async def put_scored(tx: Tx, judged: Judged, given: Sequence[tuple[int, int]], *, cast: Cast) -> None:
    """Every scorer gives the n-th application the n-th points."""
    for application, points in zip(judged.applications, given, strict=True):
        for scorer in judged.scorers:
            await put_sheet(tx, application, scorer.id, judged.points(*points), cast=cast)


async def judged_by(db: Database, cast: Cast, **given: object) -> tuple[Judged, Actor]:
    """The same on real commits, with the actor of its coordinator."""
    async with transaction(db) as tx:
        made = await put_judged(tx, cast=cast, **{"name": "j", **given})  # type: ignore[arg-type]
    return made, await acting(db, cast.coordinator)


async def mails_to(tx: Tx, who: Person) -> list[str]:
    return [row["subject"] for row in await tx.fetch("SELECT subject FROM mail WHERE recipient = $1", who.email)]


async def state_of(db: Database, application: UUID) -> str:
    async with transaction(db) as tx:
        return str(await tx.fetchval("SELECT state FROM application WHERE id = $1", application))
