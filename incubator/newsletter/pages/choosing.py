"""What readers choose, as it is typed."""

from incubator.newsletter.details import Choice
from incubator.people.forms import Typed


def choice_in(typed: Typed) -> Choice:
    """Raises CheckField."""
    return typed.shaped(Choice, gmina_ids=typed.many("gmina_ids"), interests=typed.many("interests"))


def agreed(typed: Typed) -> bool:
    return typed.one("consent") == "yes"
