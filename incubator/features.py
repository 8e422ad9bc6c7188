"""What there is: the edges of every feature, what comes round by itself, and what each knows of a person."""

from litestar.types import ControllerRouterHandler

from incubator.aid import api as aid_api
from incubator.aid import pages as aid_pages
from incubator.aid import personal_data as aid_personal_data
from incubator.applications import api as applications_api
from incubator.applications import pages as applications_pages
from incubator.applications import personal_data as applications_personal_data
from incubator.applications.forget_person import forget_applicant, wind_up_applications
from incubator.assessment import api as assessment_api
from incubator.assessment import pages as assessment_pages
from incubator.assessment import personal_data as assessment_personal_data
from incubator.assessment.forget_offers import forget_offers, wind_up_offers
from incubator.assessment.personal_data import forget_scorer
from incubator.bookings import api as bookings_api
from incubator.bookings import pages as bookings_pages
from incubator.bookings import personal_data as bookings_personal_data
from incubator.bookings.be_paid import be_paid
from incubator.bookings.forget_person import forget_person, wind_up
from incubator.bookings.lapse_unpaid import give_up_unpaid, keep_while_paying
from incubator.bookings.locked import lock_booking
from incubator.bookings.pay_late import pay_late
from incubator.caldav import api as caldav_api
from incubator.calendars import api as calendars_api
from incubator.calendars import pages as calendars_pages
from incubator.calendars import personal_data as calendars_personal_data
from incubator.calendars.personal_data import forget_feeds
from incubator.credits import personal_data as credits_personal_data
from incubator.credits.forget_holder import forget_holder
from incubator.directory import api as directory_api
from incubator.directory import pages as directory_pages
from incubator.directory import personal_data as directory_personal_data
from incubator.directory.personal_data import wind_up_profile
from incubator.exchanges import api as exchanges_api
from incubator.exchanges import pages as exchanges_pages
from incubator.exchanges import personal_data as exchanges_personal_data
from incubator.exchanges.personal_data import forget_asker
from incubator.invoices import api as invoices_api
from incubator.invoices import pages as invoices_pages
from incubator.invoices import personal_data as invoices_personal_data
from incubator.invoices.forget_buyers import forget_buyer, wind_up_buyer
from incubator.invoices.invoice_charge import invoice_paid
from incubator.ledger import api as ledger_api
from incubator.ledger import pages as ledger_pages
from incubator.manual import pages as manual_pages
from incubator.mentoring import api as mentoring_api
from incubator.mentoring import pages as mentoring_pages
from incubator.mentoring import personal_data as mentoring_personal_data
from incubator.mentoring.forget_mentor import forget_mentor
from incubator.mentoring.forget_person import forget_meetings, wind_up_meetings
from incubator.mentoring.mentor_data import MENTOR
from incubator.newsletter import api as newsletter_api
from incubator.newsletter import pages as newsletter_pages
from incubator.newsletter import personal_data as newsletter_personal_data
from incubator.newsletter.forget_subscriptions import forget_reader
from incubator.outside import api as outside_api
from incubator.outside import pages as outside_pages
from incubator.outside import personal_data as outside_personal_data
from incubator.outside.personal_data import forget_calendars
from incubator.participation import api as participation_api
from incubator.participation import pages as participation_pages
from incubator.participation import personal_data as participation_personal_data
from incubator.participation.forget_participant import forget_participant
from incubator.participation.withdraw import withdraw_organisation
from incubator.passes import api as passes_api
from incubator.passes import pages as passes_pages
from incubator.passes import personal_data as passes_personal_data
from incubator.passes.forget_passes import forget_passes, wind_up_passes
from incubator.passes.go_live import go_live
from incubator.passes.lapse import lapse
from incubator.payments import api as payments_api
from incubator.payments import pages as payments_pages
from incubator.payments import personal_data as payments_personal_data
from incubator.payments.by_stripe import listeners_for
from incubator.payments.hand_over import HandOver, Subject, in_turn
from incubator.payments.stripe import pages as stripe_pages
from incubator.payments.stripe import personal_data as stripe_personal_data
from incubator.payments.stripe import webhook as stripe_webhook
from incubator.payments.stripe.forget_payer import forget_payer
from incubator.people import api as people_api
from incubator.people import pages as people_pages
from incubator.people.elsewhere import Elsewhere
from incubator.places import api as places_api
from incubator.places import pages as places_pages
from incubator.pricing import api as pricing_api
from incubator.pricing import pages as pricing_pages
from incubator.pricing import personal_data as pricing_personal_data
from incubator.programmes import api as programmes_api
from incubator.programmes import pages as programmes_pages
from incubator.registrations import api as registrations_api
from incubator.registrations import pages as registrations_pages
from incubator.registrations import personal_data as registrations_personal_data
from incubator.registrations.forget_person import forget_registered, wind_up_registrations
from incubator.reporting import api as reporting_api
from incubator.reporting import exchange_pages, outcomes_pages
from incubator.reporting import pages as reporting_pages
from incubator.statements import pages as statements_pages

API: list[ControllerRouterHandler] = [
    *people_api.handlers,
    *places_api.handlers,
    *pricing_api.handlers,
    *invoices_api.handlers,
    *ledger_api.handlers,
    *payments_api.handlers,
    *passes_api.handlers,
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
    *outside_api.handlers,
    *reporting_api.handlers,
    *outcomes_pages.api,
    *exchange_pages.api,
]
PAGES: list[ControllerRouterHandler] = [
    *places_pages.handlers,
    *people_pages.handlers,
    *invoices_pages.handlers,
    *ledger_pages.handlers,
    *payments_pages.handlers,
    *passes_pages.handlers,
    *bookings_pages.handlers,
    *aid_pages.handlers,
    *pricing_pages.handlers,
    *mentoring_pages.handlers,
    *programmes_pages.handlers,
    *applications_pages.handlers,
    *assessment_pages.handlers,
    *participation_pages.handlers,
    *exchanges_pages.handlers,
    *registrations_pages.handlers,
    *directory_pages.handlers,
    *newsletter_pages.handlers,
    *stripe_pages.handlers,
    *outside_pages.handlers,
    *calendars_pages.handlers,
    *reporting_pages.handlers,
    *outcomes_pages.pages,
    *exchange_pages.pages,
    *statements_pages.handlers,
    *manual_pages.handlers,
]
FEEDS: list[ControllerRouterHandler] = [*calendars_api.handlers]
DAV: list[ControllerRouterHandler] = [*caldav_api.handlers]
WEBHOOKS: list[ControllerRouterHandler] = [*stripe_webhook.handlers]

ELSEWHERE = Elsewhere(
    export=(
        *bookings_personal_data.PERSONAL,
        *pricing_personal_data.PERSONAL,
        *credits_personal_data.PERSONAL,
        *passes_personal_data.PERSONAL,
        *aid_personal_data.PERSONAL,
        *payments_personal_data.PERSONAL,
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
        *stripe_personal_data.PERSONAL,
        *calendars_personal_data.PERSONAL,
        *outside_personal_data.PERSONAL,
    ),
    on_erasure=(
        ("registrations", forget_registered),
        ("mentoring", forget_meetings),
        ("bookings", forget_person),
        ("passes", forget_passes),
        ("exchanges", forget_asker),
        ("outside", forget_calendars),
        ("mentors", forget_mentor),
        ("applications", forget_applicant),
        ("offers", forget_offers),
        ("assessment", forget_scorer),
        ("participation", forget_participant),
        ("credits", forget_holder),
        ("invoices", forget_buyer),
        ("stripe", forget_payer),
        ("calendars", forget_feeds),
        ("newsletter", forget_reader),
    ),
    on_closing=(
        ("registrations", wind_up_registrations),
        ("mentoring", wind_up_meetings),
        ("bookings", wind_up),
        ("passes", wind_up_passes),
        ("applications", wind_up_applications),
        ("offers", wind_up_offers),
        ("participation", withdraw_organisation),
        ("directory", wind_up_profile),
        ("invoices", wind_up_buyer),
    ),
)
"""What a person's export holds and what an erasure or the end of an organisation ends, outside of people."""

CHARGED: dict[str, Subject] = {
    "booking": Subject(
        paid=in_turn(be_paid, invoice_paid),
        overdue=give_up_unpaid,
        late=pay_late,
        begun=keep_while_paying,
        locks=lock_booking,
    ),
    "pass": Subject(paid=go_live, overdue=lapse),
}
"""What happens to a thing when its charge is paid, and when it is not in time, by kind of subject."""
HAND_OVER = HandOver(CHARGED)
LISTENERS = listeners_for(HAND_OVER)
"""Who is told what Stripe says."""
