"""What of aid is said in JSON alone; the rest is in details.py and views.py."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar.params import QueryParameter
from msgspec import Meta

from incubator.aid.benchmarks import BenchmarkView, MissingView
from incubator.aid.details import BenchmarkDetails, Elsewhere, Size
from incubator.aid.views import ElsewhereView, LimitView, RateView, ReportView
from incubator.people.guards import administrator, coordinator, scope, signed_in
from incubator.web.bodies import Body, Line, OptionalLine
from incubator.web.problems import problems

READ: dict[str, Any] = {"guards": [signed_in, scope("aid:read")], "responses": problems(401, 403, 404, 409, 422)}
OWN: dict[str, Any] = {"guards": [signed_in, scope("aid:write")], "responses": problems(401, 403, 404, 409, 422)}
DESK_READ: dict[str, Any] = {**READ, "guards": [coordinator, scope("aid:read")]}
DESK: dict[str, Any] = {**OWN, "guards": [coordinator, scope("aid:write")]}
LAW: dict[str, Any] = {**OWN, "guards": [administrator, scope("aid:write")]}

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many to give at most.")]
First = Annotated[date | None, QueryParameter(description="The first day of grants to give.")]
Last = Annotated[date | None, QueryParameter(description="The last day of grants to give.")]


class Declared(Body, frozen=True):
    """Every grant of de minimis aid from elsewhere in the years that count; an empty list says that there was none.
    The company's seat and its size, as certificates have to say them; left out, they stay as they were said last."""

    elsewhere: Annotated[list[Elsewhere], Meta(max_length=1000)]
    address: OptionalLine = ""
    size: Size = ""


class ElsewhereList(msgspec.Struct, kw_only=True):
    items: list[ElsewhereView]


class Link(Body, frozen=True):
    """The company that counts with it, by its NIP, and by what they are linked."""

    nip: Annotated[str, Meta(pattern=r"^[0-9]{10}$(?!\n)")]
    because: Line


class Because(Body, frozen=True):
    """Why they count apart from now on."""

    because: Line


class Days(Body, frozen=True):
    """From the first day to the last, of a gmina."""

    gmina_id: UUID
    first_day: date
    last_day: date


class Reports(msgspec.Struct, kw_only=True):
    items: list[ReportView]


class NewBenchmark(BenchmarkDetails, frozen=True, kw_only=True):
    """Of a gmina."""

    gmina_id: UUID


class Benchmarks(msgspec.Struct, kw_only=True):
    """`missing`: gminas that have none today, so that nothing is written down there."""

    items: list[BenchmarkView]
    missing: list[MissingView]


class Limits(msgspec.Struct, kw_only=True):
    items: list[LimitView]


class Rates(msgspec.Struct, kw_only=True):
    items: list[RateView]
