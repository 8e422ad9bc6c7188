"""Transfers at the desk: a file of the bank is looked at, taken over, and each transfer counted to what it is for."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.payments.bank_rows import LARGEST
from incubator.payments.import_bank_file import BankFileView, bank_file_for, import_bank_file, preview_bank_file
from incubator.payments.locked import NoSuchCharge
from incubator.payments.match_certain import certain, match_certain, waiting_lines
from incubator.payments.match_payment import charge_by_number, match_payment, set_aside
from incubator.payments.pages.at_desk import Desk, desk_of
from incubator.payments.pages.labels import PROBLEMS, SUGGESTED, labels_in
from incubator.payments.pages.shown import in_money
from incubator.payments.papers import counted_to, named
from incubator.payments.queries import charge_at_desk
from incubator.payments.queries_bank import bank_lines
from incubator.payments.read_bank_file import read_bank_file
from incubator.payments.rules import numbers_in
from incubator.payments.states import LineState
from incubator.payments.suggest import Suggestion
from incubator.payments.views import BankLineView, ChargeView
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine

SHOWN, LOOKED_AT = 50, 200


class LineForm(Body, frozen=True):
    line_id: UUID
    charge_id: UUID | None = None
    title: OptionalLine = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A transfer, and the charges that it may be for."""

    line: BankLineView
    suggestions: tuple[tuple[ChargeView, Suggestion], ...]


async def _shown(tx: Tx, visit: Visit, desk: Desk) -> Shown:
    found = await waiting_lines(tx, gmina_id=desk.id, limit=500)
    counted = await bank_lines(tx, gmina_id=desk.id, state=LineState.MATCHED, limit=20)
    return Shown(
        "payments/bank.html",
        desk=desk,
        waiting=[await _with_charges(tx, visit, line, told) for line, told in found[:SHOWN]],
        more=max(len(found) - SHOWN, 0),
        certain=sum(certain(told) is not None for _, told in found),
        counted=counted,
        counted_to=await counted_to(tx, line_ids=[line.id for line in counted]),
        aside=await bank_lines(tx, gmina_id=desk.id, state=LineState.IGNORED, limit=20),
        suggested=SUGGESTED,
        **in_money(visit),
    )


async def _with_charges(tx: Tx, visit: Visit, line: BankLineView, told: list[Suggestion]) -> Waiting:
    charges = [(await charge_at_desk(tx, actor=visit.actor, charge_id=one.charge_id), one) for one in told[:3]]
    return Waiting(line=line, suggestions=tuple(charges))


async def _look(asked: Asked) -> BankFileView:
    content = await asked.typed.file("file", most=LARGEST)
    found = await asyncio.to_thread(read_bank_file, content)
    return await asked.do(preview_bank_file, gmina_id=_desk(asked).id, found=found)


async def _match(asked: Asked) -> Desk:
    form = asked.typed.shaped(LineForm)
    amount = asked.typed.money("amount") or None
    charge_id = form.charge_id or await _named(asked, form.title)
    await asked.do(match_payment, line_id=form.line_id, charge_id=charge_id, amount=amount)
    return _desk(asked)


async def _named(asked: Asked, title: str) -> UUID:
    """The charge that a typed number names, with its check digit. Raises CheckField, NoSuchCharge."""
    numbers = numbers_in(title)
    if not numbers:
        raise CheckField("title")
    for number in numbers:
        try:
            return await charge_by_number(asked.tx, gmina_id=_desk(asked).id, number=number)
        except NoSuchCharge:
            continue
    raise NoSuchCharge()


async def _certain(asked: Asked) -> Desk:
    await asked.do(match_certain, gmina_id=_desk(asked).id)
    return _desk(asked)


async def _aside(asked: Asked) -> Desk:
    await asked.do(set_aside, line_id=asked.typed.shaped(LineForm).line_id, aside=True)
    return _desk(asked)


async def _back(asked: Asked) -> Desk:
    await asked.do(set_aside, line_id=asked.typed.shaped(LineForm).line_id, aside=False)
    return _desk(asked)


def _desk(asked: Asked) -> Desk:
    desk: Desk = asked.place
    return desk


def _here(desk: Desk) -> str:
    return f"?gmina={desk.id}"


BANK = Screen(
    name="bank_desk",
    path="/desk/payments/bank",
    guard=coordinator,
    about=desk_of,
    shows=_shown,
    deeds={
        "file": Deed(_look, "", to=lambda made: f"/desk/payments/bank/{made.id}"),
        "match": Deed(_match, N_("The transfer is counted, and they are written to."), to=_here),
        "certain": Deed(_certain, N_("All that was certain is counted."), to=_here),
        "aside": Deed(_aside, N_("The transfer is set aside."), to=_here),
        "back": Deed(_back, N_("The transfer waits again."), to=_here),
    },
    labels=labels_in,
)


async def _file(tx: Tx, visit: Visit) -> BankFileView:
    """Raises NoSuchBankFile."""
    return await bank_file_for(tx, actor=visit.actor, import_id=visit.key("import_id"), now=visit.now)


async def _seen(tx: Tx, visit: Visit, found: BankFileView) -> Shown:
    meant = [why.charge_id for one in found.rows[:LOOKED_AT] for why in one.suggestions[:3]]
    return Shown(
        "payments/bank_file.html",
        found=found,
        rows=found.rows[:LOOKED_AT],
        charges=await named(tx, charge_ids=meant),
        problems=PROBLEMS,
        suggested=SUGGESTED,
        **in_money(visit),
    )


async def _apply(asked: Asked) -> BankFileView:
    found: BankFileView = asked.place
    await asked.do(import_bank_file, import_id=found.id)
    return found


FILE = Screen(
    name="bank_file",
    path="/desk/payments/bank/{import_id:uuid}",
    guard=coordinator,
    about=_file,
    shows=_seen,
    deeds={
        "apply": Deed(
            _apply, N_("The file is taken over."), to=lambda found: f"/desk/payments/bank?gmina={found.gmina_id}"
        )
    },
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [*BANK.handlers, *FILE.handlers]
