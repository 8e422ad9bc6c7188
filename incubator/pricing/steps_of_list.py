"""What a price list says of calling off."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.pricing.views_lists import StepView

STEPS = "SELECT before_minutes, percent FROM cancellation_step WHERE list_id = $1 ORDER BY before_minutes DESC"


async def steps_of_list(tx: Tx, *, list_id: UUID | None) -> tuple[StepView, ...]:
    """The step with the most time first; none where the list has none, or there is no list."""
    return tuple(StepView(**row) for row in await tx.fetch(STEPS, list_id))
