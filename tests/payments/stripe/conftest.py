"""The shop, and a line by which Stripe reaches the house."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from litestar import Litestar

from incubator.db.engine import Database
from tests.cast import Cast
from tests.payments.stripe.shop import Shop, open_shop


@pytest.fixture
async def shop(db: Database, cast: Cast) -> AsyncIterator[Shop]:
    async with open_shop(db, cast) as made:
        yield made


@pytest.fixture
def house(shop: Shop, app: Litestar, visit: Callable[..., httpx.AsyncClient]) -> httpx.AsyncClient:
    """As Stripe sees it: a stranger."""
    app.state.till = shop.till
    return visit()
