"""What Stripe told goes once nobody asks for it any more."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx

DAYS = timedelta(days=45)
"""Stripe sends an event again for three days by itself, for thirty when somebody asks it to, and a day of its books is
compared for two weeks: until then it has to be known that it was worked. One that came later still would do no harm,
for each is asked of Stripe and written down once."""
STRANGE = timedelta(days=180)
"""What was not understood stands at the desk for so long."""
FORGET = """
DELETE FROM stripe_event WHERE received_at < $1 AND worked_at IS NOT NULL AND (error = '' OR received_at < $2)
"""


async def forget_events(tx: Tx, *, now: datetime) -> None:
    """Those that were worked. One that was not stays until it is."""
    await tx.execute(FORGET, now - DAYS, now - STRANGE)
