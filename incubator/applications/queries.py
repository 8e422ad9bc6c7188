"""Applications as those may see them who ask: the one place where rows are narrowed."""

from collections.abc import Collection
from uuid import UUID

from incubator.applications.as_handed_in import as_handed_in
from incubator.applications.states import State
from incubator.applications.views import VIEW, ApplicationView, view_of
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run, may_run

# What somebody applied for in an organisation's name is the organisation's. $1 account, $2 organisations.
MINE = """(
    application.account_id = $1 AND application.organisation_id IS NULL
    OR application.organisation_id = ANY($2::uuid[])
)"""
# Who runs the edition reads what was handed in, and no drafts. $3 gminas, $4 the office's, $5 everything.
AT_DESK = """(
    application.number IS NOT NULL
    AND (programme.gmina_id = ANY($3::uuid[]) OR programme.gmina_id IS NULL AND $4 OR $5)
)"""
VISIBLE = f"({MINE} OR {AT_DESK})"
COUNTS = """
SELECT state, count(*) AS n FROM application
WHERE edition_id = $1 AND (state = 'draft' OR number IS NOT NULL) GROUP BY state
"""
ASKED = "SELECT note FROM formal_check WHERE application_id = $1 AND result = 'supplement'"
NEWEST = "ORDER BY application.changed_at DESC, application.id"


class NoSuchApplication(NotFound):
    """No application with this identifier that the asker may know of."""

    code = "no_such_application"
    sentence = N_("There is no such application.")


def narrowing(actor: Actor) -> tuple[UUID, list[UUID], list[UUID], bool, bool]:
    """The first five parameters of a query with VISIBLE in it."""
    return (
        actor.account_id,
        list(actor.organisations),
        list(actor.coordinates),
        actor.is_office,
        actor.is_administrator,
    )


def is_applicant(actor: Actor, application: ApplicationView) -> bool:
    """Whether it is the person's own, or of an organisation that they belong to."""
    if application.organisation_id is not None:
        return application.organisation_id in actor.organisations
    return application.account_id == actor.account_id


async def application_for(tx: Tx, *, actor: Actor, application_id: UUID, lock: bool = False) -> ApplicationView:
    """One application, for its applicant and, as it was handed in, for who runs the edition; with `lock`,
    nobody else changes it until the transaction ends. Raises NoSuchApplication, also for somebody else's."""
    row = await tx.fetchrow(
        f"{VIEW} WHERE application.id = $6 AND {VISIBLE} {_locking(lock)}", *narrowing(actor), application_id
    )
    if row is None:
        raise NoSuchApplication()
    found = view_of(row)
    return found if is_applicant(actor, found) else (await as_handed_in(tx, [found]))[0]


async def own_application(tx: Tx, *, actor: Actor, application_id: UUID, lock: bool = False) -> ApplicationView:
    """One application, for its applicant alone. Raises NoSuchApplication, also for who runs the edition."""
    row = await tx.fetchrow(
        f"{VIEW} WHERE application.id = $3 AND {MINE} {_locking(lock)}",
        actor.account_id,
        list(actor.organisations),
        application_id,
    )
    if row is None:
        raise NoSuchApplication()
    return view_of(row)


async def application_at_desk(tx: Tx, *, actor: Actor, application_id: UUID) -> ApplicationView:
    """One that was handed in, for who runs its edition, and nobody else. Raises NoSuchApplication."""
    found = await application_by_id(tx, application_id=application_id)
    if not found.handed_in or not may_run(actor, found.gmina_id):
        raise NoSuchApplication()
    return (await as_handed_in(tx, [found]))[0]


async def application_by_id(tx: Tx, *, application_id: UUID, lock: bool = False) -> ApplicationView:
    """One application, whoever asks: for verbs that narrow in their own way. Raises NoSuchApplication."""
    row = await tx.fetchrow(f"{VIEW} WHERE application.id = $1 {_locking(lock)}", application_id)
    if row is None:
        raise NoSuchApplication()
    return view_of(row)


async def applications_of(tx: Tx, *, actor: Actor) -> list[ApplicationView]:
    """The person's own and their organisations', the last changed first."""
    rows = await tx.fetch(f"{VIEW} WHERE {MINE} {NEWEST}", actor.account_id, list(actor.organisations))
    return [view_of(row) for row in rows]


async def applications_in(
    tx: Tx,
    *,
    actor: Actor,
    edition_id: UUID,
    states: Collection[State] | None = None,
    after: int = 0,
    limit: int | None = None,
) -> list[ApplicationView]:
    """What was handed in to an edition, by number, for who runs it; of drafts it tells nothing. `after` is
    the number of the last one seen. Raises NoSuchEdition, NotYours."""
    await edition_to_run(tx, actor=actor, edition_id=edition_id)
    rows = await tx.fetch(
        f"""{VIEW} WHERE application.edition_id = $1 AND application.number > $3
        AND ($2::text[] IS NULL OR application.state = ANY($2)) ORDER BY application.number LIMIT $4""",
        edition_id,
        sorted(states) if states is not None else None,
        after,
        limit,
    )
    return await as_handed_in(tx, [view_of(row) for row in rows])


async def counts_in(tx: Tx, *, actor: Actor, edition_id: UUID) -> dict[State, int]:
    """How many applications of an edition are in each state, drafts too, for who runs it; what never was
    handed in and was given up is not counted. Raises NoSuchEdition, NotYours."""
    await edition_to_run(tx, actor=actor, edition_id=edition_id)
    rows = await tx.fetch(COUNTS, edition_id)
    return {State(row["state"]): row["n"] for row in rows}


async def asked_for(tx: Tx, *, application_id: UUID) -> str:
    """What the formal check asked to be supplemented; empty where it asked for nothing."""
    note: str | None = await tx.fetchval(ASKED, application_id)
    return note or ""


def _locking(lock: bool) -> str:
    return "FOR UPDATE OF application" if lock else ""
