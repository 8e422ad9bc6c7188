"""The composition root: puts the features together into one service."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from litestar import Litestar, Request, Router
from litestar.di import Provide
from litestar.enums import MediaType
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

from incubator.aid.fetch_rates import JOB as FETCH_RATES
from incubator.aid.fetch_rates import Fetching
from incubator.bookings.expire_due import EXPIRE, expire_booking
from incubator.bookings.place_together import open_counter
from incubator.caldav.answer import AT_ONCE as CALENDARS_AT_ONCE
from incubator.calendars.kiosk import Kiosk
from incubator.calendars.precedence import Precedence
from incubator.db.engine import Database, open_database
from incubator.demo import pages as demo_pages
from incubator.features import API, DAV, ELSEWHERE, FEEDS, HAND_OVER, LISTENERS, PAGES, WEBHOOKS
from incubator.health import api as health_api
from incubator.invoices.verification import verify_at
from incubator.jobs.work import Job, working
from incubator.kernel.clock import Clock, system_clock
from incubator.mail.post import JOB as SEND_MAIL
from incubator.mail.reply_to import ReplyTo
from incubator.mail.send import TRIES, Postman
from incubator.mentoring.meet_together import open_counter as open_meetings
from incubator.newsletter.send_issue import JOB as SEND_NEWSLETTER
from incubator.newsletter.send_issue import Courier
from incubator.newsletter.try_issue import JOB as TRY_NEWSLETTER
from incubator.newsletter.try_issue import Trial
from incubator.outside.fetch import Fetcher
from incubator.outside.guard import Guarded, look_up, look_up_nothing
from incubator.outside.look import JOB as READ_OUTSIDE
from incubator.outside.look import Outside
from incubator.payments.hand_over import OVERDUE
from incubator.payments.settle_charge import LATE, SETTLED
from incubator.payments.stripe.client import open_stripe
from incubator.payments.stripe.jobs import stripe_jobs
from incubator.payments.stripe.till import Till
from incubator.people import pages as people_pages
from incubator.people.asking import AskingByCookie, AskingByToken
from incubator.people.change import give_change
from incubator.people.visit import give_visit
from incubator.recurring import RECURRING
from incubator.registrations.forget import keep_registrations
from incubator.registrations.register_together import open_counter as open_registrations
from incubator.replies.mailbox import mailbox_at
from incubator.replies.read_box import JOB as READ_ANSWERS
from incubator.replies.read_box import BoxReader
from incubator.replies.take import Believed
from incubator.settings import Settings
from incubator.web.form_token import form_token
from incubator.web.gate import Gate
from incubator.web.letters import live_at
from incubator.web.links import seal_with
from incubator.web.pages import STATIC
from incubator.web.press import PRESS
from incubator.web.problems import HANDLERS
from incubator.web.reading import Asked


def jobs(settings: Settings) -> dict[str, Job]:
    """Every job that a verb can ask for, by name."""
    live_at(settings.address)
    seal_with(settings.secret_key)
    keep_registrations(settings.registration_days)
    smtp_url, sender = settings.smtp_url, settings.mail_from
    return {
        SEND_MAIL: Job(Postman(smtp_url, sender, reply_to_of(settings)).send, tries=TRIES),
        # It comes round each minute, so what fails once is not tried by the queue as well.
        SEND_NEWSLETTER: Job(Courier(smtp_url, sender, settings.newsletter_per_minute).send, tries=2),
        # It comes round again by itself.
        FETCH_RATES: Job(Fetching(settings.rates_url).fetch, tries=3),
        # What goes wrong is kept with the calendar, and its turn comes round again.
        READ_OUTSIDE: Job(outside_of(settings).look, tries=2),
        # It comes round each minute.
        READ_ANSWERS: Job(answers_of(settings).read, tries=2),
        EXPIRE: Job(expire_booking),
        SETTLED: Job(HAND_OVER.tell_paid),
        OVERDUE: Job(HAND_OVER.tell_overdue),
        LATE: Job(HAND_OVER.tell_late),
        TRY_NEWSLETTER: Job(Trial(smtp_url, sender).send),
        **stripe_jobs(till_of(settings)),
    }


def till_of(settings: Settings) -> Till:
    """Stripe as the settings have it; one without a line where they have none."""
    line = open_stripe(settings.stripe_key, address=settings.stripe_address) if settings.stripe_key else None
    secrets = tuple(secret.strip() for secret in settings.stripe_webhook_secret.split(",") if secret.strip())
    return Till(line, LISTENERS, settings.address, secrets)


def reply_to_of(settings: Settings) -> ReplyTo | None:
    """Where answers to invitations go; nowhere but to links, where nobody would read them."""
    if not settings.imap_url and not settings.reply_address:
        return None
    if not settings.imap_url or not settings.reply_address:
        raise ValueError("IMAP_URL and REPLY_ADDRESS belong together")
    return ReplyTo(settings.reply_address, settings.secret_key)


def answers_of(settings: Settings) -> BoxReader:
    """The way to the mailbox of answers."""
    reply_to = reply_to_of(settings)
    if reply_to is None:
        return BoxReader(None, None)
    return BoxReader(mailbox_at(settings.imap_url), Believed(reply_to, settings.reply_checked_by))


def outside_of(settings: Settings) -> Outside:
    """The way to calendars kept elsewhere; a demonstration has none."""
    guarded = Guarded(look_up_nothing if settings.demo else look_up, private=settings.outside_private)
    return Outside(Fetcher(about=settings.address, guarded=guarded))


OPENAPI = OpenAPIConfig(
    title="incubator",
    version="0.1.0",
    description="Places, free times and bookings of the gmina incubators. Codes of refusals: /docs/errors.",
    path="/schema",
    # The usual viewers load scripts from elsewhere; /docs/api is ours.
    render_plugins=[JsonRenderPlugin(media_type=MediaType.JSON)],
    components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
    security=[{}, {"token": []}],
    use_handler_docstrings=True,
)


def create_app(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    worker: bool = False,
    write_log: Callable[[bytes], object] | None = None,
) -> Litestar:
    """The whole service over the database at `settings.database_url`; with `worker`, the queue is
    worked in the same process. `write_log` takes one line for each request."""
    live_at(settings.address)
    verify_at(settings.ksef_qr_url)
    app = Litestar(
        route_handlers=[
            Branch("/api", route_handlers=API, middleware=[AskingByToken]),
            Branch(
                "/",
                route_handlers=pages_of(settings),
                middleware=[AskingByCookie, form_token(secret=settings.secret_key, secure=settings.secure)],
                include_in_schema=False,
            ),
            Branch("/calendars", route_handlers=FEEDS),
            *DAV,
            Branch("/webhooks", route_handlers=WEBHOOKS, include_in_schema=False),
            Branch("/", route_handlers=health_api.handlers),
            create_static_files_router("/static", [STATIC], include_in_schema=False),
        ],
        dependencies={
            "db": Provide(give_db, sync_to_thread=False),
            "now": Provide(give_now, sync_to_thread=False),
            "visit": Provide(give_visit, sync_to_thread=False),
            "change": Provide(give_change, sync_to_thread=False),
        },
        exception_handlers=HANDLERS,
        request_class=Asked,
        openapi_config=OPENAPI,
        lifespan=[opened(settings, clock), *([at_work(settings, clock)] if worker else [])],
        request_max_body_size=4_000_000,
        logging_config=None,
        debug=False,
    )
    # Around everything, unknown addresses and refusals too, which Litestar's own middleware is not.
    app.asgi_handler = Gate(app.asgi_handler, clock=clock, secure=settings.secure, write=write_log)
    return app


class Branch(Router):
    """Handlers under one path, for one service alone. Litestar copies a router with all in it when it is
    taken in, lest another service have it too: a quarter of the time that putting ours together takes."""

    def __deepcopy__(self, _memo: object) -> "Branch":
        return self


def pages_of(settings: Settings) -> list[ControllerRouterHandler]:
    """All pages, and in a demonstration the door without a key and the open post box."""
    return [*PAGES, *people_pages.demo_handlers, *demo_pages.handlers] if settings.demo else PAGES


def opened(settings: Settings, clock: Clock) -> Callable[[Litestar], Any]:
    """Keeps the database open while the service runs, and ends what lays papers out with it."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with open_database(settings.database_url, pool_size=settings.pool_size) as db:
            hand_over(app, db=db, clock=clock, settings=settings)
            try:
                yield
            finally:
                PRESS.close()
                await app.state.till.close()

    return lifespan


def hand_over(app: Litestar, *, db: Database, clock: Clock, settings: Settings) -> None:
    """Give the handlers what they ask the application for."""
    seal_with(settings.secret_key)
    app.state.db, app.state.clock, app.state.settings = db, clock, settings
    app.state.elsewhere, app.state.counter, app.state.meetings = ELSEWHERE, open_counter(db), open_meetings(db)
    app.state.registering, app.state.till = open_registrations(db), till_of(settings)
    app.state.outside = outside_of(settings)
    first = Precedence(lambda: not app.state.counter.is_idle)
    app.state.kiosk = Kiosk(db, address=settings.address, precedence=first)
    app.state.reading = asyncio.Semaphore(CALENDARS_AT_ONCE)


def at_work(settings: Settings, clock: Clock) -> Callable[[Litestar], Any]:
    """Works the queue while the service runs."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with working(app.state.db, jobs=jobs(settings), recurring=RECURRING, clock=clock):
            yield

    return lifespan


def give_db(request: Request[Any, Any, Any]) -> Database:
    found: Database = request.app.state.db
    return found


def give_now(request: Request[Any, Any, Any]) -> datetime:
    now: datetime = request.app.state.clock()
    return now
