"""Empty the profile of a mentor who erases their account. Contracts and what was recorded of meetings stay
under the identifier, for the gmina has to account for them."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import NAMES, bump
from incubator.people.actor import Actor
from incubator.people.erase_account import ERASED_NAME

MENTOR = "SELECT id, gmina_id, state FROM mentor WHERE account_id = $1 FOR NO KEY UPDATE"
# The address was made of the name.
EMPTY = """
UPDATE mentor SET name = $2, slug = 'usunieto-' || id, headline_pl = '', headline_en = '', about_pl = '', about_en = '',
    languages = '{pl}', online_link = '', state = 'retired', version = version + 1
WHERE id = $1
"""
DELETE = tuple(
    f"DELETE FROM {table} WHERE mentor_id = $1"
    for table in ("mentor_photo", "mentor_topic", "mentor_hours", "mentor_exception")
)


async def forget_mentor(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """Nothing where the person never was a mentor."""
    row = await tx.fetchrow(MENTOR, actor.account_id)
    if row is None:
        return
    for statement in DELETE:
        await tx.execute(statement, row["id"])
    await tx.execute(EMPTY, row["id"], ERASED_NAME)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="forget_mentor",
        subject_kind="mentor",
        subject_id=row["id"],
        gmina_id=row["gmina_id"],
        before={"state": row["state"]},
        after={"state": "retired"},
    )
    await bump(tx, [row["id"], NAMES])
