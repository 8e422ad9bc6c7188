"""What a charge is called in a transfer, what is given back and when, and which transfer pays what. Pure."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from stdnum import damm

from incubator.kernel.money import Amount, part

SIGN = "INK"
DIGITS = 6
# People type what they see with spaces and dashes, or without the letters.
NUMBERED = re.compile(rf"{SIGN}[\s./\-:]*((?:[0-9][\s.\-]?){{{DIGITS + 1},10}})(?![0-9])", re.IGNORECASE)
BARE = re.compile(rf"(?<![0-9])([0-9]{{{DIGITS + 1},10}})(?![0-9])")


def title_of(number: int) -> str:
    """The number of a charge as it stands in the title of a transfer: `INK 0000124`. Its last digit is Damm's:
    one wrong digit, or two that changed places, make a title that is none."""
    digits = f"{number:0{DIGITS}}"
    return f"{SIGN} {digits}{damm.calc_check_digit(digits)}"


def numbers_in(title: str, *, of: Container[int] | None = None) -> list[int]:
    """The numbers of charges that a title names, those behind the sign first, each once; of these alone, where given.
    What follows a number may be digits too, so it is read as far as it may go."""
    found = [re.sub(r"[^0-9]", "", digits) for digits in NUMBERED.findall(title)]
    read = [digits[:length] for digits in found for length in range(DIGITS + 1, len(digits) + 1)]
    told = [digits for digits in (*read, *BARE.findall(title)) if of is None or int(digits[:-1]) in of]
    return list(dict.fromkeys(int(digits[:-1]) for digits in told if damm.is_valid(digits)))


@dataclass(frozen=True, slots=True)
class Step:
    """Who cancels at least `before` it begins gets `percent` back."""

    before: timedelta
    percent: int


def percent_back(steps: Iterable[Step], *, left: timedelta) -> int:
    """What is given back with so much time left: of the steps that fit, the one with the most time. None: nothing."""
    fitting = [step for step in steps if left >= step.before]
    return max(fitting, key=lambda step: step.before).percent if fitting else 0


def share_of(amount: Amount, *, percent: int) -> Amount:
    """So much of it: the gross to the nearest grosz, for that is what people reckon with, of it the net, and the tax is
    the rest. All of it is all of it."""
    gross, net = part(amount.gross, percent, 100), part(amount.net, percent, 100)
    return Amount(min(net, gross), gross - min(net, gross))


@dataclass(frozen=True, slots=True)
class Came:
    """A payment, and how much of it has gone back."""

    id: UUID
    method: str
    amount: int
    back: int


def shared_out(amount: int, payments: Sequence[Came]) -> list[tuple[Came, int]]:
    """From which payments `amount` goes back, the latest first; they come oldest first."""
    told: list[tuple[Came, int]] = []
    for one in reversed(payments):
        piece = min(amount, one.amount - one.back)
        if piece > 0:
            told.append((one, piece))
            amount -= piece
    return told
