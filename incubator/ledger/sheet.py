"""The books as a spreadsheet for the treasurer: a row for each posting, and one for each month and account, as CSV and
as XLSX."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import EntryView, MonthBalance, PostingView
from incubator.web.amounts import as_typed
from incubator.web.i18n import Translator
from incubator.web.spreadsheet import csv_file, harmless

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
NOT_XML = "\ufffe\uffff"
"""Letters that are none: one of them in a cell, and Excel calls the whole file damaged."""
Kinds = Mapping[EntryKind, str]
Accounts = Mapping[Account, str]


def as_csv(entries: Sequence[EntryView], texts: Translator, *, kinds: Kinds, accounts: Accounts) -> bytes:
    """Amounts with a comma, as Excel reads them where it speaks Polish."""
    rows = (
        [*words, as_typed(debit) if debit else "", as_typed(credit) if credit else "", back]
        for *words, debit, credit, back in _rows(entries, texts, kinds, accounts)
    )
    return csv_file([[texts.gettext(title) for title in HEAD], *rows])


def months_as_csv(months: Sequence[MonthBalance], texts: Translator, *, accounts: Accounts) -> bytes:
    rows = ([*words, *(as_typed(amount) for amount in amounts)] for words, amounts in _months(months, texts, accounts))
    return csv_file([[texts.gettext(title) for title in MONTH_HEAD], *rows])


def as_xlsx(
    entries: Sequence[EntryView],
    months: Sequence[MonthBalance],
    texts: Translator,
    *,
    kinds: Kinds,
    accounts: Accounts,
) -> bytes:
    """Two sheets, written row by row. Amounts are numbers of zł there."""
    from openpyxl import Workbook  # loading it takes a tenth of a second

    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts.gettext(N_("Ledger")))
    sheet.append([texts.gettext(title) for title in HEAD])
    for *words, debit, credit, back in _rows(entries, texts, kinds, accounts):
        cells = [_cell(str(word)) for word in words]
        sheet.append([*cells, debit / 100 if debit else None, credit / 100 if credit else None, _cell(back)])
    sheet = book.create_sheet(texts.gettext(MONTHS))
    sheet.append([texts.gettext(title) for title in MONTH_HEAD])
    for told, amounts in _months(months, texts, accounts):
        sheet.append([*map(_cell, told), *(amount / 100 for amount in amounts)])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _rows(
    entries: Sequence[EntryView], texts: Translator, kinds: Kinds, accounts: Accounts
) -> Iterator[tuple[str, str, str, str, str, str, int, int, str]]:
    for entry in entries:
        for one in entry.postings:
            yield _row(entry, one, texts, kinds, accounts)


def _months(
    months: Sequence[MonthBalance], texts: Translator, accounts: Accounts
) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """In words, and in grosz."""
    for one in months:
        words = (one.first.isoformat(), one.last.isoformat(), texts.gettext(accounts[one.account]))
        yield words, (one.opening, one.debit, one.credit, one.closing)


def _row(
    entry: EntryView, one: PostingView, texts: Translator, kinds: Kinds, accounts: Accounts
) -> tuple[str, str, str, str, str, str, int, int, str]:
    at = entry.at.astimezone(WARSAW)
    return (
        at.strftime("%Y-%m-%d"),
        at.strftime("%H:%M"),
        str(entry.id),
        texts.gettext(kinds[entry.kind]),
        texts.gettext(accounts[Account(one.account)]),
        one.party,
        max(one.amount, 0),
        max(-one.amount, 0),
        str(entry.reverses or ""),
    )


def _cell(text: str) -> str:
    return harmless("".join(letter for letter in text if letter >= " " and letter not in NOT_XML))
