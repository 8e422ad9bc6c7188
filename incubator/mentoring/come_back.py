"""Take an absence back: the mentor can be met again."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.kernel.period import Period
from incubator.mentoring.be_away import mentor_of_asker, note_absence
from incubator.mentoring.reach import NoSuchMentor
from incubator.occupancy.release import release
from incubator.people.actor import Actor


class NoSuchAbsence(NotFound):
    """No absence with this identifier that the asker may change, or it was taken back."""

    code = "no_such_absence"
    sentence = N_("There is no such absence, or it was taken back.")


class AbsenceIsOver(Conflict):
    code = "absence_is_over"
    sentence = N_("This absence is over.")


STANDING = "SELECT mentor_id, period FROM mentor_absence WHERE id = $1 AND removed_at IS NULL FOR UPDATE"


async def come_back(tx: Tx, *, actor: Actor, absence_id: UUID, now: datetime) -> None:
    """What was handed over or called off stays so. Raises NoSuchAbsence, AbsenceIsOver."""
    row = await tx.fetchrow(STANDING, absence_id)
    if row is None:
        raise NoSuchAbsence()
    try:
        mentor = await mentor_of_asker(tx, actor=actor, mentor_id=row["mentor_id"])
    except NoSuchMentor:
        raise NoSuchAbsence() from None
    period = Period(row["period"].lower, row["period"].upper)
    if period.end <= now:
        raise AbsenceIsOver()
    await tx.execute("UPDATE mentor_absence SET removed_at = $2 WHERE id = $1", absence_id, now)
    await release(tx, subject_id=absence_id)
    await note_absence(tx, verb="come_back", actor=actor, mentor=mentor, period=period, now=now)
