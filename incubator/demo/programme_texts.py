"""What the made-up programmes say of themselves, in both languages."""

from dataclasses import dataclass

from incubator.programmes.details import PartnerLine, PerkLine, ProgrammeDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A programme of a gmina (its slug), or of the office."""

    gmina: str | None
    details: ProgrammeDetails
    partners: tuple[PartnerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An edition; days are counted from today. `named` are further days: how far from the first one, what."""

    programme: str
    name_pl: str
    name_en: str
    about_pl: str
    about_en: str
    call: tuple[int, int]
    starts: int
    ends: int
    demo_day: int
    places: int
    perks: tuple[PerkLine, ...]
    named: tuple[tuple[int, str, str], ...]
    partners: tuple[PartnerLine, ...] = ()


BUNDLE_PARTNERS = (
    PartnerLine(
        name="Stowarzyszenie Metropolia Krakowska",
        url="https://metropoliakrakowska.pl",
        role_pl="koordynuje wiązkę",
        role_en="coordinates the bundle",
    ),
    PartnerLine(name="Izba Małych Firm (demo)", role_pl="partner branżowy", role_en="trade partner"),
    PartnerLine(name="Uczelnia Techniczna (demo)", role_pl="partner naukowy", role_en="science partner"),
)

PROGRAMMES = {
    "rozbieg": Started(
        gmina="krakow",
        details=ProgrammeDetails(
            name_pl="Rozbieg",
            name_en="Run-up",
            summary_pl="Pół roku dla zespołów, które mają działający prototyp i szukają pierwszych klientów.",
            summary_en="Half a year for teams with a working prototype that look for their first customers.",
            about_pl="Rozbieg prowadzi od prototypu do pierwszej sprzedaży. Co dwa tygodnie zespół spotyka się z "
            "mentorem, raz w miesiącu ze wszystkimi uczestnikami. W Klastrze Zabłocie czekają sale i biurka.\n\n"
            "Zgłosić może się firma, która działa nie dłużej niż trzy lata, albo zespół, który dopiero ją zakłada. "
            "Liczy się pomysł, zespół i to, czy ktoś naprawdę tego potrzebuje.",
            about_en="Run-up leads from a prototype to first sales. Every two weeks the team meets its mentor, once a "
            "month all participants. Rooms and desks are ready at Klaster Zabłocie.\n\n"
            "Companies up to three years old may apply, and teams that are still founding theirs. What counts is "
            "the idea, the team, and whether somebody really needs it.",
        ),
        partners=(
            PartnerLine(name="Fundusz Pierwszy Krok (demo)", role_pl="fundusz zalążkowy", role_en="seed fund"),
            PartnerLine(name="Krakowska Kancelaria Startupowa (demo)", role_pl="porady prawne", role_en="legal advice"),
        ),
    ),
    "warsztat": Started(
        gmina="niepolomice",
        details=ProgrammeDetails(
            name_pl="Warsztat Przemysłowy",
            name_en="Industrial Workshop",
            summary_pl="Dla firm, które produkują: od próbnej serii do umowy z odbiorcą ze strefy przemysłowej.",
            summary_en="For companies that make things: from a trial series to a contract with a buyer from the "
            "industrial zone.",
            about_pl="W Niepołomicach fabryki są za płotem. Warsztat łączy młode firmy z ich inżynierami: wspólnie "
            "sprawdzają, czy próbna seria wytrzyma codzienną pracę, i uczą się, jak sprzedaje się przemysłowi.",
            about_en="In Niepołomice factories are next door. The workshop brings young companies together with their "
            "engineers: they test whether a trial series stands up to daily work, and learn how to sell to industry.",
        ),
        partners=(
            PartnerLine(
                name="Niepołomicka Strefa Przemysłowa (demo)",
                role_pl="udostępnia hale do prób",
                role_en="lends halls for trials",
            ),
        ),
    ),
    "zielona": Started(
        gmina=None,
        details=ProgrammeDetails(
            name_pl="Zielona Metropolia",
            name_en="Green Metropolis",
            summary_pl="Rozwiązania dla gmin: woda, odpady, energia, dojazdy. Pilotaż w jednej z piętnastu gmin.",
            summary_en="Solutions for gminas: water, waste, energy, getting around. With a pilot in one of the fifteen "
            "gminas.",
            about_pl="Piętnaście gmin zgłosiło problemy, z którymi same sobie nie radzą. Uczestnicy wybierają jeden z "
            "nich i przez pół roku budują rozwiązanie razem z urzędem, który go potrzebuje.",
            about_en="Fifteen gminas named problems that they cannot solve by themselves. Participants choose one and "
            "build a solution in half a year, together with the municipal office that needs it.",
        ),
        partners=(
            PartnerLine(name="Wodociągi Metropolii (demo)", role_pl="zgłasza wyzwania", role_en="sets challenges"),
        ),
    ),
}

USUAL = (
    PerkLine(kind="room_minutes", amount=40 * 60),
    PerkLine(kind="desk_days", amount=30),
    PerkLine(kind="mentor_minutes", amount=20 * 60),
    PerkLine(kind="other", name_pl="Porady prawne i księgowe", name_en="Advice on law and bookkeeping"),
)
MEETINGS = (
    (0, "Spotkanie otwierające", "Kick-off"),
    (28, "Warsztat: rozmowy z klientami", "Workshop: talking to customers"),
    (70, "Warsztat: cena i sprzedaż", "Workshop: price and sales"),
    (112, "Warsztat: finanse firmy", "Workshop: company finances"),
)

PLANS = {
    "coming": Plan(
        programme="zielona",
        name_pl="Edycja 2",
        name_en="Edition 2",
        about_pl="Tematy tej edycji: mała retencja, naprawianie zamiast wyrzucania, bezpieczne drogi do szkół.",
        about_en="Topics of this edition: retaining rainwater, mending instead of throwing away, safe ways to school.",
        call=(14, 49),
        starts=92,
        ends=270,
        demo_day=264,
        places=8,
        perks=(*USUAL[:3], PerkLine(kind="other", name_pl="Pilotaż w gminie", name_en="A pilot in a gmina")),
        named=MEETINGS[:2],
    ),
    "open": Plan(
        programme="warsztat",
        name_pl="Edycja 1",
        name_en="Edition 1",
        about_pl="Pierwsza edycja jest mała: sześć firm, każda z inżynierem ze strefy u boku.",
        about_en="The first edition is small: six companies, each with an engineer from the zone at its side.",
        call=(-12, 16),
        starts=58,
        ends=235,
        demo_day=230,
        places=6,
        perks=(*USUAL[:3], PerkLine(kind="seats", amount=3)),
        named=MEETINGS,
        partners=(PartnerLine(name="Stolarnia Puszcza (demo)", role_pl="mentoring", role_en="mentoring"),),
    ),
    "assessed": Plan(
        programme="zielona",
        name_pl="Edycja 1",
        name_en="Edition 1",
        about_pl="Tematy tej edycji: mniej odpadów z targowisk, ciepło z lokalnych źródeł, współdzielone dojazdy.",
        about_en="Topics of this edition: less waste from markets, heat from local sources, sharing the way to work.",
        call=(-45, -10),
        starts=34,
        ends=212,
        demo_day=206,
        places=5,
        perks=USUAL,
        named=MEETINGS,
    ),
    "ranked": Plan(
        programme="warsztat",
        name_pl="Edycja próbna",
        name_en="Trial edition",
        about_pl="Krótki program dla dwóch firm: sprawdzamy, czego potrzebują, zanim ruszy pierwsza edycja.",
        about_en="A short programme for two companies: we find out what they need before the first edition starts.",
        call=(-58, -27),
        starts=16,
        ends=72,
        demo_day=70,
        places=2,
        perks=USUAL[:3],
        named=MEETINGS[:2],
    ),
    "running": Plan(
        programme="rozbieg",
        name_pl="Edycja 2",
        name_en="Edition 2",
        about_pl="W tej edycji więcej spotkań z klientami i dzień otwarty dla mieszkańców.",
        about_en="In this edition there are more meetings with customers, and an open day for residents.",
        call=(-125, -90),
        starts=-55,
        ends=126,
        demo_day=120,
        places=6,
        perks=(*USUAL, PerkLine(kind="seats", amount=3)),
        named=MEETINGS,
    ),
    "over": Plan(
        programme="rozbieg",
        name_pl="Edycja 1",
        name_en="Edition 1",
        about_pl="Pierwsza edycja. Jej uczestnicy pokazali swoje produkty na dniu otwartym.",
        about_en="The first edition. Its participants showed their products at the demo day.",
        call=(-420, -385),
        starts=-345,
        ends=-165,
        demo_day=-170,
        places=5,
        perks=USUAL,
        named=MEETINGS,
    ),
}
