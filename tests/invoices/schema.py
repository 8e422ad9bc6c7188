"""The official schema of FA(3), which is no part of this repository: `shared/reference/ksef` beside it or above it."""

import functools
from pathlib import Path

import pytest
from lxml import etree

from tests.missing import SIGN

FOLDER = next(
    (found for parent in Path(__file__).resolve().parents if (found := parent / "shared/reference/ksef").is_dir()), None
)


class Local(etree.Resolver):
    """What the schema imports by an address of the ministry, from the same folder by its last name."""

    def resolve(self, url: str, _id: str | None, context: object) -> object:
        assert FOLDER is not None
        return self.resolve_filename(str(FOLDER / url.rsplit("/", 1)[-1]), context)


@functools.cache
def schema() -> etree.XMLSchema:
    if FOLDER is None:
        pytest.skip(f"{SIGN} the official FA(3) schema: no invoice was held against it")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(FOLDER / "fa3.xsd"), parser))


def faults(file: bytes) -> list[str]:
    """What the schema says against it."""
    official = schema()
    official.validate(etree.fromstring(file))
    return [f"{error.line}: {error.message}" for error in official.error_log]
