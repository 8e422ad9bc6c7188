"""The days that a request asks for, as its edges read them."""

from datetime import date
from typing import Annotated

from litestar.params import QueryParameter

First = Annotated[
    date | None, QueryParameter(name="from", description="First day, in Warsaw. Without it, the first of the month.")
]
Last = Annotated[
    date | None,
    QueryParameter(name="to", description="Last day, included; at most 366 days. Without it, the end of the month."),
]
