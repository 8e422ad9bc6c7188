"""Whoever comes second is told when the mentor is free next."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from incubator.db.engine import Database, statement
from incubator.mentoring.api.shapes_meetings import time_json
from incubator.mentoring.offered import ANYBODY, next_free
from incubator.mentoring.place import MentorTaken
from incubator.mentoring.to_meet import mentor_to_meet


@asynccontextmanager
async def suggesting(db: Database, *, now: datetime) -> AsyncIterator[None]:
    """Puts the mentor's next free times on a MentorTaken that leaves through it. Asked for after the transaction
    is over: who lost should not keep others waiting."""
    try:
        yield
    except MentorTaken as refusal:
        async with statement(db) as tx:
            mentor = await mentor_to_meet(tx, mentor_id=refusal.mentor_id)
            after, minutes = max(refusal.period.start, now), refusal.period.minutes
            times = await next_free(tx, mentor=mentor, after=after, minutes=minutes, seeker=ANYBODY, now=now)
        refusal.suggestions = [time_json(time) for time in times]
        raise
