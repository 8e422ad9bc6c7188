"""Whether a mentor can be met: active, paused for a while, or retired."""

from datetime import datetime
from enum import StrEnum

import asyncpg

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict
from incubator.mail.post import post
from incubator.people.actor import Actor
from incubator.people.addressee import addressees
from incubator.web.letters import letter


class Standing(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    RETIRED = "retired"


ALLOWED = {
    Standing.ACTIVE: {Standing.PAUSED, Standing.RETIRED},
    Standing.PAUSED: {Standing.ACTIVE, Standing.RETIRED},
    Standing.RETIRED: {Standing.ACTIVE},
}
"""From where to where; only by the coordinator."""


class SameAlready(Conflict):
    """A mentor is so already, or a retired one is paused."""

    code = "mentor_is_so_already"
    sentence = N_("Nothing to do: the mentor is so already, or has ended.")


SET = "UPDATE mentor SET state = $2, version = version + 1 WHERE id = $1"


async def settle_state(tx: Tx, *, actor: Actor, row: asyncpg.Record, to: Standing, verb: str, now: datetime) -> None:
    """Set the state of the locked row, with history and a mail to the mentor. Raises SameAlready."""
    if to not in ALLOWED[Standing(row["state"])]:
        raise SameAlready()
    await tx.execute(SET, row["id"], to)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind="mentor",
        subject_id=row["id"],
        gmina_id=row["gmina_id"],
        before={"state": row["state"]},
        after={"state": to},
    )
    await bump(tx, [row["id"]])
    for addressee in await addressees(tx, account_id=row["account_id"], organisation_id=None):
        mail = letter(
            "mentoring/mail/mentor_state.txt", addressee.locale, name=addressee.name, state=to, slug=row["slug"]
        )
        await post(tx, to=addressee.email, subject=mail.subject, text=mail.text, now=now)
