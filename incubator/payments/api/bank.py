"""Files of a gmina's bank and their transfers: looked at, taken over, counted to what they were for."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.ledger.queries import books_for
from incubator.payments.api.shapes import BANK, DESK_READ, AccountBody, AsideBody, Limit, MatchBody
from incubator.payments.import_bank_file import BankFileView, bank_file_for, import_bank_file, preview_bank_file
from incubator.payments.match_certain import match_certain
from incubator.payments.match_payment import match_payment, set_aside
from incubator.payments.queries import waited_for
from incubator.payments.queries_bank import bank_accounts, bank_lines
from incubator.payments.read_bank_file import read_bank_file
from incubator.payments.set_bank_account import set_bank_account
from incubator.payments.states import LineState
from incubator.payments.suggest import Suggestion, suggested
from incubator.payments.views import BankAccountView, BankLineView, ChargeView
from incubator.people.guards import must_coordinate
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor, read_cursor, write_cursor

FILE, LINE = "/bank/files/{import_id:uuid}", "/bank/transfers/{line_id:uuid}"


class Imported(msgspec.Struct, kw_only=True):
    """How many transfers of the file were not there before."""

    new: int


class Counted(msgspec.Struct, kw_only=True):
    """How many transfers were counted."""

    counted: int


class Transfer(msgspec.Struct, kw_only=True):
    """A transfer, and while it waits the charges that it may be for, the likeliest first."""

    transfer: BankLineView
    suggestions: list[Suggestion]


class Transfers(msgspec.Struct, kw_only=True):
    """A page of transfers; `next` goes on."""

    items: list[Transfer]
    next: str | None


@post("/bank/files", operation_id="previewBankFile", **BANK)
async def post_file(
    request: Request[Any, Any, Any], visit: NamedDependency[Visit], gmina: FromQuery[UUID]
) -> Response[BankFileView]:
    """Send a file of the gmina's bank (CSV with column names, or MT940) as the body, and get its transfers, what they
    may be for, and what cannot be read. Nothing is taken over yet; for that there is a day."""
    must_coordinate(visit.actor, gmina)
    found = await asyncio.to_thread(read_bank_file, await request.body())
    return await visit.create(preview_bank_file, lambda made: f"/api/bank/files/{made.id}", gmina_id=gmina, found=found)


@get(FILE, operation_id="getBankFile", **DESK_READ)
async def get_file(import_id: FromPath[UUID], visit: NamedDependency[Visit]) -> BankFileView:
    """A file as it was looked at; its rows are gone once it is taken over."""
    async with statement(visit.db) as tx:
        return await bank_file_for(tx, actor=visit.actor, import_id=import_id, now=visit.now)


@post(f"{FILE}/import", operation_id="importBankFile", **BANK)
async def post_import(import_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[Imported]:
    """Take the file over as it was seen, all of it or nothing. A transfer that another file brought counts once."""
    at = f"/api/bank/files/{import_id}"
    return await visit.create(import_bank_file, at, lambda new: Imported(new=new), import_id=import_id)


@get("/bank/transfers", operation_id="listTransfers", **DESK_READ)
async def list_transfers(
    visit: NamedDependency[Visit],
    gmina: FromQuery[UUID],
    which: FromQuery[LineState | None] = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Transfers:
    """Transfers that came in, the latest first: those that wait, are counted (`matched`), or set aside (`ignored`)."""
    seen = read_cursor(after, date)
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        found = await bank_lines(tx, gmina_id=books.id, state=which, after=seen, limit=limit + 1)
        asked = await waited_for(tx, gmina_id=books.id)
    waiting = [one for one in found[:limit] if one.state == LineState.WAITING]
    told = dict(zip((one.id for one in waiting), await asyncio.to_thread(suggested, waiting, asked=asked), strict=True))
    items = [Transfer(transfer=one, suggestions=told.get(one.id, [])) for one in found[:limit]]
    more = found[limit - 1] if len(found) > limit else None
    return Transfers(items=items, next=write_cursor(more.booked_on, more.id) if more else None)


@post(f"{LINE}/match", operation_id="matchTransfer", **BANK)
async def post_match(
    line_id: FromPath[UUID], data: JSONBody[MatchBody], visit: NamedDependency[Visit]
) -> Response[ChargeView]:
    """Count a transfer to a charge: all that is left of it, or `amount`. `withdrawPayment` takes it back."""
    at = f"/api/charges/{data.charge_id}"
    told = {"line_id": line_id, "charge_id": data.charge_id, "amount": data.amount}
    return await visit.create(match_payment, at, **told)


@post(f"{LINE}/aside", operation_id="setTransferAside", status_code=200, **BANK)
async def post_aside(line_id: FromPath[UUID], data: JSONBody[AsideBody], visit: NamedDependency[Visit]) -> BankLineView:
    """Set a transfer aside that is for nothing of the incubators, or have it wait again."""
    return await visit.do(set_aside, line_id=line_id, aside=data.aside)


@post("/bank/transfers/match-certain", operation_id="matchCertain", status_code=200, **BANK)
async def post_certain(visit: NamedDependency[Visit], gmina: FromQuery[UUID]) -> Counted:
    """Count all transfers whose title names a charge and whose amount is just what is owed."""
    return Counted(counted=await visit.do(match_certain, gmina_id=gmina))


@get("/bank/accounts", operation_id="listBankAccounts", **DESK_READ)
async def list_accounts(visit: NamedDependency[Visit], gmina: FromQuery[UUID]) -> list[BankAccountView]:
    """All accounts on which the gmina was, is and will be paid, the latest first."""
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        return await bank_accounts(tx, gmina_id=books.id)


@post("/bank/accounts", operation_id="setBankAccount", **BANK)
async def post_account(
    visit: NamedDependency[Visit], gmina: FromQuery[UUID], data: JSONBody[AccountBody]
) -> Response[BankAccountView]:
    """Say on which account the gmina is paid from a day on; all its coordinators are written to."""
    told = {"number": data.number, "holder": data.holder, "nip": data.nip, "valid_from": data.valid_from}
    return await visit.create(set_bank_account, f"/api/bank/accounts?gmina={gmina}", gmina_id=gmina, **told)


handlers: list[ControllerRouterHandler] = [
    post_file,
    get_file,
    post_import,
    list_transfers,
    post_match,
    post_aside,
    post_certain,
    list_accounts,
    post_account,
]
