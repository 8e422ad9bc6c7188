"""What a booking costs is seen by who sees the booking; what of it is paid, by whose money it is."""

from collections.abc import Callable

import httpx

from incubator.db.engine import Database, statement, transaction
from incubator.payments.write_off import write_off
from tests.bookings.test_charge import book, priced
from tests.cast import Cast, acting
from tests.moments import NOW

Visit = Callable[..., httpx.AsyncClient]


async def test_a_colleague_sees_the_price_and_not_what_is_paid(db: Database, cast: Cast, visit: Visit) -> None:
    """As with the payment itself, to which a link would lead nowhere for them."""
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    for person, charges in ((cast.member, 1), (cast.owner, 1), (cast.coordinator, 1), (cast.colleague, 0)):
        told = (await visit(person).get(f"/api/bookings/{made.id}/price")).json()
        assert (told["quote"]["lines"] != [], len(told["charges"])) == (True, charges), person
        page = (await visit(person).get(f"/bookings/{made.id}?lang=en")).text
        assert ("/payments/" in page) == bool(charges)
        assert "The price, line by line" in page


async def test_what_is_written_off_is_not_called_paid(db: Database, cast: Cast, visit: Visit) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    desk = await acting(db, cast.coordinator)
    async with statement(db) as tx:
        charge = await tx.fetchval("SELECT id FROM charge WHERE subject_id = $1", made.id)
    async with transaction(db) as tx:
        await write_off(tx, actor=desk, charge_id=charge, seen=None, now=NOW)
    page = (await visit(cast.member).get(f"/bookings/{made.id}?lang=en")).text
    assert "Nothing is owed for it any more." in page and "It is paid." not in page
