"""Where a form of the desk leads back to: a page of the desk, and never another site."""

import re

from incubator.kernel.errors import N_

DESK = re.compile(r"/desk(?:[/?#][A-Za-z0-9/?#=&%._:+-]*)?")
MOVED_ON = N_("That was done already, or somebody else was quicker. This is how it stands now.")


def desk_address(back: str) -> str:
    """`back` where it is an address of the desk on this site; else nothing."""
    return back if len(back) <= 500 and DESK.fullmatch(back) else ""
