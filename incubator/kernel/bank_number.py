"""The number of a bank account, as people read it."""


def spaced(number: str) -> str:
    """In groups of four behind the two check digits, as banks print it; without the country."""
    digits = number.removeprefix("PL")
    return " ".join([digits[:2], *(digits[at : at + 4] for at in range(2, len(digits), 4))])
