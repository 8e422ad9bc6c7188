"""The people of the demonstration and their organisations: all made up."""

import unicodedata
from dataclasses import dataclass

DOMAIN = "demo.invalid"


def address(name: str) -> str:
    """anna.zolw@demo.invalid for Anna Żółw."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("ł", "l"))
    letters = "".join(letter for letter in plain if letter.isascii() and (letter.isalpha() or letter in " -"))
    return f"{letters.replace(' ', '.')}@{DOMAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """An organisation: the first of its `people` owns it. `turn` makes its NIP."""

    name: str
    kind: str
    gmina: str
    turn: int
    pkd: str
    people: tuple[str, ...]
    doing: tuple[str, ...]
    """What they book a room for."""


TEAMS = (
    Team(
        name="Sensoria Lab",
        kind="startup",
        gmina="krakow",
        turn=1,
        pkd="62.10.B",
        people=("Zofia Wronka", "Igor Palczak", "Maja Drozdek"),
        doing=("Przegląd sprintu", "Testy z użytkownikami", "Rozmowa z inwestorem"),
    ),
    Team(
        name="Rowerem po Plantach",
        kind="ngo",
        gmina="krakow",
        turn=2,
        pkd="94.99.Z",
        people=("Kalina Sroczka", "Borys Zięba-Pióro"),
        doing=("Zebranie zarządu", "Warsztaty dla wolontariuszy"),
    ),
    Team(
        name="Puszcza Robotics",
        kind="startup",
        gmina="niepolomice",
        turn=3,
        pkd="28.99.Z",
        people=("Adam Żubrowicz", "Lena Dąbek", "Oskar Gałązka"),
        doing=("Demo ramienia robota", "Planowanie produkcji", "Spotkanie z klientem z Bochni"),
    ),
    Team(
        name="Fundacja Królewskie Ścieżki",
        kind="ngo",
        gmina="niepolomice",
        turn=4,
        pkd="94.99.Z",
        people=("Hanna Zamkowska", "Tymon Ścieżka"),
        doing=("Spotkanie przewodników", "Klub seniora: smartfon bez tajemnic", "Warsztaty rękodzieła"),
    ),
    Team(
        name="Sól i Pieprz Podróże",
        kind="company",
        gmina="wieliczka",
        turn=5,
        pkd="79.12.Z",
        people=("Nadia Solecka", "Jeremi Kopalniak"),
        doing=("Szkolenie pilotów", "Układanie tras na sezon"),
    ),
    Team(
        name="Tężnia Zdrowia",
        kind="startup",
        gmina="wieliczka",
        turn=6,
        pkd="86.90.D",
        people=("Iga Oddech", "Leon Mgiełka"),
        doing=("Konsultacje fizjoterapeutów", "Prezentacja dla przychodni"),
    ),
    Team(
        name="Chata na Pogórzu",
        kind="company",
        gmina="biskupice",
        turn=7,
        pkd="55.20.Z",
        people=("Róża Chatka",),
        doing=("Narada gospodarzy agroturystyk",),
    ),
    Team(
        name="Rabata Studio",
        kind="startup",
        gmina="zielonki",
        turn=8,
        pkd="71.11.Z",
        people=("Jagoda Grządka", "Bruno Listek"),
        doing=("Projekt ogrodu społecznego", "Spotkanie z inwestorem"),
    ),
    Team(
        name="Komora Druku 3D",
        kind="company",
        gmina="michalowice",
        turn=9,
        pkd="18.12.Z",
        people=("Witold Filament", "Sara Dysza"),
        doing=("Odbiór prototypów", "Wycena zlecenia"),
    ),
    Team(
        name="Less i Spółka",
        kind="startup",
        gmina="kocmyrzow-luborzyca",
        turn=10,
        pkd="10.39.Z",
        people=("Celina Burak", "Kajetan Miedza"),
        doing=("Próba receptury: chipsy z buraka", "Degustacja"),
    ),
    Team(
        name="Marchew Express",
        kind="startup",
        gmina="igolomia-wawrzenczyce",
        turn=11,
        pkd="47.91.Z",
        people=("Gustaw Natka", "Ewelina Skrzynka"),
        doing=("Planowanie dostaw", "Szkolenie rolników z zamówień"),
    ),
    Team(
        name="Stowarzyszenie Brama Jury",
        kind="ngo",
        gmina="wielka-wies",
        turn=12,
        pkd="94.99.Z",
        people=("Dobrawa Skałka", "Filip Ostaniec"),
        doing=("Przygotowanie Wielkowiejskiego Targu", "Spotkanie wystawców"),
    ),
    Team(
        name="Serowarnia Pod Skałą",
        kind="company",
        gmina="wielka-wies",
        turn=13,
        pkd="10.51.Z",
        people=("Lidia Podpuszczka",),
        doing=("Warsztat etykiet", "Rozmowy z odbiorcami"),
    ),
    Team(
        name="Startowy Pas",
        kind="startup",
        gmina="zabierzow",
        turn=14,
        pkd="62.10.B",
        people=("Klara Lotna", "Max Terminal", "Pola Bramka"),
        doing=("Stand-up zespołu", "Wideorozmowa z klientem z Monachium", "Retrospektywa"),
    ),
    Team(
        name="Księgi bez Tajemnic",
        kind="company",
        gmina="zabierzow",
        turn=15,
        pkd="69.20.Z",
        people=("Wanda Saldo", "Emil Faktura"),
        doing=("Szkolenie: KSeF dla małych firm", "Konsultacje podatkowe"),
    ),
    Team(
        name="Wędzarnia Dębowa",
        kind="startup",
        gmina="liszki",
        turn=16,
        pkd="10.13.Z",
        people=("Roman Dymek", "Stefania Kiełbaska"),
        doing=("Próbna partia", "Pakowanie próbek", "Spotkanie ze sklepami"),
    ),
    Team(
        name="Drony dla Pola",
        kind="startup",
        gmina="czernichow",
        turn=17,
        pkd="71.12.Z",
        people=("Nikodem Śmigło", "Aniela Miedza"),
        doing=("Planowanie nalotów", "Pokaz dla rolników"),
    ),
    Team(
        name="Iskra CNC",
        kind="startup",
        gmina="skawina",
        turn=18,
        pkd="25.62.Z",
        people=("Olgierd Tokarz", "Julita Frez", "Ksawery Nit"),
        doing=("Prototyp uchwytu", "Przegląd projektu", "Spotkanie z działem zakupów"),
    ),
    Team(
        name="Skawińska Rada Firm",
        kind="ngo",
        gmina="skawina",
        turn=19,
        pkd="94.11.Z",
        people=("Bożena Rada", "Czesław Forum"),
        doing=("Śniadanie przedsiębiorców", "Zebranie rady"),
    ),
    Team(
        name="Gabinet z Widokiem",
        kind="company",
        gmina="mogilany",
        turn=20,
        pkd="86.90.A",
        people=("Tola Widok", "Marcel Kręg"),
        doing=("Zdrowy kręgosłup: zajęcia", "Konsultacje"),
    ),
    Team(
        name="Kłódkomat",
        kind="startup",
        gmina="swiatniki-gorne",
        turn=21,
        pkd="25.72.Z",
        people=("Antoni Rygiel", "Blanka Zapadka"),
        doing=("Montaż zamka elektronicznego", "Rozmowa z wypożyczalnią rowerów"),
    ),
)

RESIDENTS = (
    ("Alicja Pomysł", "krakow"),
    ("Dominik Zaczyn", "niepolomice"),
    ("Felicja Start", "wieliczka"),
    ("Henryk Rozmach", "skawina"),
    ("Inga Próba", "zabierzow"),
)
MENTORS = (("Barbara Kompas", "krakow"), ("Jacek Latarnia", "zabierzow"))
EXPERTS = (("Halina Wierzbicka", "krakow"), ("Marek Olszak", "wieliczka"), ("Teresa Jagoda", "skawina"))
"""Who scores applications."""
RESIDENTS_DO = ("Rozmowa z doradcą", "Praca nad biznesplanem", "Spotkanie ze wspólniczką")
