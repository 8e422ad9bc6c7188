"""Errors as Stripe says them."""

import json

from tests.stripe_fake.http import Answer


class Wrong(Exception):
    """`kept`: the deed had begun, so the answer is kept under the idempotency key."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str = "",
        param: str = "",
        kept: bool = False,
    ) -> None:
        super().__init__(message)
        self.message, self.status, self.kind, self.code, self.param, self.kept = (
            message,
            status,
            kind,
            code,
            param,
            kept,
        )

    @property
    def answer(self) -> Answer:
        error = {"message": self.message, "type": self.kind}
        error |= {"code": self.code} if self.code else {}
        error |= {"param": self.param} if self.param else {}
        return Answer(self.status, json.dumps({"error": error}).encode())


def missing(kind: str, key: str) -> Wrong:
    return Wrong(f"No such {kind}: '{key}'", status=404, code="resource_missing", param="id")
