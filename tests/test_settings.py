"""Settings: read from the environment, refused with their name, documented."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from incubator.settings import Settings, read_settings

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? *\| (.+) \|$", re.M)


def shown(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_the_table_says_what_the_code_does() -> None:
    told = ROW.findall((ROOT / "docs/settings.md").read_text())
    assert told == [(item.name.upper(), shown(item.default), item.metadata["about"]) for item in fields(Settings)]


def test_settings_come_from_the_environment() -> None:
    read = read_settings({"PORT": "9000", "DEMO": "yes", "DATA_DIR": "/srv/data", "HOST": ""})
    assert (read.port, read.demo, read.data_dir, read.host) == (9000, True, Path("/srv/data"), "127.0.0.1")


@pytest.mark.parametrize(("name", "text"), [("PORT", "http"), ("DEMO", "perhaps")])
def test_a_setting_that_makes_no_sense_is_named(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=name):
        read_settings({name: text})


def test_secrets_are_not_in_what_is_printed() -> None:
    stripe = {"stripe_key": "sk_live_s3cret", "stripe_webhook_secret": "whsec_s3cret"}
    told = repr(Settings(secret_key="s3cret" * 8, smtp_url="smtp://user:s3cret@mail", **stripe))
    assert "s3cret" not in told


def test_the_password_of_the_database_is_not_in_what_is_printed() -> None:
    assert "s3cret" not in repr(Settings(database_url="postgresql://incubator:s3cret@db/incubator"))
