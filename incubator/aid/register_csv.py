"""A report on aid as the table that is typed or loaded into the register: always in Polish, amounts with a comma."""

from collections.abc import Iterator, Sequence

from incubator.aid.views import AidEntryView, ReportView
from incubator.web.amounts import as_typed
from incubator.web.spreadsheet import csv_file

HEAD = (
    "Lp.",
    "Stan zestawienia",
    "NIP beneficjenta",
    "Nazwa beneficjenta",
    "Adres beneficjenta",
    "Wielkość beneficjenta",
    "Podmiot udzielający",
    "Dzień udzielenia pomocy",
    "Podstawa prawna",
    "Forma pomocy",
    "Za co",
    "Minuty",
    "Wartość rynkowa netto PLN",
    "Zapłacono netto PLN",
    "Wartość pomocy brutto PLN",
    "Wartość pomocy brutto EUR",
    "Kurs euro",
    "Tabela NBP",
    "Podstawa wyceny",
    "Korekta pozycji",
    "Identyfikator",
)
FORM = "usługa poniżej ceny rynkowej"
FREE = "usługa bezpłatna"
KINDS = {"booking": "przestrzeń", "meeting": "spotkanie z mentorem", "registration": "miejsce na szkoleniu"}
SIZES = {
    "micro": "mikroprzedsiębiorstwo",
    "small": "małe przedsiębiorstwo",
    "medium": "średnie przedsiębiorstwo",
    "large": "inne przedsiębiorstwo",
}


def register_csv(report: ReportView, entries: Sequence[AidEntryView]) -> bytes:
    """A draft says in each row that it is one."""
    state = "zatwierdzone" if report.approved_at else "PROJEKT"
    return csv_file([HEAD, *_rows(state, report.gmina_name, entries)])


def _rows(state: str, gmina: str, entries: Sequence[AidEntryView]) -> Iterator[list[str]]:
    for number, one in enumerate(entries, 1):
        yield [
            str(number),
            state,
            one.nip or "",
            one.organisation_name,
            one.address,
            SIZES.get(one.size, ""),
            f"Gmina {gmina}",
            one.granted_on.isoformat(),
            f"rozporządzenie Komisji (UE) {one.basis}",
            FORM if one.charged else FREE,
            KINDS[one.subject_kind],
            str(one.minutes or ""),
            _amount(one.market),
            _amount(one.charged),
            _amount(one.amount),
            _amount(one.amount_cents),
            f"{one.rate // 10_000},{one.rate % 10_000:04}",
            one.rate_table,
            one.benchmark,
            str(one.reverses or ""),
            str(one.id),
        ]


def _amount(minor: int) -> str:
    return as_typed(minor)
