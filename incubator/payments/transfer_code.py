"""The square that a bank's app reads a transfer from: the text of the Polish banks' "Rekomendacja 2D" (ZBP 2013).
Pure."""

from incubator.payments.views import BankAccountView, ChargeView

MOST = 999_999
"""The text has six places for the amount in grosz."""
NAME, TITLE = 20, 32


def transfer_text(charge: ChargeView, account: BankAccountView) -> str | None:
    """NIP, country, account, amount, name and title, and three places that are reserved; None where nothing is to
    be paid, or more than there are places for."""
    if not 0 < charge.to_pay <= MOST:
        return None
    name = _plain(account.holder)[:NAME].strip()
    title = _plain(charge.title)[:TITLE]
    return "|".join(
        [account.nip, "PL", account.iban.removeprefix("PL"), f"{charge.to_pay:06}", name, title, "", "", ""]
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("|", " ").split())
