"""What there is: the edges of every feature, what comes round by itself, and what each knows of a person."""

from datetime import datetime

from litestar.types import ControllerRouterHandler

from incubator.aid import api as aid_api
from incubator.aid import pages as aid_pages
from incubator.aid import personal_data as aid_personal_data
from incubator.aid.fetch_rates import rates_due
from incubator.applications import api as applications_api
from incubator.applications import pages as applications_pages
from incubator.applications import personal_data as applications_personal_data
from incubator.applications.forget_person import forget_applicant, wind_up_applications
from incubator.applications.tidy import tidy_applications
from incubator.assessment import api as assessment_api
from incubator.assessment import pages as assessment_pages
from incubator.assessment import personal_data as assessment_personal_data
from incubator.assessment.answer_offer import lapse_offers
from incubator.assessment.forget_offers import forget_offers, wind_up_offers
from incubator.assessment.note_unanswered import note_unanswered
from incubator.assessment.personal_data import forget_scorer
from incubator.bookings import api as bookings_api
from incubator.bookings import pages as bookings_pages
from incubator.bookings import personal_data as bookings_personal_data
from incubator.bookings.complete_over import complete_over
from incubator.bookings.expire import expire_overdue
from incubator.bookings.expire_unanswered import expire_unanswered
from incubator.bookings.forget_person import forget_person, wind_up
from incubator.bookings.offer_next import offers_due
from incubator.calendars import api as calendars_api
from incubator.calendars import pages as calendars_pages
from incubator.calendars import personal_data as calendars_personal_data
from incubator.calendars.personal_data import forget_feeds
from incubator.credits import personal_data as credits_personal_data
from incubator.credits.forget_holder import forget_holder
from incubator.db.engine import Tx
from incubator.directory import api as directory_api
from incubator.directory import pages as directory_pages
from incubator.directory import personal_data as directory_personal_data
from incubator.directory.come_round import keep_in_step, remind_stale, show_waiting, tell_imported
from incubator.directory.personal_data import wind_up_profile
from incubator.exchanges import api as exchanges_api
from incubator.exchanges import pages as exchanges_pages
from incubator.exchanges import personal_data as exchanges_personal_data
from incubator.exchanges.decide_minimum import decide_minimum
from incubator.exchanges.lose_room import lose_rooms
from incubator.exchanges.personal_data import forget_asker
from incubator.exchanges.remind_topics import remind_topics
from incubator.exchanges.settle_rooms import settle_rooms
from incubator.invoices import api as invoices_api
from incubator.invoices import pages as invoices_pages
from incubator.invoices import personal_data as invoices_personal_data
from incubator.invoices.forget_buyers import forget_buyer, forget_buyers, wind_up_buyer
from incubator.jobs.work import Every
from incubator.mail.forget import forget_mails
from incubator.manual import pages as manual_pages
from incubator.mentoring import api as mentoring_api
from incubator.mentoring import pages as mentoring_pages
from incubator.mentoring import personal_data as mentoring_personal_data
from incubator.mentoring.forget_mentor import forget_mentor
from incubator.mentoring.forget_person import forget_meetings, wind_up_meetings
from incubator.mentoring.mentor_data import MENTOR
from incubator.mentoring.tell_due import ask_to_confirm, tell_booked, tell_room_lost
from incubator.newsletter import api as newsletter_api
from incubator.newsletter import pages as newsletter_pages
from incubator.newsletter import personal_data as newsletter_personal_data
from incubator.newsletter.come_round import newsletters_due
from incubator.newsletter.forget_subscriptions import forget_reader, forget_subscriptions
from incubator.participation import api as participation_api
from incubator.participation import pages as participation_pages
from incubator.participation import personal_data as participation_personal_data
from incubator.participation.ask_outcomes import ask_outcomes
from incubator.participation.forget_participant import forget_participant
from incubator.participation.withdraw import withdraw_organisation
from incubator.people import api as people_api
from incubator.people import pages as people_pages
from incubator.people.elsewhere import Elsewhere
from incubator.people.tidy import tidy_people
from incubator.places import api as places_api
from incubator.places import pages as places_pages
from incubator.places.sync_holidays import sync_holidays, years_around
from incubator.programmes import api as programmes_api
from incubator.programmes import pages as programmes_pages
from incubator.registrations import api as registrations_api
from incubator.registrations import pages as registrations_pages
from incubator.registrations import personal_data as registrations_personal_data
from incubator.registrations.forget import forget_registrations
from incubator.registrations.forget_person import forget_registered, wind_up_registrations
from incubator.registrations.offer_next import sessions_due
from incubator.registrations.remind import remind_registered
from incubator.registrations.survey import ask_surveys
from incubator.registrations.tell_changes import tell_changes
from incubator.reporting import api as reporting_api
from incubator.reporting import exchange_pages, outcomes_pages
from incubator.reporting import pages as reporting_pages
from incubator.statements import pages as statements_pages
from incubator.web.idempotency import forget_answers

API: list[ControllerRouterHandler] = [
    *people_api.handlers,
    *places_api.handlers,
    *invoices_api.handlers,
    *bookings_api.handlers,
    *aid_api.handlers,
    *mentoring_api.handlers,
    *programmes_api.handlers,
    *applications_api.handlers,
    *assessment_api.handlers,
    *participation_api.handlers,
    *exchanges_api.handlers,
    *registrations_api.handlers,
    *directory_api.handlers,
    *newsletter_api.handlers,
    *reporting_api.handlers,
    *outcomes_pages.api,
    *exchange_pages.api,
]
PAGES: list[ControllerRouterHandler] = [
    *places_pages.handlers,
    *people_pages.handlers,
    *invoices_pages.handlers,
    *bookings_pages.handlers,
    *aid_pages.handlers,
    *mentoring_pages.handlers,
    *programmes_pages.handlers,
    *applications_pages.handlers,
    *assessment_pages.handlers,
    *participation_pages.handlers,
    *exchanges_pages.handlers,
    *registrations_pages.handlers,
    *directory_pages.handlers,
    *newsletter_pages.handlers,
    *calendars_pages.handlers,
    *reporting_pages.handlers,
    *outcomes_pages.pages,
    *exchange_pages.pages,
    *statements_pages.handlers,
    *manual_pages.handlers,
]
FEEDS: list[ControllerRouterHandler] = [*calendars_api.handlers]

ELSEWHERE = Elsewhere(
    export=(
        *bookings_personal_data.PERSONAL,
        *credits_personal_data.PERSONAL,
        *aid_personal_data.PERSONAL,
        *mentoring_personal_data.PERSONAL,
        *MENTOR,
        *applications_personal_data.PERSONAL,
        *assessment_personal_data.PERSONAL,
        *participation_personal_data.PERSONAL,
        *exchanges_personal_data.PERSONAL,
        *registrations_personal_data.PERSONAL,
        *directory_personal_data.PERSONAL,
        *newsletter_personal_data.PERSONAL,
        *invoices_personal_data.PERSONAL,
        *calendars_personal_data.PERSONAL,
    ),
    on_erasure=(
        ("registrations", forget_registered),
        ("mentoring", forget_meetings),
        ("bookings", forget_person),
        ("exchanges", forget_asker),
        ("mentors", forget_mentor),
        ("applications", forget_applicant),
        ("offers", forget_offers),
        ("assessment", forget_scorer),
        ("participation", forget_participant),
        ("credits", forget_holder),
        ("invoices", forget_buyer),
        ("calendars", forget_feeds),
        ("newsletter", forget_reader),
    ),
    on_closing=(
        ("registrations", wind_up_registrations),
        ("mentoring", wind_up_meetings),
        ("bookings", wind_up),
        ("applications", wind_up_applications),
        ("offers", wind_up_offers),
        ("participation", withdraw_organisation),
        ("directory", wind_up_profile),
        ("invoices", wind_up_buyer),
    ),
)
"""What a person's export holds and what an erasure or the end of an organisation ends, outside of people."""


async def keep_holidays(tx: Tx, *, now: datetime) -> None:
    """Parliament may add a day, as it did with Christmas Eve; a new version of the library brings it."""
    await sync_holidays(tx, years=years_around(now))


RECURRING: dict[str, Every] = {
    "expire_overdue": Every("* * * * *", expire_overdue),
    "offers_due": Every("* * * * *", offers_due),
    "tell_booked": Every("* * * * *", tell_booked),
    "tell_room_lost": Every("* * * * *", tell_room_lost),
    "ask_to_confirm": Every("13 7 * * *", ask_to_confirm),
    "complete_over": Every("*/5 * * * *", complete_over),
    "expire_unanswered": Every("*/5 * * * *", expire_unanswered),
    "lapse_offers": Every("* * * * *", lapse_offers),
    "sessions_due": Every("* * * * *", sessions_due),
    "tell_changes": Every("* * * * *", tell_changes),
    "remind_registered": Every("*/10 * * * *", remind_registered),
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
    "rates_due": Every("35 11,13,15 * * 1-5", rates_due),
    "newsletters_due": Every("* * * * *", newsletters_due),
    "forget_subscriptions": Every("37 3 * * *", forget_subscriptions),
    "forget_buyers": Every("43 3 * * *", forget_buyers),
    "keep_holidays": Every("5 4 * * *", keep_holidays),
    "forget_answers": Every("17 * * * *", forget_answers),
    "forget_mails": Every("23 3 * * *", forget_mails),
    "tidy_applications": Every("31 3 * * *", tidy_applications),
    "tidy_people": Every("41 * * * *", tidy_people),
}
"""Every job that comes round by itself: minute, hour, day, month, weekday, in UTC."""
