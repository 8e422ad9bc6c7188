"""End what a person takes part in for themself when they leave the house, and empty what they wrote.

Minutes and numbers stay, without a name, so that sums do.
"""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.participation.withdraw import withdraw_person
from incubator.people.actor import Actor

OWN = "SELECT id FROM participation WHERE account_id = $1 AND organisation_id IS NULL"
EMPTY = (
    # Who was removed was removed for a reason (a constraint): a dash stands for it.
    """UPDATE participation SET plan = '', agreement_number = '', reason = CASE state WHEN 'removed' THEN '–' ELSE '' END
    WHERE account_id = $1 AND organisation_id IS NULL""",
    f"UPDATE milestone SET evidence = '', evidence_url = '', note = '' WHERE participation_id IN ({OWN})",
    f"UPDATE outcome_survey SET comment = '' WHERE participation_id IN ({OWN})",
    f"""DELETE FROM outcome_link WHERE survey_id IN (
        SELECT id FROM outcome_survey WHERE participation_id IN ({OWN})
    )""",
    f"""UPDATE certificate SET told = told || '{{"holder": ""}}'
    WHERE account_id = $1 OR account_id IS NULL AND participation_id IN ({OWN})""",
)


async def forget_participant(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """A certificate is still there for who checks its code, and names nobody."""
    await withdraw_person(tx, actor=actor, now=now)
    for statement in EMPTY:
        await tx.execute(statement, actor.account_id)
