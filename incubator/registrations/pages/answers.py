"""The session's own questions, as forms ask them."""

import re
from uuid import UUID

from incubator.people.forms import Typed

FIELD = re.compile(r"answer_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def answers_in(typed: Typed) -> dict[UUID, str]:
    """By question; those that were left empty are not among them."""
    found = {name: FIELD.fullmatch(name) for name in typed.fields}
    return {UUID(field[1]): value for name, field in found.items() if field and (value := typed.one(name))}
