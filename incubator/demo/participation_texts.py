"""What those say who take part in the demonstration's programmes."""

MILESTONES = (
    (25, "Plan rozwoju produktu", "A plan of the product"),
    (60, "Działający prototyp", "A working prototype"),
    (150, "Pierwszy płacący klient", "The first paying customer"),
)
MEETINGS = (
    (1, 3, "Spotkanie otwierające", "Kick-off"),
    (14, 2, "Śniadanie z przedsiębiorcami", "Breakfast with entrepreneurs"),
    (28, 4, "Warsztat: rozmowa z klientem", "Workshop: talking to customers"),
    (42, 4, "Warsztat: cennik", "Workshop: pricing"),
    (52, 2, "Przegląd postępów", "Check-up"),
    (70, 4, "Warsztat: finansowanie", "Workshop: funding"),
    (110, 3, "Próba przed dniem otwartym", "Rehearsal of the demo day"),
)
EVIDENCE = (
    "Plan na dwanaście miesięcy z trzema hipotezami do sprawdzenia i budżetem.",
    "Prototyp działa u dwóch klientów; w załączonym adresie jest nagranie z testów.",
)
PLAN = """Do końca miesiąca: dziesięć rozmów z klientami z branży spożywczej.

Potem: pilotaż w jednym zakładzie i wycena wdrożenia. Mentorka: raz na dwa tygodnie, godzina."""
WITHDRAWN = "Łączymy się z większą firmą i nie damy rady przychodzić na warsztaty."
REMOVED = "Mimo dwóch przypomnień nikt nie przyszedł na obowiązkowe spotkania."
