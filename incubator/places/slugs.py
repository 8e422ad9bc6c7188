"""Names as parts of web addresses."""

import re

from incubator.kernel.alphabet import unaccented
from incubator.kernel.errors import N_, Conflict

LONGEST = 60


class SlugTaken(Conflict):
    """Another thing in the same place has this address already."""

    code = "slug_taken"
    sentence = N_("The address “{slug}” is already in use here. Choose another.")

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug


def slug_of(name: str, *, otherwise: str) -> str:
    """ "Sala Żółta nr 2" as "sala-zolta-nr-2"; `otherwise` where no letter or digit is left."""
    plain = unaccented(name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:LONGEST].strip("-") or otherwise


def tries(slug: str) -> list[str]:
    """The slug, and what to try where it is taken."""
    return [slug, *(f"{slug}-{n}" for n in range(2, 30))]
