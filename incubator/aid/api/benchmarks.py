"""What an hour that is given free of charge costs at the market, as a gmina says."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from incubator.aid.api.shapes import DESK, DESK_READ, Benchmarks, NewBenchmark
from incubator.aid.benchmarks import BenchmarkView, benchmarks_for, benchmarks_missing
from incubator.aid.set_benchmark import set_benchmark
from incubator.db.engine import statement
from incubator.people.visit import Visit


@get("/aid/benchmarks", operation_id="listAidBenchmarks", **DESK_READ)
async def list_benchmarks(visit: NamedDependency[Visit]) -> Benchmarks:
    """What an hour of a mentor and of a seat at a training is worth in the coordinator's gminas, the latest first."""
    async with statement(visit.db) as tx:
        items = await benchmarks_for(tx, actor=visit.actor)
        return Benchmarks(items=items, missing=await benchmarks_missing(tx, actor=visit.actor, now=visit.now))


@post("/aid/benchmarks", operation_id="setAidBenchmark", status_code=200, **DESK)
async def post_benchmark(data: JSONBody[NewBenchmark], visit: NamedDependency[Visit]) -> BenchmarkView:
    """Set what an hour is worth from a day on, today or later; it is never changed, only followed by another."""
    return await visit.do(set_benchmark, gmina_id=data.gmina_id, details=data)


handlers: list[ControllerRouterHandler] = [list_benchmarks, post_benchmark]
