"""People without an account who come to sessions, and what they say. All made up."""

STRANGERS = (
    "Agnieszka Bielak",
    "Bartosz Cygan",
    "Celina Drozd",
    "Dariusz Fijał",
    "Ewelina Gacek",
    "Filip Habrat",
    "Grażyna Indyka",
    "Hubert Jamroz",
    "Iwona Kłosek",
    "Jakub Lelek",
    "Kinga Mleczko",
    "Leszek Nowobilski",
    "Magdalena Oleś",
    "Norbert Pawlus",
    "Olga Rapacz",
    "Patryk Siwek",
    "Renata Tokarz",
    "Sebastian Urbaś",
    "Teresa Wcisło",
    "Wiktor Zając",
    "Zuzanna Adamek",
    "Łukasz Bożek",
    "Żaneta Cieślik",
    "Paweł Dudek",
)
WALK_INS = ("Halina Stopa", "Mieczysław Gil", "Joanna Kurek", "Tomasz Wilk")
ANSWERS = (
    "Prowadzę pracownię ceramiki i chcę sprzedawać w internecie.",
    "Dopiero planuję firmę.",
    "Szukam wspólnika do zakładu stolarskiego.",
    "Interesują mnie dotacje dla rolników.",
)
COMMENTS = (
    "Konkretnie i bez żargonu. Dobrze, że było dużo przykładów z naszej gminy.",
    "Trochę za mało czasu na pytania.",
    "Świetny prowadzący, chętnie przyjdę jeszcze raz.",
    "Sala była ciepła, ale nagłośnienie z tyłu słabe.",
)
WISHES = (
    "Jak przygotować się do kontroli.",
    "Umowy z pierwszym pracownikiem.",
    "Sprzedaż za granicę.",
)
