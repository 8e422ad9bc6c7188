"""The terms of the made-up editions, in Polish and English, and a later version."""

TERMS = (
    (
        "§ 1. Kto może wziąć udział\nW programie uczestniczą firmy i zespoły, które zgłosiły się w naborze i zostały "
        "przyjęte. Udział jest bezpłatny; jego wartość jest pomocą de minimis, o ile uczestnik prowadzi działalność "
        "gospodarczą.\n\n"
        "§ 2. Nabór i ocena\nWniosek składa się przez formularz. Po ocenie formalnej, z możliwością jednego uzupełnienia, "
        "każdy wniosek ocenia co najmniej dwoje oceniających. O kolejności decyduje średnia punktów.\n\n"
        "§ 3. Udział\nUczestnik dostaje godziny sal, dni przy biurku i godziny z mentorami wymienione na stronie edycji. "
        "Wygasają one z końcem udziału. Zaświadczenie dostaje ten, kto był obecny przez wymaganą część spotkań.\n\n"
        "§ 4. Po programie\nUczestnik odpowiada na krótką ankietę na koniec oraz po 6 i 12 miesiącach."
    ),
    (
        "§ 1. Who may take part\nCompanies and teams that applied in the call and were admitted take part. It is free of "
        "charge; its value is de minimis aid if the participant carries on a business.\n\n"
        "§ 2. Call and assessment\nApplications are made with the form. After a formal check, which allows for completing "
        "them once, each is assessed by at least two scorers. The average of their points decides the order.\n\n"
        "§ 3. Taking part\nParticipants get the hours of rooms, days at a desk and hours with mentors that the edition's "
        "page names. They end with the participation. A certificate is given to those who were present for the required "
        "share of the meetings.\n\n"
        "§ 4. Afterwards\nParticipants answer a short survey at the end and after 6 and 12 months."
    ),
)
TERMS_AGAIN = tuple(
    text + more
    for text, more in zip(
        TERMS,
        (
            "\n\n§ 5. Spotkania zdalne\nObecność na spotkaniu zdalnym liczy się tak samo jak na miejscu.",
            "\n\n§ 5. Meetings online\nPresence at an online meeting counts as much as presence in the room.",
        ),
        strict=True,
    )
)
