"""What an `ON CONFLICT` names is the one rule that gives way: any other that the later of two meets is an error."""

import re
from pathlib import Path

from incubator.db.engine import Database, statement

ROOT = Path(__file__).parents[2] / "incubator"
NAMED = re.compile(
    r"INSERT INTO (?P<table>\w+)(?: AS \w+)?\s*\((?P<given>[^)]*)\)(?:(?!INSERT INTO).)*?"
    r"ON CONFLICT \((?P<named>(?:[^()]|\([^()]*\))+)\)",
    re.DOTALL,
)
RULES = """
SELECT indexrelid::regclass::text AS name, substring(pg_get_indexdef(indexrelid) FROM 'USING \\w+ (.*)') AS said
FROM pg_index WHERE indrelid = $1::text::regclass AND (indisunique OR indisexclusion)
"""
HARMLESS = {
    "application_code": "it is by chance",
    "invitation_token_hash_key": "it is by chance",
    "subscription_confirm": "it is by chance",
    "charge_number": "who took the number before is waited for",
    "conflict_declaration_says": "the assignment is locked",
    "directory_profile_nip_once": "it is answered for",
    "directory_profile_organisation_id_key": "the organisation is locked",
    "stripe_account_of_one": "the gmina is locked, and another gmina's account is answered for",
}
"""Rules that an insert could meet beside the one that it names, and why none is an error to whoever is later."""


async def test_no_other_rule_is_in_the_way_of_what_gives_way(db: Database) -> None:
    found = [each for path in sorted(ROOT.rglob("*.py")) for each in NAMED.finditer(path.read_text())]
    assert len(found) > 40
    async with statement(db) as tx:
        met = {rule for each in found for rule in _met(each, await tx.fetch(RULES, each["table"]))}
    assert met == HARMLESS.keys()


def _met(insert: re.Match[str], rules: list[tuple[str, str]]) -> set[str]:
    """What is left empty is in nobody's way, and a rule with the key of the row in it neither."""
    given, named = _words(insert["given"]), _words(insert["named"])
    columns = {name: _words(said.partition(" WHERE ")[0]) for name, said in rules}
    assert named in columns.values(), insert[0]
    return {name for name, of in columns.items() if of != named and of <= given and "id" not in of}


def _words(said: str) -> set[str]:
    return set(re.findall(r"[a-z_]+", said.lower())) - {"lower", "coalesce"}
