"""What it knows of a person, for their export."""

from incubator.people.elsewhere import Query

PERSONAL: tuple[tuple[str, Query], ...] = ()
