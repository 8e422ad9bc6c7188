"""The desk: what the gmina waits for, what is late, what has to go back; the account it is paid on."""

from datetime import date, datetime
from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.payments.finish_refund import refund_done
from incubator.payments.pages.at_desk import Desk, desk_of
from incubator.payments.pages.labels import labels_in
from incubator.payments.pages.shown import in_money
from incubator.payments.pay_online import takes_cards
from incubator.payments.queries import PAGE, Which, charges_at_desk, due_refunds, sums_of
from incubator.payments.queries_bank import bank_account_on, bank_accounts, bank_lines
from incubator.payments.queries_disputes import disputes_at_desk
from incubator.payments.set_bank_account import set_bank_account
from incubator.payments.states import THROUGH_STRIPE, LineState
from incubator.payments.stripe.states import DisputeState
from incubator.payments.views import BankAccountView
from incubator.people.forms import Asked, Deed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, Line, OptionalLine, read_query
from incubator.web.cursors import read_cursor, write_cursor

WHICH = {
    "open": N_("to be paid"),
    "overdue": N_("late"),
    "paid": N_("paid"),
    "surplus": N_("to give back"),
    "disputed": N_("disputed"),
    "deposit": N_("with a deposit that is held"),
    "cancelled": N_("cancelled"),
    "written_off": N_("written off"),
    "all": N_("all"),
}


class Asks(Body, frozen=True):
    """What the list shows."""

    which: Which = "open"
    words: OptionalLine = ""
    after: OptionalLine = ""


class SentForm(Body, frozen=True):
    refund_id: UUID
    done_on: date
    reference: OptionalLine = ""


class AccountForm(Body, frozen=True):
    number: Line
    holder: Line
    valid_from: date
    nip: OptionalLine = ""


async def _shown(tx: Tx, visit: Visit, desk: Desk) -> Shown:
    asks = read_query(visit.request, Asks)
    after = read_cursor(asks.after or None, datetime)
    found = await charges_at_desk(
        tx, gmina_id=desk.id, which=asks.which, words=asks.words, now=visit.now, after=after, limit=PAGE + 1
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Shown(
        "payments/desk.html",
        desk=desk,
        asks=asks,
        which=WHICH,
        charges=found[:PAGE],
        next=write_cursor(last.due_at, last.id) if last else "",
        sums=await sums_of(tx, gmina_id=desk.id, now=visit.now),
        disputes=await disputes_at_desk(tx, gmina_id=desk.id, state=DisputeState.OPEN),
        cards=await takes_cards(tx, till=visit.request.app.state.till, gmina_id=desk.id),
        refunds=await due_refunds(tx, gmina_id=desk.id),
        account=await bank_account_on(tx, gmina_id=desk.id, now=visit.now),
        waiting=len(await bank_lines(tx, gmina_id=desk.id, state=LineState.WAITING, limit=500)),
        by_stripe=THROUGH_STRIPE,
        today=visit.now.astimezone(WARSAW).date(),
        **in_money(visit),
    )


async def _sent(asked: Asked) -> Desk:
    form = asked.typed.shaped(SentForm)
    await asked.do(refund_done, refund_id=form.refund_id, done_on=form.done_on, reference=form.reference)
    return _place(asked)


def _place(asked: Asked) -> Desk:
    desk: Desk = asked.place
    return desk


LIST = Screen(
    name="payments_desk",
    path="/desk/payments",
    guard=coordinator,
    about=desk_of,
    shows=_shown,
    deeds={
        "sent": Deed(
            _sent,
            N_("The refund is noted as sent, and they are written to."),
            to=lambda desk: f"?gmina={desk.id}#refunds",
        )
    },
    labels=labels_in,
)


async def _accounts(tx: Tx, visit: Visit, desk: Desk) -> Shown:
    return Shown(
        "payments/account.html",
        desk=desk,
        account=await bank_account_on(tx, gmina_id=desk.id, now=visit.now),
        accounts=await bank_accounts(tx, gmina_id=desk.id),
        today=visit.now.astimezone(WARSAW).date(),
        **in_money(visit),
    )


async def _set(asked: Asked) -> BankAccountView:
    form = asked.typed.shaped(AccountForm)
    told = {"number": form.number, "holder": form.holder, "nip": form.nip, "valid_from": form.valid_from}
    return await asked.do(set_bank_account, gmina_id=_place(asked).id, **told)


ACCOUNT = Screen(
    name="bank_account",
    path="/desk/payments/account",
    guard=coordinator,
    about=desk_of,
    shows=_accounts,
    deeds={
        "set": Deed(
            _set,
            N_("The account is set, and all coordinators of the gmina are written to."),
            to=lambda made: f"?gmina={made.gmina_id}",
        )
    },
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [*LIST.handlers, *ACCOUNT.handlers]
