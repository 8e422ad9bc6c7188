"""Tell who asked for a supplementation that it was not answered in time. Nothing is rejected by itself."""

from datetime import datetime

from incubator.applications.as_handed_in import as_handed_in
from incubator.applications.queries import application_by_id
from incubator.assessment.reach import note_application
from incubator.assessment.tell import tell_person
from incubator.db.engine import Tx

VERB = "supplement_unanswered"
# Each supplementation is told of once, as history knows.
UNANSWERED = f"""
SELECT application.id, formal_check.checked_by FROM application
JOIN formal_check ON application_id = application.id AND round = 0
WHERE state = 'supplementing' AND supplement_until <= $1
    AND NOT EXISTS (SELECT FROM history WHERE subject_id = application.id AND verb = '{VERB}')
ORDER BY application.id FOR UPDATE OF application SKIP LOCKED
"""


async def note_unanswered(tx: Tx, *, now: datetime) -> None:
    """The applications stay in the queue of the formal check, marked; the coordinator decides."""
    for row in await tx.fetch(UNANSWERED, now):
        [application] = await as_handed_in(tx, [await application_by_id(tx, application_id=row["id"])])
        await note_application(tx, verb=VERB, application=application, actor_id=None, now=now)
        await tell_person(tx, account_id=row["checked_by"], what="unanswered", now=now, application=application)
