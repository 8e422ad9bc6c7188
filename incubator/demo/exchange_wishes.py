"""Topics that people of the demonstration ask for, and what becomes of each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A topic that somebody asks for, and what becomes of it."""

    gmina: str
    who: str
    days: int
    title: str
    about: str
    fate: str
    supporters: tuple[str, ...] = ()
    text: str = ""
    signed: str = ""
    follow_up: str = ""


WISHES: tuple[Wish, ...] = (
    Wish(
        gmina="niepolomice",
        who="Dominik Zaczyn",
        days=-2,
        title="Sprzedaż na platformach zagranicznych",
        about="Robię zabawki z drewna i dostaję pytania z Czech. Jak to rozliczyć?",
        fate="new",
    ),
    Wish(
        gmina="niepolomice",
        who="Alicja Pomysł",
        days=-12,
        title="Jak czytać plan miejscowy",
        about="Chcę otworzyć warsztat i nie wiem, czy mogę to zrobić na swojej działce.",
        fate="open",
        supporters=("Dominik Zaczyn", "Felicja Start", "Henryk Rozmach"),
    ),
    Wish(
        gmina="niepolomice",
        who="Felicja Start",
        days=-25,
        title="KSeF w praktyce",
        about="Najlepiej na żywo, z komputerem.",
        fate="planned",
        supporters=("Alicja Pomysł", "Inga Próba"),
    ),
    Wish(
        gmina="skawina",
        who="Henryk Rozmach",
        days=-15,
        title="Czy gmina zwolni z podatku nowe hale?",
        about="Inne gminy mają takie uchwały.",
        fate="assigned",
        supporters=("Dominik Zaczyn",),
        signed="Skarbnik Gminy Skawina",
    ),
    Wish(
        gmina="wieliczka",
        who="Felicja Start",
        days=-40,
        title="Parkowanie dla dostawców przy rynku",
        about="Kurierzy nie mają gdzie stanąć.",
        fate="answered",
        supporters=("Alicja Pomysł", "Inga Próba", "Henryk Rozmach"),
        text="Od przyszłego miesiąca trzy miejsca przy ul. Sienkiewicza będą w godzinach 6–10 tylko dla dostaw.",
        signed="Zastępca Burmistrza Wieliczki",
        follow_up="Miejsca są oznakowane. Po trzech miesiącach sprawdzimy, czy wystarczą.",
    ),
    Wish(
        gmina="",
        who="Inga Próba",
        days=-30,
        title="Wspólny bilet dla pracowników z kilku gmin",
        about="Nasz zespół dojeżdża z trzech stron.",
        fate="declined",
        text="Bilety ustala Zarząd Transportu Publicznego; przekazaliśmy mu to pytanie i prosimy pisać tam.",
    ),
)
