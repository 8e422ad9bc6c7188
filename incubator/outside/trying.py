"""Try an address that somebody gave, before anything is kept: counted, and outside of any transaction."""

from incubator.db.engine import attempt
from incubator.outside.address import Address, address_of
from incubator.outside.ask_now import TRIALS
from incubator.outside.look import Looked, Outside
from incubator.people.attempts import count_attempts
from incubator.people.visit import Visit


async def tried(visit: Visit, text: str) -> tuple[Address, Looked]:
    """Raises NotRead, TooOften."""
    address = address_of(text)
    await attempt(visit.db, lambda tx: count_attempts(tx, (TRIALS, str(visit.actor.account_id)), now=visit.now))
    return address, await outside_of(visit).see(address, now=visit.now)


def outside_of(visit: Visit) -> Outside:
    found: Outside = visit.request.app.state.outside
    return found
