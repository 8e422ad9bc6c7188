"""What the made-up assessments say."""

from incubator.assessment.details import CriterionDetails, FormalItemDetails
from incubator.demo.teams import EXPERTS

SCORERS = tuple(name for name, _ in EXPERTS)

ITEMS = (
    FormalItemDetails(name_pl="Wniosek złożono w terminie", name_en="Handed in on time"),
    FormalItemDetails(name_pl="Wszystkie wymagane pola są wypełnione", name_en="Every required field is filled in"),
    FormalItemDetails(name_pl="Załączniki dają się otworzyć i przeczytać", name_en="The files can be opened and read"),
    FormalItemDetails(name_pl="Wnioskodawca spełnia warunki naboru", name_en="The applicant is eligible"),
)

RUBRIC = (
    CriterionDetails(
        name_pl="Innowacyjność",
        name_en="Innovation",
        help_pl="Co jest nowe w porównaniu z tym, co już jest dostępne?",
        help_en="What is new compared with what is there already?",
        most=10,
        weight=3,
    ),
    CriterionDetails(
        name_pl="Potrzeba i rynek",
        name_en="Need and market",
        help_pl="Kto tego potrzebuje i skąd to wiadomo?",
        help_en="Who needs it, and how do we know?",
        most=10,
        weight=3,
    ),
    CriterionDetails(
        name_pl="Zespół",
        name_en="Team",
        help_pl="Czy zespół potrafi to zrobić?",
        help_en="Is the team able to do it?",
        most=10,
        weight=2,
        least=4,
    ),
    CriterionDetails(
        name_pl="Znaczenie dla gminy",
        name_en="What it means to the gmina",
        help_pl="Miejsca pracy, lokalne specjalizacje, środowisko.",
        help_en="Jobs, local specialisations, the environment.",
        most=5,
        weight=2,
    ),
)

WHY = (
    "Jasno opisana przewaga nad konkurencją.",
    "Rozmowy z klientami potwierdzają potrzebę.",
    "Plan jest realny, choć napięty.",
    "Brakuje osoby od sprzedaży.",
    "Dobre powiązanie z lokalną specjalizacją.",
)
REMARKS = (
    "Mocny wniosek, warto go wesprzeć.",
    "Dobry pomysł, wymaga doprecyzowania modelu przychodów.",
    "Wniosek poprawny, ale mało wyróżniający się.",
)
CONFLICT = "W ubiegłym roku doradzałam tej firmie przy wniosku o dotację."
MISSING = "Załącznik z harmonogramem jest pusty. Prosimy o przesłanie właściwego pliku."
REJECTED = "Wnioskodawca prowadzi działalność dłużej, niż dopuszcza regulamin naboru."
PANEL = (
    "Anna Kowalczyk, przewodnicząca (Urząd Gminy)\nPiotr Zając, członek (partner branżowy)\n"
    "Ewa Lis, członkini (partner naukowy)"
)
MINUTES = (
    "Komisja zapoznała się z kartami oceny i z listą rankingową ułożoną według regulaminu. Uwag nie zgłoszono.\n"
    "Listę przyjęto jednogłośnie."
)
