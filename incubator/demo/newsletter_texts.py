"""What the newsletter of the demonstration says, and who reads it."""

READERS = [
    "agata.pilch",
    "ania.wrobel",
    "barbara.rusin",
    "cezary.lech",
    "dorota.mika",
    "edyta.stopa",
    "filip.garus",
    "grazyna.banas",
    "hubert.zych",
    "iwona.sroka",
    "jacek.kania",
    "kamila.duda",
    "leszek.mucha",
    "magda.rak",
    "norbert.sikora",
    "olga.kot",
    "patryk.wilk",
    "renata.sowa",
    "sebastian.lis",
    "teresa.zaba",
    "urszula.bocian",
    "wanda.kruk",
    "zenon.jez",
    "adam.bies",
    "beata.wydra",
    "celina.los",
    "damian.ryba",
    "ewelina.kuna",
    "gustaw.bobr",
    "halina.sarna",
]
PENDING = ("niezdecydowany", "zajety")
SENT_PL = """\
# Dzień dobry z inkubatorów

Za nami miesiąc pełen pracy. W kilku gminach **wydłużamy godziny otwarcia**, a w LAS w Niepołomicach można znów rezerwować salę L + A na większe spotkania.

- Umowy o coworking zawrzesz teraz przez stronę, bez wizyty w urzędzie.
- Mentorzy dodali nowe godziny: zobacz na stronie, kto przyjmuje.
- Szukamy firm, które opowiedzą o sobie na dniu demo.

Chcesz, żebyśmy o czymś napisali? Odpisz na tę wiadomość."""
SENT_EN = """\
# Good morning from the incubators

A busy month is behind us. In several gminas the incubators now **stay open longer**, and at LAS in Niepołomice the rooms L + A can be booked together again for larger meetings.

- Contracts for desks are now made on the website, without a visit to the office.
- Mentors have added new hours: see on the website who is there.
- We are looking for companies that will tell about themselves at the demo day.

Would you like us to write about something? Answer this mail."""
COMING_PL = """\
## Co w tym miesiącu

Najbliższe spotkania i nabory są poniżej. Udział jest bezpłatny, a zapisać można się bez zakładania konta."""
COMING_EN = """\
## What is on this month

The next sessions and calls are below. Taking part is free, and you can register without an account."""
LOCAL_PL = """\
## Nowości z Niepołomic

Na targu w Niepołomicach są jeszcze wolne stoiska dla lokalnych marek. Przyjdź porozmawiać w środę do LAS."""
