"""What counts as the same request."""

import hashlib

from litestar.testing import RequestFactory

from incubator.web.idempotency import _fingerprint


async def test_a_request_for_another_gmina_is_another_request() -> None:
    """Some say in the address for whom they are, and nowhere else."""
    asked = [
        RequestFactory().post("/api/bank/files", query_params=told, data={})
        for told in ({"gmina": "a"}, {"gmina": "b"}, None)
    ]
    found = {await _fingerprint(one, "key") for one in asked}
    assert len(found) == 3 and all(len(one) == hashlib.sha256().digest_size for one in found)
