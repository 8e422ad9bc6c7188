"""What a company of Kraków was given free of charge: an hour of a mentor (meetings.py) and a seat at a training, both
over. Each is de minimis aid, with its certificate, and stands in a report to the register."""

from datetime import datetime, timedelta

from incubator.aid.certify import certify
from incubator.aid.report import approve_report, draft_report
from incubator.db.engine import Tx
from incubator.demo.aid_ready import BEGAN
from incubator.demo.exchanges import Held
from incubator.demo.settle_in import coordinator_of
from incubator.demo.teams import address
from incubator.demo.world import World
from incubator.kernel.period import WARSAW
from incubator.registrations.order import RegistrationOrder
from incubator.registrations.register import register

GMINA, COMPANY, WHO = "krakow", "Sensoria Lab", "Zofia Wronka"
SESSION = "over_talks"
OPENS = "SELECT published_at FROM session WHERE id = $1"
GRANTED = """
SELECT id FROM aid_entry AS granted WHERE gmina_id = $1 AND organisation_id = $2 AND reverses IS NULL
    AND NOT EXISTS (SELECT FROM aid_entry WHERE reverses = granted.id)
ORDER BY granted_on, id
"""


async def take_a_seat(tx: Tx, world: World, held: list[Held], *, now: datetime) -> None:
    """Right after the session was announced."""
    session_id = next(one.id for one in held if one.name == SESSION)
    opened: datetime = await tx.fetchval(OPENS, session_id)
    order = RegistrationOrder(
        session_id=session_id, organisation_id=world.organisation(COMPANY), answers={}, terms_accepted=True
    )
    await register(tx, actor=world.actor(address(WHO)), order=order, now=min(opened + timedelta(minutes=5), now))


async def put_on_paper(tx: Tx, world: World, *, now: datetime) -> None:
    desk, gmina_id = world.actor(coordinator_of(GMINA)), world.built.gminas[GMINA]
    for row in await tx.fetch(GRANTED, gmina_id, world.organisation(COMPANY)):
        await certify(tx, actor=desk, entry_id=row["id"], now=now)
    first, last = (now - BEGAN).astimezone(WARSAW).date(), now.astimezone(WARSAW).date()
    made = await draft_report(tx, actor=desk, gmina_id=gmina_id, first_day=first, last_day=last, now=now)
    await approve_report(tx, actor=desk, report_id=made.id, now=now)
