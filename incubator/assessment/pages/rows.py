"""The lists in the forms of an assessment: the formal check, the criteria, what decides between equal points."""

from incubator.assessment.details import CriterionDetails, FormalItemDetails
from incubator.people.forms import Typed
from incubator.people.rows import Rows

NAMES = ("name_pl", "name_en")
ITEMS = Rows("items", ("id", *NAMES), needed=NAMES, most=40)
CRITERIA = Rows("criteria", ("id", *NAMES, "help_pl", "help_en", "most", "weight", "least"), needed=NAMES, most=40)
TIES = 4


def items_of(typed: Typed) -> list[FormalItemDetails]:
    """Raises CheckField."""
    return [row.shaped(FormalItemDetails) for row in ITEMS.typed(typed)]


def criteria_of(typed: Typed) -> list[CriterionDetails]:
    """Raises CheckField."""
    return [row.shaped(CriterionDetails) for row in CRITERIA.typed(typed)]


def ties_of(typed: Typed) -> list[str]:
    return [step for n in range(TIES) if (step := typed.one(f"tie_{n}"))]
