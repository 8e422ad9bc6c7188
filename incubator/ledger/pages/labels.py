"""What accounts and entries are called."""

from incubator.kernel.errors import N_
from incubator.ledger.states import Account, EntryKind

ACCOUNTS = {
    Account.RECEIVABLE: N_("Owed to the gmina"),
    Account.REVENUE: N_("Income"),
    Account.VAT_DUE: N_("VAT due"),
    Account.DEPOSITS: N_("Deposits"),
    Account.BANK: N_("Bank"),
    Account.STRIPE: N_("Stripe"),
    Account.TRANSIT: N_("On the way from Stripe to the bank"),
    Account.DISPUTED: N_("Disputed"),
    Account.FEES: N_("Fees"),
    Account.WRITE_OFFS: N_("Written off"),
    Account.PREPAID: N_("Paid ahead"),
}
KINDS = {
    EntryKind.CHARGE: N_("charge"),
    EntryKind.DEPOSIT_CHARGED: N_("deposit asked for"),
    EntryKind.PAYMENT: N_("money that came"),
    EntryKind.FEE: N_("fee"),
    EntryKind.CREDIT_DRAWN: N_("credit drawn"),
    EntryKind.CANCELLATION: N_("cancellation"),
    EntryKind.DEPOSIT_RETURNED: N_("deposit given back"),
    EntryKind.DEPOSIT_KEPT: N_("deposit kept"),
    EntryKind.REFUND: N_("refund sent"),
    EntryKind.PAYOUT: N_("paid out by Stripe"),
    EntryKind.DISPUTE: N_("dispute"),
    EntryKind.WRITE_OFF: N_("write-off"),
    EntryKind.CORRECTION: N_("taken back"),
}
