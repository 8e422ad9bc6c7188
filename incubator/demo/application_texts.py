"""What the made-up calls ask, and what the made-up applicants answer."""

from dataclasses import dataclass

from incubator.applications.details import Option, QuestionDetails

INTRO = (
    "Formularz zajmuje zwykle godzinę. Możesz go zapisać i wrócić później; nikt go nie widzi, dopóki go nie złożysz.",
    "The form usually takes an hour. You can save it and come back; nobody sees it until you hand it in.",
)

FORM = (
    QuestionDetails(
        kind="text",
        label_pl="Pomysł w jednym zdaniu",
        label_en="Your idea in one sentence",
        help_pl="Tak, jak powiesz to sąsiadce w windzie.",
        help_en="As you would tell a neighbour in the lift.",
        most=200,
    ),
    QuestionDetails(
        kind="paragraph",
        label_pl="Jaki problem rozwiązujecie i kto go ma?",
        label_en="Which problem do you solve, and whose is it?",
        least=40,
        most=3000,
    ),
    QuestionDetails(
        kind="choice",
        label_pl="Na jakim etapie jesteście?",
        label_en="How far are you?",
        options=[
            Option(pl="pomysł", en="an idea"),
            Option(pl="działający prototyp", en="a working prototype"),
            Option(pl="pierwsi klienci", en="first customers"),
        ],
    ),
    QuestionDetails(
        kind="choices",
        label_pl="Czego najbardziej potrzebujecie?",
        label_en="What do you need most?",
        options=[
            Option(pl="mentora", en="a mentor"),
            Option(pl="miejsca do pracy", en="a place to work"),
            Option(pl="klientów", en="customers"),
            Option(pl="finansowania", en="funding"),
        ],
        most=2,
    ),
    QuestionDetails(
        kind="number",
        label_pl="Ile osób pracuje w zespole?",
        label_en="How many people are in the team?",
        help_pl="W przeliczeniu na pełne etaty, na przykład 2,5.",
        help_en="In full-time equivalents, such as 2.5.",
        least=1,
        most=250,
    ),
    QuestionDetails(kind="date", label_pl="Kiedy możecie zacząć?", label_en="When can you start?"),
    QuestionDetails(
        kind="file",
        label_pl="Plan na pół roku (PDF, najwyżej trzy strony)",
        label_en="Plan for half a year (PDF, three pages at most)",
        media=["pdf", "docx", "odt"],
        most=5 * 1024 * 1024,
    ),
    QuestionDetails(
        kind="nip",
        label_pl="NIP, jeśli firma już działa",
        label_en="NIP, if the company exists already",
        required=False,
        reveals_identity=True,
    ),
    QuestionDetails(
        kind="declaration",
        label_pl="Oświadczam, że zespół nie ma zaległości podatkowych ani wobec ZUS.",
        label_en="I declare that the team owes no taxes and no social insurance.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """An application; of a person where there is no `team`. `stage` is the number of the answer."""

    team: str | None
    who: str
    title: str
    sentence: str
    problem: str
    stage: str
    people: str
    registered: int = 400
    """How many days before today the company was registered."""


def idea(team: str | None, who: str, title: str, sentence: str, problem: str, stage: str, people: str) -> Idea:
    return Idea(team=team, who=who, title=title, sentence=sentence, problem=problem, stage=stage, people=people)


IDEAS = (
    idea("Puszcza Robotics", "Adam Żubrowicz", "Ramię, które nie męczy się przy pakowaniu", "Lekki robot, który pakuje tam, gdzie dziś brakuje rąk.", "Małe zakłady w strefie przemysłowej nie znajdują ludzi do pakowania, a duże roboty są dla nich za drogie i za trudne w ustawianiu.", "2", "4"),
    idea("Iskra CNC", "Olgierd Tokarz", "Uchwyt na zamówienie w trzy dni", "Projektujemy i frezujemy uchwyty do robotów szybciej, niż przychodzi paczka z zagranicy.", "Gdy linia produkcyjna zmienia wyrób, zakład czeka tygodniami na nowy uchwyt, a linia stoi.", "3", "3,5"),
    idea("Sensoria Lab", "Zofia Wronka", "Czujnik, który słyszy zużyte łożysko", "Przyklejany czujnik, który ostrzega przed awarią maszyny.", "Utrzymanie ruchu w małych firmach działa dopiero po awarii; stały pomiar drgań był dotąd tylko dla dużych.", "2", "5"),
    idea("Drony dla Pola", "Nikodem Śmigło", "Nalot przed deszczem", "Mapa wilgotności pola w godzinę, zanim przyjdzie burza.", "Rolnicy podlewają i nawożą po omacku, bo zdjęcia satelitarne przychodzą za rzadko i mają za małą rozdzielczość.", "2", "2"),
    idea("Startowy Pas", "Klara Lotna", "Wspólny dojazd na lotnisko i do pracy", "Aplikacja, która łączy w pary osoby jadące tą samą drogą na zmianę.", "Zmiany w strefie zaczynają się, zanim jeździ pierwszy autobus, więc prawie każdy przyjeżdża sam własnym autem.", "3", "6"),
    idea("Marchew Express", "Gustaw Natka", "Skrzynka od sąsiada", "Warzywa z pola do bloku w dniu zbioru, bez hurtowni.", "Drobni rolnicy sprzedają poniżej kosztów, a mieszkańcy płacą w sklepie trzy razy tyle za warzywa sprzed tygodnia.", "3", "4"),
    idea("Less i Spółka", "Celina Burak", "Chipsy z krzywych buraków", "Z warzyw, których nie chce sklep, robimy przekąskę, którą chce szkoła.", "Co piąty burak z lessowych pól zostaje na polu, bo ma zły kształt, choć smakuje tak samo.", "3", "3"),
    idea("Rabata Studio", "Jagoda Grządka", "Ogród deszczowy z zestawu", "Gotowy zestaw do zbudowania ogrodu deszczowego w weekend.", "Gminy chcą zatrzymywać deszczówkę, ale każdy projekt robi się od zera i drogo, więc powstaje ich garstka.", "2", "2,5"),
    idea("Kłódkomat", "Antoni Rygiel", "Zamek, który zna grafik", "Zamek elektroniczny do sal i wypożyczalni, który otwiera się w zarezerwowanym czasie.", "Świetlice i wypożyczalnie stoją puste, bo ktoś musi przyjechać z kluczem i potem go odebrać.", "2", "3"),
    idea("Tężnia Zdrowia", "Iga Oddech", "Oddech pod kontrolą", "Ćwiczenia oddechowe z czujnikiem i fizjoterapeutą na odległość.", "Po chorobach płuc na rehabilitację czeka się miesiącami, a ćwiczenia z kartki mało kto robi dobrze.", "1", "2"),
    idea("Wędzarnia Dębowa", "Roman Dymek", "Kiełbasa z pełną historią", "Kod na etykiecie pokazuje hodowcę, partię i wędzarza.", "Klienci nie wierzą napisom o tradycji, a mali wytwórcy nie mają jak ich udowodnić.", "3", "4"),
    idea("Komora Druku 3D", "Witold Filament", "Część zamienna z pliku", "Drukujemy części do sprzętów, których producent już nie wspiera.", "Pralki i odkurzacze trafiają na śmietnik przez jeden plastikowy zaczep, którego nie da się kupić.", "3", "2"),
    idea("Gabinet z Widokiem", "Tola Widok", "Krzesło, które przypomina o plecach", "Nakładka na krzesło uczy dobrze siedzieć.", "Bóle pleców to najczęstsza przyczyna zwolnień w biurach, a szkolenie BHP nikogo nie uczy siedzieć.", "1", "2"),
    idea("Sól i Pieprz Podróże", "Nadia Solecka", "Wieliczka nie tylko pod ziemią", "Trasy po gminie dla tych, którzy przyjechali do kopalni.", "Milion turystów rocznie wyjeżdża godzinę po wyjściu z kopalni i nie zostawia w gminie ani złotówki.", "2", "3"),
    idea(None, "Dominik Zaczyn", "Chleb na zakwasie z automatu", "Świeży chleb z lokalnej piekarni o każdej porze.", "Piekarnia zamyka, zanim ludzie wrócą z pracy, a rano wyrzuca to, czego nie sprzedała.", "1", "1"),
    idea(None, "Alicja Pomysł", "Biblioteka rzeczy na osiedlu", "Pożycz wiertarkę, zamiast kupować ją na jeden otwór.", "W każdym bloku jest trzydzieści wiertarek, a każda pracuje kwadrans w ciągu życia.", "1", "1"),
    idea(None, "Felicja Start", "Szkoła soli", "Warsztaty kuchenne dla wycieczek, które mają wolną godzinę.", "Grupy czekają na wejście do kopalni na parkingu, bo w pobliżu nie ma co robić.", "1", "1"),
)  # fmt: skip
