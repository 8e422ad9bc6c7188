"""The JSON Schema of a row of an import, for those who make such files."""

from typing import Any

from incubator.directory.check_rows import LONGEST
from incubator.directory.sheet import COLUMNS, NEEDED

LENGTHS = {"nip": 20, "regon": 20, "krs": 20, "phone": 40, "email": 254}
PATTERNS = {
    "nip": r"^[0-9 -]{10,20}$",
    "phone": r"^[0-9+() -]*$",
    "sole_trader": r"^(?i:tak|t|yes|y|1|true|x|nie|n|no|0|false|)$",
}
TOLD = {
    "nip": "Ten digits with a right check digit; none twice in a file.",
    "sole_trader": "yes or no. A sole trader needs an e-mail, as a person has to be told (RODO, art. 14).",
    "pkd_2007": "Classes like 62.01.Z, with blanks between.",
    "pkd_2025": "Classes like 62.10.B, with blanks between.",
    "specialisations": "Slugs of local specialisations, with blanks between.",
}


def row_schema() -> dict[str, Any]:
    """Each cell is a text, as CSV has no other."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A row of an import into the directory of entrepreneurs",
        "type": "object",
        "properties": {name: _cell(name, others) for name, others in COLUMNS.items()},
        "required": list(NEEDED),
        "additionalProperties": False,
    }


def _cell(name: str, others: tuple[str, ...]) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "string", "maxLength": LENGTHS.get(name, _most(name))}
    if name in PATTERNS:
        told["pattern"] = PATTERNS[name]
    if name in TOLD:
        told["description"] = TOLD[name]
    return {**told, "x-also-called": list(others)} if others else told


def _most(name: str) -> int:
    return LONGEST if name.endswith(("_pl", "_en")) else 200
