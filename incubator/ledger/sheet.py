"""The books as a spreadsheet for the treasurer: a row for each posting, and one for each month and account, as CSV and
as XLSX."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import EntryView, MonthBalance, PostingView
from incubator.web.amounts import as_typed
from incubator.web.i18n import Translator
from incubator.web.spreadsheet import csv_file
from incubator.web.workbook import Sheet, workbook

HEAD = (
    N_("Day"),
    N_("Time"),
    N_("Entry"),
    N_("Kind"),
    N_("Account"),
    N_("Party"),
    N_("Debit"),
    N_("Credit"),
    N_("Takes back"),
)
MONTHS = N_("Balances by month")
MONTH_HEAD = (
    N_("From"),
    N_("To"),
    N_("Account"),
    N_("Balance before"),
    N_("Debit"),
    N_("Credit"),
    N_("Balance at the end"),
)
WIDTHS, MONTH_WIDTHS = (12, 9, 40, 24, 28, 42, 14, 14, 40), (12, 12, 30, 16, 16, 16, 18)
Row = tuple[date, str, str, str, str, str, int, int, str]
Kinds = Mapping[EntryKind, str]
Accounts = Mapping[Account, str]


def as_csv(entries: Sequence[EntryView], texts: Translator, *, kinds: Kinds, accounts: Accounts) -> bytes:
    """Amounts with a comma, as Excel reads them where it speaks Polish."""
    rows = (
        [day.isoformat(), *words, as_typed(debit) if debit else "", as_typed(credit) if credit else "", back]
        for day, *words, debit, credit, back in _rows(entries, texts, kinds, accounts)
    )
    return csv_file([[texts.gettext(title) for title in HEAD], *rows])


def months_as_csv(months: Sequence[MonthBalance], texts: Translator, *, accounts: Accounts) -> bytes:
    rows = (
        [one.first.isoformat(), one.last.isoformat(), name, *map(as_typed, amounts)]
        for one, name, amounts in _months(months, texts, accounts)
    )
    return csv_file([[texts.gettext(title) for title in MONTH_HEAD], *rows])


def as_xlsx(
    entries: Sequence[EntryView],
    months: Sequence[MonthBalance],
    texts: Translator,
    *,
    kinds: Kinds,
    accounts: Accounts,
) -> bytes:
    """Two sheets: the postings, with what they come to, and the months."""
    sums = [sum(one.amount for entry in entries for one in entry.postings if one.amount * side > 0) for side in (1, -1)]
    postings = Sheet(
        title=texts.gettext(N_("Ledger")),
        head=[texts.gettext(title) for title in HEAD],
        widths=WIDTHS,
        rows=(
            (day, *words, debit or None, credit or None, back)
            for day, *words, debit, credit, back in _rows(entries, texts, kinds, accounts)
        ),
        total=(texts.gettext(N_("Together")), "", "", "", "", "", sums[0], -sums[1], ""),
    )
    by_month = Sheet(
        title=texts.gettext(MONTHS),
        head=[texts.gettext(title) for title in MONTH_HEAD],
        widths=MONTH_WIDTHS,
        rows=((one.first, one.last, name, *amounts) for one, name, amounts in _months(months, texts, accounts)),
    )
    return workbook([postings, by_month])


def _rows(entries: Sequence[EntryView], texts: Translator, kinds: Kinds, accounts: Accounts) -> Iterator[Row]:
    for entry in entries:
        for one in entry.postings:
            yield _row(entry, one, texts, kinds, accounts)


def _months(
    months: Sequence[MonthBalance], texts: Translator, accounts: Accounts
) -> Iterator[tuple[MonthBalance, str, tuple[int, ...]]]:
    """With the account in words, and in grosz."""
    for one in months:
        yield one, texts.gettext(accounts[one.account]), (one.opening, one.debit, one.credit, one.closing)


def _row(entry: EntryView, one: PostingView, texts: Translator, kinds: Kinds, accounts: Accounts) -> Row:
    at = entry.at.astimezone(WARSAW)
    return (
        at.date(),
        at.strftime("%H:%M"),
        str(entry.id),
        texts.gettext(kinds[entry.kind]),
        texts.gettext(accounts[Account(one.account)]),
        one.party,
        max(one.amount, 0),
        max(-one.amount, 0),
        str(entry.reverses or ""),
    )
