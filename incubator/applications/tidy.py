"""Throw away what nobody may keep any longer: drafts of calls that are over, files of who was not admitted."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx

DRAFTS_KEPT = timedelta(days=90)
"""After the closing, or the longer time that the applicant got: somebody may still ask for it."""
FILES_KEPT_YEARS = 5
"""After the decision. As long as an audit may ask how places were given away that public money pays for
(Public Finance Act; Regulation (EU) 2021/1060, article 82: five years from the end of the year)."""

# A draft that was thrown away too; its files went with it.
OLD_DRAFTS = """
SELECT application.id FROM application JOIN call USING (edition_id)
WHERE application.number IS NULL AND greatest(call.closes_at, (
    SELECT max(until) FROM call_extension AS longer WHERE longer.edition_id = application.edition_id
        AND coalesce(longer.organisation_id, longer.account_id) = coalesce(application.organisation_id, application.account_id)
)) < $1
"""
# State and moment of the last change: nothing changes an application once it is over.
OLD_FILES = """
DELETE FROM application_file WHERE application_id IN (
    SELECT id FROM application
    WHERE state IN ('formally_rejected', 'below_threshold', 'not_admitted', 'declined', 'withdrawn')
        AND date_trunc('year', changed_at AT TIME ZONE 'Europe/Warsaw') + interval '1 year'
            < ($1::timestamptz AT TIME ZONE 'Europe/Warsaw') - make_interval(years => $2)
)
"""
# What somebody wrote for themself who has left for good since; see forget_person.py. Numbers and states stay.
ERASED = """
SELECT application.id FROM application JOIN account ON account.id = account_id
WHERE organisation_id IS NULL AND account.erased_at IS NOT NULL AND application.title <> ''
    AND state IN ('formally_rejected', 'below_threshold', 'not_admitted', 'declined', 'withdrawn', 'admitted')
    AND date_trunc('year', changed_at AT TIME ZONE 'Europe/Warsaw') + interval '1 year'
        < ($1::timestamptz AT TIME ZONE 'Europe/Warsaw') - make_interval(years => $2)
"""
EMPTY = (
    "DELETE FROM submission WHERE application_id = ANY($1::uuid[])",
    "DELETE FROM application_file WHERE application_id = ANY($1::uuid[])",
    """UPDATE application SET title = '', answers = '{}', registered_on = NULL, size = NULL, gmina_id = NULL, pkd = NULL
    WHERE id = ANY($1::uuid[])""",
)


async def tidy_applications(tx: Tx, *, now: datetime) -> None:
    """Drafts 90 days after their call, with their files; files of applications that were not admitted five
    years after the end of the year of the decision, and by then everything that a person wrote who was erased."""
    before = now - DRAFTS_KEPT
    await tx.execute(f"DELETE FROM application_file WHERE application_id IN ({OLD_DRAFTS})", before)
    await tx.execute(f"DELETE FROM application WHERE id IN ({OLD_DRAFTS})", before)
    await tx.execute(OLD_FILES, now, FILES_KEPT_YEARS)
    erased = [row["id"] for row in await tx.fetch(ERASED, now, FILES_KEPT_YEARS)]
    for statement in EMPTY:
        await tx.execute(statement, erased)
