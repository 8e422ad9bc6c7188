"""Numbers that look right and belong to nobody."""

from stdnum.pl import nip


def made_up_nip(turn: int) -> str:
    """A NIP with a right checksum, for each `turn` (0–99,999) another. It starts with 999, which is
    no tax office's number, so it is nobody's."""
    # One weighted sum in eleven ends in 10, which no digit can say: of two neighbours one always can.
    for stem in (f"999{turn * 2:06d}", f"999{turn * 2 + 1:06d}"):
        check = nip.checksum(stem + "0") % 11
        if check < 10:
            return f"{stem}{check}"
    raise AssertionError("unreachable")
