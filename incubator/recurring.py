"""Every job that comes round by itself, of all features."""

from datetime import datetime

from incubator.aid.fetch_rates import rates_due
from incubator.applications.tidy import tidy_applications
from incubator.assessment.answer_offer import lapse_offers
from incubator.assessment.note_unanswered import note_unanswered
from incubator.bookings.complete_over import complete_over
from incubator.bookings.expire_due import look_for_lapsed
from incubator.bookings.expire_unanswered import expire_unanswered
from incubator.bookings.offer_next import offers_due
from incubator.bookings.remind import remind_of_bookings
from incubator.db.engine import Tx
from incubator.db.versions import forget_changes
from incubator.directory.come_round import keep_in_step, remind_stale, show_waiting, tell_imported
from incubator.exchanges.decide_minimum import decide_minimum
from incubator.exchanges.lose_room import lose_rooms
from incubator.exchanges.remind_topics import remind_topics
from incubator.exchanges.settle_rooms import settle_rooms
from incubator.features import HAND_OVER
from incubator.invoices.check_invoices import check_invoices
from incubator.invoices.forget_buyers import forget_buyers
from incubator.invoices.invoice_charge import invoice_overdue
from incubator.invoices.notes_due import notes_due
from incubator.jobs.work import Every
from incubator.ledger.check_books import check_books
from incubator.mail.forget import forget_mails
from incubator.mentoring.remind import remind_of_meetings
from incubator.mentoring.tell_due import ask_to_confirm, tell_booked, tell_room_lost
from incubator.newsletter.come_round import newsletters_due
from incubator.newsletter.forget_subscriptions import forget_subscriptions
from incubator.outside.come_round import drop_ended, fill_freed, look_at_due
from incubator.participation.ask_outcomes import ask_outcomes
from incubator.passes.check_passes import check_passes
from incubator.passes.end_passes import end_passes
from incubator.payments.check_charges import check_charges
from incubator.payments.forget_payers import forget_payers
from incubator.payments.import_bank_file import forget_bank_files
from incubator.payments.remind_due import remind_due
from incubator.payments.stripe.ask_due import ask_due
from incubator.payments.stripe.forget_events import forget_events
from incubator.payments.stripe.reconcile import reconcile_due
from incubator.people.tidy import tidy_people
from incubator.places.sync_holidays import sync_holidays, years_around
from incubator.registrations.follow_length import follow_length
from incubator.registrations.forget import forget_registrations
from incubator.registrations.offer_next import sessions_due
from incubator.registrations.remind import remind_registered
from incubator.registrations.survey import ask_surveys
from incubator.registrations.tell_changes import tell_changes
from incubator.replies.forget import forget_replies
from incubator.replies.read_box import answers_due
from incubator.web.idempotency import forget_answers


async def keep_holidays(tx: Tx, *, now: datetime) -> None:
    """Parliament may add a day, as it did with Christmas Eve; a new version of the library brings it."""
    await sync_holidays(tx, years=years_around(now))


RECURRING: dict[str, Every] = {
    "look_for_lapsed": Every("* * * * *", look_for_lapsed),
    "offers_due": Every("* * * * *", offers_due),
    "tell_booked": Every("* * * * *", tell_booked),
    "tell_room_lost": Every("* * * * *", tell_room_lost),
    "ask_to_confirm": Every("13 7 * * *", ask_to_confirm),
    "complete_over": Every("*/5 * * * *", complete_over),
    "expire_unanswered": Every("*/5 * * * *", expire_unanswered),
    "lapse_offers": Every("* * * * *", lapse_offers),
    "sessions_due": Every("* * * * *", sessions_due),
    "tell_changes": Every("* * * * *", tell_changes),
    "follow_length": Every("* * * * *", follow_length),
    "remind_of_bookings": Every("*/5 * * * *", remind_of_bookings),
    "remind_of_meetings": Every("*/5 * * * *", remind_of_meetings),
    "remind_registered": Every("*/5 * * * *", remind_registered),
    "ask_surveys": Every("*/10 * * * *", ask_surveys),
    "forget_registrations": Every("51 3 * * *", forget_registrations),
    "note_unanswered": Every("*/10 * * * *", note_unanswered),
    "ask_outcomes": Every("12 7 * * *", ask_outcomes),
    "decide_minimum": Every("* * * * *", decide_minimum),
    "lose_rooms": Every("* * * * *", lose_rooms),
    "settle_rooms": Every("* * * * *", settle_rooms),
    "remind_topics": Every("14 7 * * *", remind_topics),
    "tell_imported": Every("* * * * *", tell_imported),
    "show_waiting": Every("7 6 * * *", show_waiting),
    "remind_stale": Every("19 6 * * *", remind_stale),
    "keep_in_step": Every("47 3 * * *", keep_in_step),
    "look_at_due": Every("* * * * *", look_at_due),
    "fill_freed": Every("* * * * *", fill_freed),
    "drop_ended": Every("*/5 * * * *", drop_ended),
    "rates_due": Every("35 11,13,15 * * 1-5", rates_due),
    "newsletters_due": Every("* * * * *", newsletters_due),
    "forget_subscriptions": Every("37 3 * * *", forget_subscriptions),
    "forget_buyers": Every("43 3 * * *", forget_buyers),
    "keep_holidays": Every("5 4 * * *", keep_holidays),
    "forget_changes": Every("27 4 * * *", forget_changes),
    "forget_answers": Every("17 * * * *", forget_answers),
    "forget_mails": Every("23 3 * * *", forget_mails),
    "check_invoices": Every("15 2 * * *", check_invoices),
    "answers_due": Every("* * * * *", answers_due),
    "forget_replies": Every("29 3 * * *", forget_replies),
    "notes_due": Every("*/5 * * * *", notes_due),
    "invoice_overdue": Every("33 2 * * *", invoice_overdue),
    "check_books": Every("3 2 * * *", check_books),
    "look_for_overdue": Every("*/5 * * * *", HAND_OVER.look_for_overdue),
    "remind_due": Every("21 7 * * *", remind_due),
    "forget_payers": Every("43 3 * * *", forget_payers),
    "forget_bank_files": Every("27 3 * * *", forget_bank_files),
    "check_charges": Every("9 2 * * *", check_charges),
    "end_passes": Every("7 1,22,23 * * *", end_passes),
    "check_passes": Every("14 2 * * *", check_passes),
    "ask_stripe": Every("* * * * *", ask_due),
    "forget_stripe_events": Every("33 3 * * *", forget_events),
    "reconcile_stripe": Every("43 5 * * *", reconcile_due),
    "tidy_applications": Every("31 3 * * *", tidy_applications),
    "tidy_people": Every("41 * * * *", tidy_people),
}
"""Every job that comes round by itself: minute, hour, day, month, weekday, in UTC."""
