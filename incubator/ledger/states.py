"""Accounts and kinds of entries."""

from enum import StrEnum


class Account(StrEnum):
    """Debit is positive. What others owe us, what the bank and Stripe hold, what is on its way between them
    (`transit`), what a payer's bank took back and has not decided on (`disputed`), what fees and write-offs cost
    stand in debit; income, tax, deposits and what was paid ahead stand in credit."""

    RECEIVABLE = "receivable"
    REVENUE = "revenue"
    VAT_DUE = "vat_due"
    DEPOSITS = "deposits"
    BANK = "bank"
    STRIPE = "stripe"
    TRANSIT = "transit"
    DISPUTED = "disputed"
    FEES = "fees"
    WRITE_OFFS = "write_offs"
    PREPAID = "prepaid"

    @property
    def has_parties(self) -> bool:
        """Whether each posting says whose it is."""
        return self in OF_PARTIES


OF_PARTIES = frozenset({Account.RECEIVABLE, Account.DEPOSITS, Account.PREPAID})


class EntryKind(StrEnum):
    CHARGE = "charge"
    DEPOSIT_CHARGED = "deposit_charged"
    PAYMENT = "payment"
    FEE = "fee"
    CREDIT_DRAWN = "credit_drawn"
    CANCELLATION = "cancellation"
    DEPOSIT_RETURNED = "deposit_returned"
    DEPOSIT_KEPT = "deposit_kept"
    REFUND = "refund"
    PAYOUT = "payout"
    DISPUTE = "dispute"
    WRITE_OFF = "write_off"
    CORRECTION = "correction"
