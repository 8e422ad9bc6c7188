"""More sessions of the demonstration: a series, a demo day, a draft, and those that are over."""

from incubator.demo.exchange_shapes import Talk, said
from incubator.exchanges.details import SpeakerLine

MORE: dict[str, Talk] = {
    "coffee": Talk(
        gmina="niepolomice",
        # Never a week or two before the day on which two rivals want the whole of LAS (scenes.py).
        days=1,
        hour=9,
        minutes=60,
        venue="las",
        capacity=15,
        details=said(
            "meetup",
            "Kawa przedsiębiorców",
            "Entrepreneurs' coffee",
            summary_pl="Godzina rozmów przed pracą: kto czego szuka, kto co umie.",
            summary_en="An hour before work: who looks for what, who can do what.",
            topics=["networking"],
        ),
    ),
    "demo_day": Talk(
        gmina="krakow",
        days=40,
        hour=15,
        minutes=180,
        venue="klaster-zablocie",
        capacity=50,
        details=said(
            "demo_day",
            "Demo day: zespoły pokazują, co zrobiły",
            "Demo day: teams show what they made",
            summary_pl="Prezentacje uczestników programu i rozmowy przy stolikach.",
            summary_en="Presentations of those who take part in the programme, and talks at tables.",
            topics=["startupy"],
        ),
    ),
    "draft": Talk(
        gmina="niepolomice",
        days=30,
        hour=17,
        venue="las",
        capacity=20,
        draft=True,
        details=said("workshop", "Sztuczna inteligencja w małej firmie", "Artificial intelligence in a small company"),
    ),
    "over": Talk(
        gmina="niepolomice",
        days=-9,
        hour=17,
        venue="las",
        capacity=20,
        details=said(
            "workshop",
            "Umowa z pierwszym pracownikiem",
            "The contract with your first employee",
            summary_pl="Rodzaje umów, koszty i obowiązki pracodawcy.",
            summary_en="Kinds of contracts, costs and duties of an employer.",
            topics=["pracownicy"],
            presence_percent=80,
            checks_out=True,
        ),
        speakers=(SpeakerLine(name="Jan Kodeks", role_pl="radca prawny", role_en="legal adviser"),),
        materials=(
            ("Prezentacja ze spotkania", "Slides of the session", "https://materialy.demo.invalid/umowa.pdf"),
            (
                "Kalkulator kosztów pracodawcy",
                "Calculator of an employer's costs",
                "https://materialy.demo.invalid/kalkulator",
            ),
        ),
        answers=(
            (
                "Czy muszę mieć regulamin pracy przy jednej osobie?",
                "Nie. Regulamin pracy jest obowiązkowy od 50 pracowników; wcześniej wystarczą zapisy w umowie i informacja o warunkach zatrudnienia.",
                "Jan Kodeks, radca prawny",
            ),
            (
                "Czy gmina dopłaca do pierwszego etatu?",
                "Gmina sama nie, ale powiatowy urząd pracy refunduje część kosztów. Wniosek składa się przed zatrudnieniem.",
                "Referat Rozwoju, Urząd Miasta i Gminy Niepołomice",
            ),
        ),
    ),
    "over_talks": Talk(
        gmina="krakow",
        days=-6,
        hour=16,
        venue="klaster-zablocie",
        capacity=16,
        details=said(
            "workshop",
            "Rozmowa handlowa bez prezentacji",
            "A sales talk without slides",
            summary_pl="Ćwiczymy w parach: jedno pytanie, jedna obietnica, jeden następny krok.",
            summary_en="We practise in pairs: one question, one promise, one next step.",
            topics=["sprzedaż"],
        ),
        speakers=(SpeakerLine(name="Iwona Oferta", role_pl="trenerka sprzedaży", role_en="trainer in sales"),),
    ),
    "over_town": Talk(
        gmina="wieliczka",
        days=-20,
        hour=10,
        minutes=180,
        mode="elsewhere",
        place="Kampus Wielicki, ul. Piłsudskiego 105",
        capacity=60,
        details=said(
            "meetup",
            "Śniadanie z burmistrzem: plany na strefę gospodarczą",
            "Breakfast with the mayor: plans for the business zone",
            summary_pl="Gmina pokazała plan, przedsiębiorcy pytali.",
            summary_en="The gmina showed its plan, entrepreneurs asked.",
            topics=["strefa gospodarcza"],
            step_free=True,
        ),
        answers=(
            (
                "Kiedy będzie droga dojazdowa?",
                "Przetarg ogłosimy w pierwszym kwartale, budowa potrwa około ośmiu miesięcy.",
                "Burmistrz Wieliczki",
            ),
        ),
    ),
}
