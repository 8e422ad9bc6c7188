"""Aid in seats follows the length of their session: a job compares what was granted with how long it takes now, as mails
do (docs/decisions/0015). The seats that cannot be granted so are given back, and who had them reads why."""

from datetime import datetime
from uuid import UUID

from incubator.aid.dated import NoAidLimit, NoEuroRate
from incubator.aid.grant import AidCeiling, DeclarationNeeded
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.registrations.aid import regrant_seats
from incubator.registrations.cancel import cancel
from incubator.registrations.queries import locked_registration
from incubator.registrations.states import State
from incubator.web.i18n import translator

MOST = 200
CHANGED = """
SELECT registration.id FROM aid_entry AS granted
JOIN registration ON registration.id = granted.subject_id AND registration.state = 'registered'
JOIN session ON session.id = session_id AND session.state = 'published' AND session.sequence > 0
WHERE granted.subject_kind = 'registration' AND granted.reverses IS NULL AND lower(session.period) > $1
    AND granted.minutes
        <> registration.seats * floor(extract(epoch FROM upper(session.period) - lower(session.period)) / 60)
    AND NOT EXISTS (SELECT FROM aid_entry WHERE reverses = granted.id)
ORDER BY session_id, registration.id LIMIT $2
"""
OVER = N_("The session takes longer now, and the de minimis aid in it would lift your company over the ceiling.")
UNDECLARED = N_(
    "The session takes another time now, and your company's declaration of de minimis aid is no longer good."
)


async def follow_length(tx: Tx, *, now: datetime) -> None:
    """Every seat of a coming session that was granted for another length."""
    for row in await tx.fetch(CHANGED, now, MOST):
        await _follow(tx, row["id"], now)


async def _follow(tx: Tx, key: UUID, now: datetime) -> None:
    found = await locked_registration(tx, registration_id=key)
    if found.state != State.REGISTERED:
        return
    try:
        async with tx.transaction():
            await regrant_seats(tx, registration=found, now=now)
    except (AidCeiling, DeclarationNeeded) as refusal:
        why = translator(found.locale).gettext(OVER if isinstance(refusal, AidCeiling) else UNDECLARED)
        await cancel(tx, registration_id=key, taken_off=why, now=now)
    except (NoAidLimit, NoEuroRate):
        return  # somebody has to enter it first; what was granted stands until the next round
