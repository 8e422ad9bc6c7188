"""Which charges a transfer may pay: without a database."""

from datetime import date
from time import perf_counter
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from incubator.payments.bank_rows import BankRow
from incubator.payments.rules import title_of
from incubator.payments.suggest import MOST, Asked, suggested, words_of

ACME = Asked(id=uuid4(), number=41, outstanding=12_300, payer="Acme Sp. z o.o.")
ZOFIA = Asked(id=uuid4(), number=42, outstanding=12_300, payer="Zofia Łęcka")
OTHER = Asked(id=uuid4(), number=43, outstanding=5_000, payer="Zofia Łęcka")
ASKED = [ACME, ZOFIA, OTHER]


def sent(title: str, payer: str, amount: int) -> BankRow:
    return BankRow(line=1, booked_on=date(2026, 9, 7), amount=amount, payer=payer, iban="", title=title)


def looked(title: str = "", payer: str = "", amount: int = 12_300) -> list[tuple[object, str, bool]]:
    (told,) = suggested([sent(title, payer, amount)], asked=ASKED)
    return [(one.charge_id, one.why, one.exact) for one in told]


def test_a_number_in_the_title_says_what_a_transfer_is_for() -> None:
    assert looked(title_of(43), "ZOFIA LECKA") == [(OTHER.id, "number", False)]
    assert looked(title_of(43), amount=5_000) == [(OTHER.id, "number", True)]
    assert looked(f"{title_of(41)} {title_of(42)}") == [(ACME.id, "number", True), (ZOFIA.id, "number", True)]


def test_without_a_number_it_is_the_amount_and_the_name() -> None:
    assert looked("sala", "LECKA ZOFIA UL. KWIATOWA 1 KRAKOW") == [(ZOFIA.id, "name", True)]
    assert looked("za Acme", "Jan Nowak") == [(ACME.id, "name", True)]
    assert looked("sala", "Jan Nowak") == [], "two charges have this amount"
    assert looked("sala", "Jan Nowak", 5_000) == [(OTHER.id, "amount", True)]
    assert looked("sala", "ZOFIA LECKA", 4_999) == []


def test_a_number_of_what_is_not_waited_for_says_nothing() -> None:
    assert looked(title_of(99), "Jan Nowak", 77) == []


NAMES = st.lists(st.sampled_from(["Jan", "Ewa", "Łoś", "Nowak", "Acme"]), max_size=3).map(" ".join)
AMOUNTS = st.sampled_from([100, 200])


@given(charges=st.lists(st.tuples(AMOUNTS, NAMES), max_size=8), amount=AMOUNTS, payer=NAMES, title=NAMES)
def test_by_name_are_all_of_the_amount_that_share_two_words_or_the_one(
    charges: list[tuple[int, str]], amount: int, payer: str, title: str
) -> None:
    asked = [Asked(id=uuid4(), number=n, outstanding=much, payer=who) for n, (much, who) in enumerate(charges)]
    words = words_of(f"{payer} {title}")
    same = [one for one in asked if one.outstanding == amount]
    by_name = [one for one in same if (its := words_of(one.payer)) and len(its & words) >= min(2, len(its))]
    (told,) = suggested([sent(title, payer, amount)], asked=asked)
    alone = same if len(same) == 1 else []
    assert [one.charge_id for one in told] == [one.id for one in (by_name or alone)[:MOST]]
    assert {one.why for one in told} <= {"name" if by_name else "amount"}


def test_a_file_that_means_ill_is_looked_at_in_time() -> None:
    """Thousands that owe the same, and titles full of numbers, of names, and of letters that are many."""
    asked = [
        Asked(id=uuid4(), number=n, outstanding=100, payer=f"Jan Nowak{n % 300} Firma{n // 2}") for n in range(5_000)
    ]
    titles = ["INK9876543210 " * 25, "1234567 " * 43, "\ufdfa" * 115, "Jan Nowak1 Nowak2 Firma7 Firma8"]
    began = perf_counter()
    told = suggested([sent(titles[n % 4], "Jan Nowak7", 100) for n in range(2_000)], asked=asked)
    assert perf_counter() - began < 10, "for each charge anew it takes a minute"
    assert max(map(len, told)) == MOST
