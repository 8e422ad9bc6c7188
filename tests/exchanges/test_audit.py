"""The audit of the whole house notices what is spoilt of sessions."""

import pytest

from incubator.db.engine import Database, transaction
from incubator.exchanges.details import Where
from tests.auditing import audit
from tests.cast import Cast
from tests.exchanges.test_announce import announced, published

PARTS, SEATS = "a room is part of nothing", "a session is open and not published"


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        ("UPDATE session_seats SET open = false", SEATS),
        ("UPDATE session SET period = tstzrange(lower(period), upper(period) + interval '1 hour')", PARTS),
        ("UPDATE session SET booking_id = NULL", PARTS),
        ("UPDATE session SET state = 'cancelled', cancelled_at = now()", PARTS),
    ],
)
async def test_what_is_spoilt_is_found(db: Database, cast: Cast, spoil: str, complaint: str) -> None:
    made = await announced(db, cast.coordinator, cast.niepolomice, where=Where(mode="room", space_id=cast.room_l))
    await published(db, cast.coordinator, made.id)
    async with transaction(db) as tx:
        assert await audit(tx) == []
        await tx.execute(spoil)
        assert any(str(one).startswith(complaint) for one in await audit(tx))
