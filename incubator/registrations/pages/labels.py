"""What the fields of forms are called."""

from incubator.web.i18n import Translator


def labels_in(texts: Translator) -> dict[str, str]:
    _ = texts.gettext
    return {
        "name": _("Your name"),
        "email": _("Your e-mail"),
        "terms": _("I accept the terms"),
        "organisation_id": _("For"),
        "stall": _("Stall"),
        "rating": _("How did you like it?"),
        "usefulness": _("How useful was it for what you do?"),
        "comment": _("What was good, what was not?"),
        "wishes": _("What should the next session be about?"),
        "minutes": _("Minutes"),
        "evidence": _("How it is known"),
        "nip": _("NIP of the company"),
        "reason": _("Reason"),
        "subject": _("Subject"),
        "text": _("Text"),
        "walk_in_name": _("Name of who came without registering"),
    }
