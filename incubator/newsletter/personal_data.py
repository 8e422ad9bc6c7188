"""What it knows of a person, for their export: their subscriptions with the proof of consent, what they were sent,
and the issues that they wrote."""

from incubator.people.elsewhere import Query
from incubator.people.personal_data import query

OWN = "lower(own.email) = (SELECT lower(account.email) FROM account WHERE account.id = $1)"
PERSONAL: tuple[tuple[str, Query], ...] = (
    (
        "newsletter_subscriptions",
        query(
            "SELECT id, email, locale, ARRAY(SELECT name FROM gmina WHERE gmina.id = ANY(own.gmina_ids) ORDER BY name)"
            " AS gminas, interests, state, words, how, asked_at, confirmed_at, ended_at"
            f" FROM newsletter_subscription AS own WHERE {OWN} ORDER BY id"
        ),
    ),
    (
        "newsletter_mails",
        query(
            "SELECT issue.title_pl AS issue, delivery.state, delivery.at FROM newsletter_delivery AS delivery"
            " JOIN newsletter_issue AS issue ON issue.id = issue_id"
            f" JOIN newsletter_subscription AS own ON own.id = subscription_id WHERE {OWN} ORDER BY delivery.at, issue.id"
        ),
    ),
    (
        "newsletter_issues",
        query("SELECT id, title_pl, state, created_at FROM newsletter_issue WHERE created_by = $1 ORDER BY id"),
    ),
)
