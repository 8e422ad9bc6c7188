"""Quotes and charges for tests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from incubator.db.engine import Tx
from incubator.kernel.money import Amount, Vat, of_gross, of_net
from incubator.payments.owe import owe
from incubator.payments.views import ChargeView
from tests.cast import Cast
from tests.moments import NOW

DUE = NOW + timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    text_pl: str
    text_en: str
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class HandMade:
    """What payments ask of a quote."""

    gmina_id: UUID
    incubator_id: UUID
    lines: tuple[Line, ...]
    deposit: int = 0

    @property
    def amount(self) -> Amount:
        return sum((line.amount for line in self.lines), Amount())


# What is paid by card is known by what was opened for it.
CHECKOUT = """
INSERT INTO checkout (charge_id, gmina_id, account, account_id, amount, text, locale, email, back, state, attempt, error,
    wanted_at, expires_at, paid_at, method, session_id, payment_intent, stripe_charge, fee)
VALUES ($1, $2, 'acct_1', $3, greatest($4, 200), '', 'pl', '', '/me', 'paid', 1, '', $5, $5, $5, 'card', $6, $6, $6, 0)
RETURNING id
"""


async def by_card(tx: Tx, cast: Cast, charge_id: UUID, amount: int) -> str:
    """The reference of a payment by card."""
    told = (charge_id, cast.niepolomice, cast.member.id, amount, NOW, str(uuid4()))
    return str(await tx.fetchval(CHECKOUT, *told))


def quoted(
    cast: Cast, *, net: int = 10_000, deposit: int = 0, skawina: bool = False, gross: int | None = None
) -> HandMade:
    amount = of_net(net, Vat.STANDARD) if gross is None else of_gross(gross, Vat.STANDARD)
    line = Line(text_pl="Sala L, 2 godziny", text_en="Room L, 2 hours", amount=amount)
    place = (cast.skawina, cast.rynek) if skawina else (cast.niepolomice, cast.las)
    return HandMade(gmina_id=place[0], incubator_id=place[1], lines=(line,), deposit=deposit)


async def charged(
    tx: Tx,
    cast: Cast,
    *,
    net: int = 10_000,
    deposit: int = 0,
    skawina: bool = False,
    account: UUID | None = None,
    organisation: UUID | None = None,
    due_at: datetime = DUE,
    now: datetime = NOW,
    subject: UUID | None = None,
    lapses: bool = False,
) -> ChargeView:
    """12,300 grosz owed by Acme's member, where nothing else is said."""
    return await owe(
        tx,
        quote_id=uuid4(),
        quote=quoted(cast, net=net, deposit=deposit, skawina=skawina),
        subject_kind="booking",
        subject_id=subject or uuid4(),
        account_id=account or cast.member.id,
        organisation_id=organisation or (cast.rival if skawina else cast.acme),
        due_at=due_at,
        lapses=lapses,
        now=now,
    )
