"""The mentors of the demonstration: made-up people who could be met at its incubators."""

from dataclasses import dataclass

from incubator.mentoring.details import Language

WORKDAYS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Hours:
    """On these weekdays from `opens` to `closes` (hours), at a venue (its slug), online, or either."""

    weekdays: tuple[int, ...]
    opens: int
    closes: int
    venue: str = ""
    online: bool = False
    audience: str = "everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrayal:
    """`contract` is hours of budget and zł an hour; none for a volunteer."""

    name: str
    gmina: str
    headline: tuple[str, str]
    about: tuple[str, str]
    topics: tuple[str, ...]
    hours: tuple[Hours, ...]
    languages: tuple[Language, ...] = ("pl", "en")
    contract: tuple[int, int] | None = (60, 160)
    lengths: tuple[int, ...] = (30, 60)
    state: str = "active"


MENTORS = (
    Portrayal(
        name="Barbara Kompas",
        gmina="krakow",
        headline=("Od pomysłu do pierwszych stu klientów", "From an idea to the first hundred customers"),
        about=(
            "Założyła dwie firmy usługowe i jedną zamknęła, o czym mówi równie chętnie. Pomaga rozmawiać z klientami, zanim powstanie produkt.\n\nNa pierwsze spotkanie przynieś jedno zdanie o tym, czyj problem rozwiązujesz.",
            "Founded two service companies and closed one, and speaks of both as gladly. Helps you talk to customers before there is a product.\n\nBring one sentence to the first meeting: whose problem do you solve?",
        ),
        topics=("pomysl", "rynek", "sprzedaz"),
        hours=(
            Hours((1, 3), 9, 13, "klaster-zablocie", online=True),
            Hours((5,), 9, 12, online=True, audience="organisations"),
        ),
        languages=("pl", "en", "uk"),
        contract=(120, 180),
        lengths=(30, 60, 90),
    ),
    Portrayal(
        name="Jacek Latarnia",
        gmina="zabierzow",
        headline=("Finanse, które widać na jednej kartce", "Finance that fits on one sheet of paper"),
        about=(
            "Przez piętnaście lat prowadził finanse spółek technologicznych w podkrakowskich parkach. Układa z założycielami plan gotówki na rok i rozmowę z bankiem.",
            "Ran the finance of technology companies around Kraków for fifteen years. Draws up a year's cash plan with founders, and prepares the talk with the bank.",
        ),
        topics=("finanse", "finansowanie"),
        hours=(Hours((2, 4), 14, 18, "dolina-biznesu", online=True),),
        contract=(80, 200),
    ),
    Portrayal(
        name="Ewa Paragraf",
        gmina="niepolomice",
        headline=("Umowy, które da się przeczytać", "Contracts that people can read"),
        about=(
            "Radczyni prawna. Przegląda umowy wspólników, regulaminy sklepów i pierwsze umowy z dużym klientem; mówi, czego w nich brakuje.",
            "A legal adviser. Goes through founders' agreements, terms of shops and the first contract with a large customer, and says what is missing.",
        ),
        topics=("prawo", "wlasnosc"),
        hours=(Hours((2,), 9, 15, "las"), Hours((4,), 16, 19, online=True)),
        languages=("pl", "en", "de"),
        lengths=(30, 60),
    ),
    Portrayal(
        name="Marek Frez",
        gmina="niepolomice",
        headline=("Prototyp w trzy tygodnie", "A prototype in three weeks"),
        about=(
            "Inżynier z fabryki w niepołomickiej strefie. Wie, gdzie w okolicy wyciąć, wydrukować i polutować mało i tanio, i kiedy przejść do serii.",
            "An engineer from a factory in the Niepołomice zone. Knows where nearby to cut, print and solder small and cheap, and when to go into series.",
        ),
        topics=("produkcja", "produkt", "technologia"),
        hours=(Hours((1, 3), 15, 18, "las", audience="organisations"),),
        languages=("pl",),
        contract=(40, 150),
        lengths=(60, 120),
    ),
    Portrayal(
        name="Halina Warząchew",
        gmina="skawina",
        headline=("Żywność lokalna od kuchni do półki", "Local food from the kitchen to the shelf"),
        about=(
            "Wprowadziła na rynek przetwory z sześciu gospodarstw. Tłumaczy wymogi sanepidu, etykiety i rozmowy z sieciami sklepów.",
            "Brought the preserves of six farms to market. Explains sanitary rules, labels, and how to talk to chains of shops.",
        ),
        topics=("zywnosc", "sprzedaz", "marketing"),
        hours=(Hours((3,), 9, 14, "kuznia"), Hours((6,), 9, 12, "kuznia")),
        languages=("pl", "sk"),
        contract=(50, 120),
    ),
    Portrayal(
        name="Tomasz Iskierka",
        gmina="skawina",
        headline=("Automatyka i oprogramowanie dla zakładów", "Automation and software for plants"),
        about=(
            "Programista sterowników, potem szef działu rozwoju. Pomaga ocenić, co budować samemu, a co kupić.",
            "Programmed controllers, then led a development department. Helps you judge what to build and what to buy.",
        ),
        topics=("technologia", "dane", "produkcja"),
        hours=(Hours((2, 4), 16, 19, "kuznia", online=True),),
        contract=None,
    ),
    Portrayal(
        name="Oksana Wiatr",
        gmina="wieliczka",
        headline=("Sprzedaż zagraniczna małych firm", "Small companies selling abroad"),
        about=(
            "Otwierała rynki czeski, niemiecki i ukraiński dla producentów spod Krakowa. Zaczyna od pytania, kto po drugiej stronie odbierze telefon.",
            "Opened the Czech, German and Ukrainian markets for makers from around Kraków. Begins by asking who will pick up the phone on the other side.",
        ),
        topics=("eksport", "sprzedaz", "rynek"),
        hours=(Hours((1,), 10, 14, "solny-hub"), Hours((2, 3, 5), 8, 10, online=True, audience="organisations")),
        languages=("pl", "uk", "de", "en"),
        contract=(60, 170),
        lengths=(45, 60),
    ),
    Portrayal(
        name="Ignacy Solniczka",
        gmina="wieliczka",
        headline=("Turystyka poza szczytem sezonu", "Tourism outside of the season"),
        about=(
            "Prowadzi małe biuro podróży i szlak warsztatów rzemieślniczych. Pokazuje, jak połączyć kilka gospodarstw w jedną ofertę.",
            "Runs a small travel agency and a trail of craft workshops. Shows how to join several farms into one offer.",
        ),
        topics=("turystyka", "marketing"),
        hours=(Hours((4,), 9, 13, "solny-hub", online=True),),
        contract=None,
        state="paused",
    ),
    Portrayal(
        name="Renata Ogniwo",
        gmina="zielonki",
        headline=("Pierwsze zatrudnienia i rozmowy o pieniądzach", "First hires, and talking about money"),
        about=(
            "Doradza zespołom od trzech do trzydziestu osób: kogo zatrudnić najpierw, jak się rozstać i jak dzielić udziały.",
            "Advises teams of three to thirty: whom to hire first, how to part, and how to share equity.",
        ),
        topics=("zespol", "prawo"),
        hours=(Hours((1, 4), 12, 15, "zielona-pracownia", online=True),),
        contract=(45, 160),
    ),
    Portrayal(
        name="Piotr Kiełek",
        gmina="kocmyrzow-luborzyca",
        headline=("Technologie dla gospodarstw", "Technology for farms"),
        about=(
            "Agronom i współtwórca czujników wilgotności gleby. Łączy założycieli z rolnikami, którzy wpuszczą ich na pole.",
            "An agronomist and co-maker of soil-moisture sensors. Brings founders together with farmers who will let them onto a field.",
        ),
        topics=("zielone", "technologia", "zywnosc"),
        hours=(Hours((2,), 8, 12, "agrolab"), Hours((5,), 13, 15, online=True)),
        languages=("pl", "en", "fr"),
        contract=(40, 140),
    ),
    Portrayal(
        name="Dorota Most",
        gmina="wielka-wies",
        headline=("Przedsiębiorstwa społeczne i spółdzielnie", "Social enterprises and co-operatives"),
        about=(
            "Pomogła założyć cztery spółdzielnie socjalne. Zna granty, które da się rozliczyć bez etatu księgowej.",
            "Helped found four social co-operatives. Knows the grants that can be accounted for without a bookkeeper on the payroll.",
        ),
        topics=("spoleczna", "finansowanie", "pomysl"),
        hours=(Hours((3,), 10, 16, "targ", online=True),),
        languages=("pl",),
        contract=None,
    ),
    Portrayal(
        name="Krystian Lupa",
        gmina="krakow",
        headline=("Dane i sztuczna inteligencja bez czarów", "Data and artificial intelligence without magic"),
        about=(
            "Badacz, który przeszedł do przemysłu. Sprawdza, czy problem w ogóle potrzebuje modelu, a jeśli tak, to jakich danych.",
            "A researcher who went into industry. Checks whether a problem needs a model at all, and if so, which data.",
        ),
        topics=("dane", "technologia", "produkt"),
        hours=(Hours(WORKDAYS, 17, 19, online=True, audience="organisations"), Hours((2,), 10, 13, "klaster-zablocie")),
        contract=(90, 220),
        lengths=(30, 60),
    ),
    Portrayal(
        name="Magdalena Iskra-Scena",
        gmina="krakow",
        headline=("Trzy minuty, które przekonują", "Three minutes that convince"),
        about=(
            "Aktorka i trenerka wystąpień. Przed dniem demo ćwiczy z zespołami, aż przestaną czytać ze slajdów.",
            "An actress who trains speakers. Before a demo day she rehearses with teams until they no longer read from their slides.",
        ),
        topics=("prezentacja", "marketing", "sprzedaz"),
        hours=(Hours((3,), 9, 13, "klaster-zablocie", online=True), Hours((4,), 15, 19, "klaster-zablocie")),
        languages=("pl", "en", "it"),
        contract=(30, 190),
        lengths=(45, 90),
    ),
    Portrayal(
        name="Wojciech Bilans",
        gmina="liszki",
        headline=("Podatki i księgowość na początek", "Tax and bookkeeping to begin with"),
        about=(
            "Doradca podatkowy. Pomaga wybrać formę działalności i nie przegapić pierwszych terminów.",
            "A tax adviser. Helps you choose the form of business, and not miss the first deadlines.",
        ),
        topics=("podatki", "finanse"),
        hours=(Hours((1, 5), 9, 12, "smaki-liszek", online=True),),
        contract=(35, 150),
        lengths=(30,),
    ),
)
