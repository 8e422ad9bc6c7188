"""The published contract, tried at random over HTTP by a member and by a coordinator: no answer is a
fault, and each is one that the contract tells.

Half of the identifiers are real ones, so that what is behind them is reached. `FUZZ_EXAMPLES` is how
many requests each operation gets from each of the two.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.proof.house import House, free_port

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "8"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CONTRACT = schemathesis.openapi.from_path(Path(__file__).parents[2] / "schemas" / "openapi.json")

REAL: dict[str, list[str]] = {}
"""Values by the names of parameters and fields; filled when there is a house."""


@pytest.fixture(scope="module")
def address(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server process over the house. No loop here: what asks it is not async."""
    cast = house.cast
    REAL["space_id"] = [str(key) for key in house.spaces]
    REAL["organisation_id"] = [str(cast.acme), str(cast.rival)]
    REAL["account_id"] = [str(cast.colleague.id), str(cast.stranger.id)]
    REAL["incubator_id"] = [str(cast.las), str(cast.rynek)]
    REAL["gmina_id"] = [str(cast.niepolomice), str(cast.skawina)]
    REAL["slug"] = ["las", "rynek", "niepolomice", "skawina"]
    REAL["zone_id"] = [str(cast.zone)]
    port, log = free_port(), tmp_path_factory.mktemp("fuzz") / "server.log"
    given = {"DATABASE_URL": house.postgres.url, "PORT": str(port), "SECRET_KEY": "s" * 32}
    with log.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "incubator", "serve"], env={**os.environ, **given}, stdout=told, stderr=told
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/health/ready", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with suppress(httpx.TransportError):
            if httpx.get(url).status_code == 200:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text()[-4000:])


def _with_real(given: Any, dice: int) -> Any:
    """`given` with real values in place of some of its identifiers."""
    if not isinstance(given, dict):
        return given
    return {
        name: REAL[name][dice % len(REAL[name])] if name in REAL and dice % 2 else value
        for name, value in given.items()
    }


@CONTRACT.hook
def before_generate_path_parameters(_context: object, strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(_with_real, strategy, st.integers(0, 31))


@CONTRACT.hook
def before_generate_body(_context: object, strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(_with_real, strategy, st.integers(0, 31))


@pytest.mark.parametrize("role", ["member", "coordinator"])
@CONTRACT.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_contract_tells(
    case: schemathesis.Case, role: str, address: str, house: House
) -> None:
    token = getattr(house.cast, role).token
    case.call_and_validate(base_url=address, headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
