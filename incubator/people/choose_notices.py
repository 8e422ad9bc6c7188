"""Choose what mails one would like besides those that tell what has happened."""

from collections.abc import Sequence
from datetime import datetime

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.people.actor import Actor
from incubator.people.notices import Notices, notices_of

CHOOSE = """
INSERT INTO notice_choice (account_id, about, invitations, reminders) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, about) DO UPDATE SET invitations = excluded.invitations, reminders = excluded.reminders
"""


async def choose_notices(tx: Tx, *, actor: Actor, chosen: Sequence[Notices], now: datetime) -> list[Notices]:
    """The asker's choices, with those of other kinds as they were."""
    key = actor.account_id
    for one in sorted(chosen, key=lambda one: one.about):  # locked in one order
        await tx.execute(CHOOSE, key, one.about, one.invitations, one.reminders)
    after = {one.about: {"invitations": one.invitations, "reminders": one.reminders} for one in chosen}
    await record(tx, now=now, actor_id=key, verb="choose_notices", subject_kind="account", subject_id=key, after=after)
    return await notices_of(tx, actor=actor)
