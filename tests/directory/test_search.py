"""What people type, and whom they find: words in any form, with a slip, without marks, in English."""

from uuid import UUID

import pytest

from incubator.db.engine import Database, Tx, transaction
from incubator.directory.search import Wish, find
from incubator.directory.views import Found
from incubator.web.cursors import BadCursor
from tests.cast import Cast
from tests.directory.cast import demonstration, put_company

# What is typed, and a name that is among the first five.
QUERIES = (
    # as it is written
    ("piekarnia", "Piekarnia Pod Zegarem"),
    ("drukarnia literka", "Drukarnia Literka"),
    ("Saldo", "Biuro Rachunkowe Saldo"),
    ("okna", "Okna Kocmyrzów"),
    ("drony", "Drony Rudawa"),
    # inflected
    ("piekarni", "Piekarnia Pod Zegarem"),
    ("piekarniach", "Piekarnia Pod Zegarem"),
    ("chleba", "Piekarnia Pod Zegarem"),
    ("bułek", "Piekarnia Pod Zegarem"),
    ("książek", "Drukarnia Literka"),
    ("etykietami", "Drukarnia Literka"),
    ("księgowości", "Biuro Rachunkowe Saldo"),
    ("meblami", "Stolarnia Dąbek"),
    ("schodów", "Stolarnia Dąbek"),
    ("drzwiami", "Stolarnia Dąbek"),
    ("miodem", "Miody spod Lasu"),
    ("miodów", "Miody spod Lasu"),
    ("serów", "Sery z Dolinek"),
    ("serami kozimi", "Sery z Dolinek"),
    ("rowerów", "Rowery Żubr"),
    ("rowerami", "Rowery Żubr"),
    ("kłódek", "Kłódki Świątnickie"),
    ("zamków", "Kłódki Świątnickie"),
    ("robotami", "Robotyka dla Klas"),
    ("kosmetyków", "Laboratorium Aronia"),
    ("jabłkami", "Sady Michałowickie"),
    ("soków", "Sady Michałowickie"),
    ("tłumacza", "Tłumaczenia Babel"),
    ("winem", "Winnica Przebieczany"),
    ("pomidorów", "Szklarnie Igołomia"),
    ("ogrodów", "Zielony Dach"),
    ("kołdry pościele", "Sól i Len"),
    # akin
    ("księgowa", "Biuro Rachunkowe Saldo"),
    ("stolarz", "Stolarnia Dąbek"),
    ("stolarskie", "Stolarnia Dąbek"),
    ("drukarz", "Drukarnia Literka"),
    ("ceramiczne", "Ceramika Mogilany"),
    ("ślusarz", "Ślusarstwo Olszowik"),
    ("krawiec", "Żwawa Igła"),
    # one slip
    ("piekrania", "Piekarnia Pod Zegarem"),
    ("pekarnia", "Piekarnia Pod Zegarem"),
    ("drukkarnia", "Drukarnia Literka"),
    ("ksiegowsc", "Biuro Rachunkowe Saldo"),
    ("stolarnai", "Stolarnia Dąbek"),
    ("ceramkia", "Ceramika Mogilany"),
    ("rehabilitajca", "Fizjoterapia Ruch"),
    ("kosmtyki", "Laboratorium Aronia"),
    ("oprogramownie", "Chmura Danych"),
    ("automatkya", "Automatyka Królewska"),
    ("wspinaczak", "Wspinaczka Jura"),
    # without marks
    ("ksiegowosc", "Biuro Rachunkowe Saldo"),
    ("kielbasa", "Kiełbasa Lisiecka Stawowski"),
    ("klodki", "Kłódki Świątnickie"),
    ("sol", "Solna Kraina"),
    ("miod lipowy", "Miody spod Lasu"),
    ("zwawa igla", "Żwawa Igła"),
    ("wedzone ryby", "Ryby z Przeginii"),
    # two words, of which one is a place
    ("meble Niepołomice", "Puszcza Meble"),
    ("sery Wielka Wieś", "Sery z Dolinek"),
    ("transport Skawina", "Transport Nowak i Córki"),
    ("naprawa rowerów", "Rowery Żubr"),
    ("szkolenie psa", "Pies na Szlaku"),
    ("domy drewniane", "Dom z Bala"),
    ("panele sloneczne", "Elektro Dłubnia"),
    ("nauka jazdy konno", "Stadnina Czułówek"),
    # English
    ("bakery", "Piekarnia Pod Zegarem"),
    ("bread", "Piekarnia Pod Zegarem"),
    ("furniture", "Puszcza Meble"),
    ("translations", "Tłumaczenia Babel"),
    ("robots", "Robotyka dla Klas"),
    ("solar panels", "Elektro Dłubnia"),
    ("bicycle repair", "Rowery Żubr"),
    # by a number
    ("9990010001", "Piekarnia Pod Zegarem"),
)


async def test_who_is_searched_for_is_among_the_first_five(db: Database, cast: Cast) -> None:
    assert len(QUERIES) >= 60
    async with transaction(db) as tx:
        await put_demonstration(tx, cast)
        missed = [
            (typed, wanted, names(found))
            for typed, wanted in QUERIES
            if wanted not in names(found := await find(tx, wish=Wish(words=typed), limit=5))
        ]
    assert missed == []


async def put_demonstration(tx: Tx, cast: Cast) -> None:
    gminas = {"niepolomice": cast.niepolomice, "skawina": cast.skawina}
    for row in demonstration():
        if row["gmina"] not in gminas:
            gminas[row["gmina"]] = await tx.fetchval(
                "INSERT INTO gmina (id, terc, slug, name, kind, county, population, brand_pl, brand_en, version)"
                " VALUES (gen_random_uuid(), $1, $2, $3, 'rural', '', 1, '', '', 1) RETURNING id",
                f"{3000000 + len(gminas)}",
                row["gmina"],
                row["gmina"].replace("-", " ").title(),
            )
        await put_company(
            tx,
            gmina=gminas[row["gmina"]],
            name=row["name"],
            nip=row["nip"],
            makes_pl=row["makes_pl"],
            makes_en=row["makes_en"],
            looking=row["looking_for_pl"],
            offers=row["offers_pl"],
            town=row["town"],
            pkd_2007=[row["pkd_2007"]],
        )


def names(found: Found) -> list[str]:
    return [one.name for one in found.companies]


async def three(tx: Tx, cast: Cast) -> list[UUID]:
    return [
        await put_company(tx, gmina=cast.niepolomice, name="Piekarnia Ula", nip="6774167210", pkd_2025=["10.71.Z"]),
        await put_company(tx, gmina=cast.skawina, name="Młyn", nip="6760684036", makes_pl="Mąka dla każdej piekarni", looking="Odbiorcy", pkd_2007=["45.20.Z"]),
        await put_company(tx, gmina=cast.skawina, name="Okna", nip=None, organisation=cast.rival, makes_pl="Okna", offers="Pomiar"),
    ]  # fmt: skip


async def test_who_has_the_word_in_the_name_comes_first(tx: Tx, cast: Cast) -> None:
    await three(tx, cast)
    assert names(await find(tx, wish=Wish(words="piekarnie"))) == ["Piekarnia Ula", "Młyn"]


async def test_without_words_all_are_listed_by_the_polish_alphabet(tx: Tx, cast: Cast) -> None:
    await three(tx, cast)
    await put_company(tx, gmina=cast.skawina, name="Łąka", nip="5261040828")
    found = await find(tx, wish=Wish())
    assert names(found) == ["Łąka", "Młyn", "Okna", "Piekarnia Ula"] and found.total == 4


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(gmina="skawina"), ["Młyn", "Okna"]),
        (Wish(gmina="skawina", words="piekarnia"), ["Młyn"]),
        (Wish(section="C"), ["Piekarnia Ula"]),
        (Wish(section="G"), ["Młyn"]),
        (Wish(wants="looking"), ["Młyn"]),
        (Wish(wants="offering"), ["Okna"]),
        (Wish(ambassador=True), []),
        (Wish(specialisation="nothing-like-it"), []),
        (Wish(gmina="nowhere"), []),
    ],
)
async def test_what_is_asked_for_narrows(tx: Tx, cast: Cast, wish: Wish, expected: list[str]) -> None:
    await three(tx, cast)
    assert names(await find(tx, wish=wish)) == expected


async def test_where_nobody_has_all_the_words_those_who_have_one_are_found(tx: Tx, cast: Cast) -> None:
    await three(tx, cast)
    assert names(await find(tx, wish=Wish(words="okna helikoptery"))) == ["Okna"]


async def test_a_slip_is_said(tx: Tx, cast: Cast) -> None:
    await three(tx, cast)
    found = await find(tx, wish=Wish(words="piekrania"))
    assert names(found)[0] == "Piekarnia Ula" and found.instead == ["piekarn"]


async def test_what_is_not_published_is_not_found(tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.skawina, name="Ukryta", state="hidden", because="owner")
    await put_company(tx, gmina=cast.skawina, name="Szkic", nip=None, organisation=cast.rival, state="draft")
    assert names(await find(tx, wish=Wish())) == [] and names(await find(tx, wish=Wish(words="ukryta"))) == []


@pytest.mark.parametrize("words", ["", "piekarnia"])
async def test_pages_follow_each_other_without_a_gap(tx: Tx, cast: Cast, words: str) -> None:
    for turn in range(7):
        await put_company(tx, gmina=cast.skawina, name=f"Piekarnia {'ab'[turn % 2]}", nip=nip_of(turn))
    seen, after = [], None
    for _ in range(4):
        found = await find(tx, wish=Wish(words=words), after=after, limit=2)
        assert found.total == 7
        seen += [one.id for one in found.companies]
        after = found.next
    assert len(seen) == 7 == len(set(seen)) and after is None


@pytest.mark.parametrize(
    "words",
    [
        "'",
        "a & b | !c:*",
        "\\",
        "'; DROP",
        "x" * 400,
        "ąćę " * 100,
        "🙂",
        "w i z",
        "\u202e",
        "123",
        "\uff9e",
        "\u037a x",
    ],
)
async def test_anything_may_be_typed(tx: Tx, cast: Cast, words: str) -> None:
    await three(tx, cast)
    await find(tx, wish=Wish(words=words))


@pytest.mark.parametrize("odd", ["\ufdfa", "\u037a", "\uff9e", "\ufc5e", "\u2474"])
async def test_a_company_may_write_any_letter(tx: Tx, cast: Cast, odd: str) -> None:
    """Some letters are taken apart into blanks and marks, or into nothing."""
    await put_company(tx, gmina=cast.skawina, makes_pl=f"Chleb {odd} {odd}na zakwasie")
    assert (await find(tx, wish=Wish(words="zakwasie"))).total == 1


async def test_a_cursor_of_another_list_is_refused(tx: Tx, cast: Cast) -> None:
    with pytest.raises(BadCursor):
        await find(tx, wish=Wish(), after="bm90aGluZw")


def nip_of(turn: int) -> str:
    """A NIP with a right check digit, another for each turn."""
    weights = (6, 5, 7, 2, 3, 4, 5, 6, 7)
    digits = f"{676000000 + turn * 7}"
    check = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return f"{digits}{check}" if check < 10 else nip_of(turn + 1_000_000)
