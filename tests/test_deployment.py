"""What is written down for servers and for CI fits the code."""

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from incubator.__main__ import main
from incubator.settings import Settings

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "incubator"}
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()


def test_compose_sets_only_variables_that_exist() -> None:
    known = {item.name.upper() for item in fields(Settings)}
    for name, service in OURS.items():
        assert set(service["environment"]) <= known, name


def test_compose_calls_only_commands_that_exist() -> None:
    assert {service["command"][0] for service in OURS.values()} <= set(main.commands)


def test_compose_is_a_whole_house() -> None:
    assert len([name for name, service in OURS.items() if service["command"] == ["serve"]]) == 2
    assert [name for name, service in OURS.items() if service["command"] == ["work"]] == ["worker"]
    assert COMPOSE["services"]["database"]["image"].endswith("postgres:18")


def test_what_compose_hands_in_can_be_read_by_the_settings() -> None:
    from incubator.settings import read_settings

    for service in OURS.values():
        given = {name: re.sub(r"\$\{\w+:[-?]([^}]*)\}", r"\1", value) for name, value in service["environment"].items()}
        assert read_settings(given).port == 8000


def test_nothing_waits_for_what_is_not_there() -> None:
    for service in COMPOSE["services"].values():
        assert set(service.get("depends_on", {})) <= set(COMPOSE["services"])


def test_the_container_holds_what_it_copies() -> None:
    kept = {line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+)$", (ROOT / "Containerfile").read_text(), re.M)
    for line in copied:
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert source.split("/")[0] in kept, source
    assert (ROOT / ".dockerignore").read_text() == (ROOT / ".containerignore").read_text()


@pytest.mark.skipif(not TRACKED, reason="not a git checkout")
def test_no_file_names_an_index() -> None:
    index = re.compile(
        rb"https?://[^\s\"']*(pypi\.org|pythonhosted\.org|npmjs\.org|/simple/)|--(extra-)?index-url [^-]"
    )
    named = [name for name in TRACKED if (ROOT / name).is_file() and index.search((ROOT / name).read_bytes())]
    assert [name for name in named if name != "tests/test_deployment.py"] == []


def test_the_ci_script_is_sound() -> None:
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
