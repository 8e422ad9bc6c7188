"""A program that a test needs and that is not there: skipped out loud, and on CI a failure."""

import os
from typing import NoReturn

import pytest

SIGN = "NOT TRIED for want of"


def missing(what: str) -> NoReturn:
    """`what` names the program and how to get it. The end of the run says it again."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI lacks {what}")
    pytest.skip(f"{SIGN} {what}")
