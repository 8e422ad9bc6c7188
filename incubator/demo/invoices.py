"""Invoices of the demonstration: what startups paid for rooms in two gminas, one given back in part. All made up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.demo.numbers import made_up_nip
from incubator.demo.teams import TEAMS, Team, address
from incubator.demo.world import GMINA_OF, World
from incubator.invoices.check_invoices import check_invoices
from incubator.invoices.correct_buyer import correct_buyer, invoice_another
from incubator.invoices.correct_invoice import correct_invoice
from incubator.invoices.details import BuyerForm, SellerDetails, form_of
from incubator.invoices.document import Payment, PaymentForm, SoldLine, Stated
from incubator.invoices.invoice_charge import invoice_overdue
from incubator.invoices.issue_invoice import issue_advance, issue_invoice
from incubator.invoices.note_ksef_number import note_ksef_number
from incubator.invoices.notes_due import notes_due
from incubator.invoices.queries import named_now
from incubator.invoices.sale import Sale
from incubator.invoices.set_buyer import set_buyer
from incubator.invoices.set_seller import set_seller
from incubator.invoices.sums import amount_of
from incubator.invoices.views import InvoiceView
from incubator.kernel.money import Vat
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor

SELLERS = {
    "las": ("Gmina Niepołomice", 501, "Plac Zwycięstwa 13", "32-005 Niepołomice"),
    "klaster-zablocie": ("Gmina Miejska Kraków", 502, "Plac Wszystkich Świętych 3-4", "31-004 Kraków"),
}
"""By venue: the gmina's name, the turn of its made-up NIP, its address."""
ADDRESSES = (
    ("Leśna 4", "32-005 Niepołomice"),
    ("Kolejowa 18/3", "32-020 Wieliczka"),
    ("Rynek 7", "32-050 Skawina"),
    ("Szkolna 21", "32-080 Zabierzów"),
    ("Polna 2a", "32-089 Wielka Wieś"),
)
BERLIN, OTHERS = "DE136695976", 511
"""A number with a right check digit, and the turn of a made-up NIP."""
HOUR, COFFEE = 6_000, 1_800
PAID = (PaymentForm.MOBILE, PaymentForm.TRANSFER, PaymentForm.CARD)
MOST = 9
BOOKED = """
SELECT booking.id, booking.organisation_id, space.name_pl, lower(period) AS start, attendees,
    extract(epoch FROM upper(period) - lower(period)) / 3600 AS hours
FROM booking JOIN space ON space.id = space_id JOIN organisation ON organisation.id = booking.organisation_id
WHERE booking.incubator_id = $1 AND space.kind = 'room' AND organisation.kind IN ('startup', 'company')
    AND CASE WHEN $3 THEN state = 'completed' AND lower(period) < $2 ELSE state = 'confirmed' AND lower(period) > $2 END
ORDER BY abs(extract(epoch FROM lower(period) - $2)), booking.id LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking that was paid for."""

    id: UUID
    organisation_id: UUID
    name_pl: str
    start: datetime
    attendees: int
    hours: Decimal

    @property
    def day(self) -> date:
        return self.start.astimezone(WARSAW).date()


async def invoice(tx: Tx, world: World, *, now: datetime) -> None:
    """Gminas and teams say who they are, then what was booked is invoiced on the morning after, in order."""
    await _say_who_buys(tx, world, now)
    for venue, (name, turn, line1, line2) in SELLERS.items():
        actor = world.coordinator(venue)
        first = (now - timedelta(days=400)).date()
        said = SellerDetails(from_day=first, name=name, nip=made_up_nip(turn), line1=line1, line2=line2)
        gmina = world.built.gminas[GMINA_OF[venue]]
        await set_seller(tx, actor=actor, gmina_id=gmina, details=said, seen=0, now=now - timedelta(days=400))
        await _issue(tx, world, venue, gmina, now)


async def note_deposits(tx: Tx, *, now: datetime) -> None:
    """What was kept of a deposit, what was not paid in time, and the look at all papers that comes round at night."""
    await invoice_overdue(tx, now=now)
    await notes_due(tx, now=now)
    await check_invoices(tx, now=now)


async def _say_who_buys(tx: Tx, world: World, now: datetime) -> None:
    for n, team in enumerate(_paying()):
        actor = world.actor(address(team.people[0]))
        street, town = ADDRESSES[n % len(ADDRESSES)]
        told = BuyerForm(name=team.name, nip=made_up_nip(team.turn), line1=street, line2=town)
        when = now - timedelta(days=300)
        key = world.organisation(team.name)
        await set_buyer(tx, actor=actor, organisation_id=key, details=told, seen=0, now=when)
    abroad = BuyerForm(
        name="Kiez Robotik GmbH", line1="Torstr. 1", line2="10119 Berlin", country="DE", tax_number=BERLIN
    )
    actor = world.actor(address(_paying()[0].people[1]))
    await set_buyer(tx, actor=actor, organisation_id=None, details=abroad, seen=0, now=now - timedelta(days=300))


def _paying() -> list[Team]:
    return [team for team in TEAMS if team.kind in {"startup", "company"}]


async def _issue(tx: Tx, world: World, venue: str, gmina_id: UUID, now: datetime) -> None:
    over, coming = [
        [Booked(**row) for row in await tx.fetch(BOOKED, world.incubator(venue), now, past, most)]
        for past, most in ((True, MOST), (False, 1))
    ]
    made = []
    for n, one in enumerate(sorted(over, key=lambda each: each.start)):
        sale = _sale(world, venue, gmina_id, one, PAID[n % len(PAID)], one.day - timedelta(days=3))
        at = min(one.start + timedelta(days=1), now)
        made.append((await issue_invoice(tx, sale=sale, now=at), at))
    for one in coming:
        sale = _sale(world, venue, gmina_id, one, PaymentForm.CARD, (now - timedelta(days=1)).date())
        await issue_advance(tx, sale=sale, now=now - timedelta(hours=1))
    await _afterwards(tx, world, venue, made, now)


async def _afterwards(
    tx: Tx, world: World, venue: str, made: list[tuple[InvoiceView, datetime]], now: datetime
) -> None:
    """Most were sent; of one, half was given back, one had the wrong name, and one was for another."""
    actor = world.coordinator(venue)
    for n, (one, at) in enumerate(made[:-2]):
        number = f"{made_up_nip(SELLERS[venue][1])}-{at:%Y%m%d}-0100A0-B1C2{n:02X}-{n + 16:02X}"
        await note_ksef_number(tx, actor=actor, invoice_id=one.id, number=number, now=now)
    if made:
        reason = "Zwrot połowy ceny: awaria klimatyzacji"
        first = made[0][0]
        await correct_invoice(tx, actor=actor, invoice_id=first.id, refund=first.gross // 2, reason=reason, now=now)
    if len(made) > 2:
        await _rename(tx, actor, made[1][0], made[2][0], now)


async def _rename(tx: Tx, actor: Actor, one: InvoiceView, other: InvoiceView, now: datetime) -> None:
    wrong = form_of(await named_now(tx, invoice_id=one.id))
    moved = msgspec.structs.replace(wrong, line1="Leśna 6/2")
    await correct_buyer(tx, invoice_id=one.id, buyer=moved, reason="Błędny adres nabywcy", actor=actor, now=now)
    right = BuyerForm(name="Fundacja Polana", nip=made_up_nip(OTHERS), line1="Krótka 2", line2="32-005 Niepołomice")
    await invoice_another(
        tx, invoice_id=other.id, buyer=right, reason="Faktura wystawiona na innego nabywcę", actor=actor, now=now
    )


def _sale(world: World, venue: str, gmina_id: UUID, one: Booked, form: PaymentForm, paid_on: date) -> Sale:
    hours = round(Decimal(one.hours), 2)
    lines = [_line(f"{one.name_pl}, wynajem", hours, "hour", HOUR)]
    if one.attendees > 5:
        lines.append(
            _line("Kawa i herbata", Decimal(min(one.attendees, 12)), "piece", COFFEE, Stated.GROSS, Vat.REDUCED)
        )
    return Sale(
        gmina_id=gmina_id,
        incubator_id=world.incubator(venue),
        subject_kind="booking",
        subject_id=one.id,
        lines=tuple(lines),
        payment=Payment(form=form, paid_on=paid_on),
        supplied_on=one.day,
        organisation_id=one.organisation_id,
    )


def _line(
    text: str, quantity: Decimal, unit: str, price: int, stated: Stated = Stated.NET, vat: Vat = Vat.STANDARD
) -> SoldLine:
    amount = amount_of(quantity=quantity, price=price, stated=stated, vat=vat)
    return SoldLine(text_pl=text, quantity=quantity, unit=unit, price=price, stated=stated, vat=vat, amount=amount)
