"""Links that stand for who got them: sealed, so that a job can write them again and nothing is kept for them."""

from uuid import UUID

from incubator.web.links import seal, sealed

MANAGE, STOP, MAIL = "newsletter", "newsletter-stop", "newsletter-mail"


def manage_path(subscription_id: UUID) -> str:
    """Where the reader changes what they get, without signing in."""
    return f"/newsletter/manage/{subscription_id}/{seal(MANAGE, subscription_id)}"


def stop_path(subscription_id: UUID) -> str:
    """Where their mail program unsubscribes them (RFC 8058); a seal of its own, as such links travel further."""
    return f"/newsletter/one-click/{subscription_id}/{seal(STOP, subscription_id)}"


def may_manage(subscription_id: UUID, given: str) -> bool:
    return sealed(MANAGE, subscription_id, given)


def may_stop(subscription_id: UUID, given: str) -> bool:
    return sealed(STOP, subscription_id, given)


def message_name(issue_id: UUID, subscription_id: UUID) -> str:
    """The left side of a copy's Message-ID; sealed, so that nobody makes up mails that came back."""
    return f"{issue_id}.{subscription_id}.{_short(issue_id, subscription_id)}"


def named_by(name: str) -> tuple[UUID, UUID] | None:
    """The issue and the subscription of a Message-ID's left side that is ours."""
    parts = name.split(".")
    try:
        issue_id, subscription_id = UUID(parts[0]), UUID(parts[1])
    except (IndexError, ValueError):
        return None
    return (issue_id, subscription_id) if name == message_name(issue_id, subscription_id) else None


def _short(issue_id: UUID, subscription_id: UUID) -> str:
    return seal(f"{MAIL}:{issue_id}", subscription_id)[:16]
