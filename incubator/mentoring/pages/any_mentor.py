"""Any mentor for a topic: who can be met first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency

from incubator.db.engine import Database, statement
from incubator.mentoring.any_mentor import TopicWish, chances
from incubator.mentoring.pages.meet_choice import seeker_for
from incubator.mentoring.topic_names import topics_of
from incubator.people.actor import Actor
from incubator.people.guards import public
from incubator.web.pages import page

LENGTHS = (15, 30, 45, 60, 90, 120)
LANGUAGES = ("pl", "en", "uk")
PLACES = """
SELECT DISTINCT incubator.id, incubator.name FROM incubator JOIN mentor_hours ON incubator_id = incubator.id
JOIN mentor ON mentor.id = mentor_id AND mentor.state = 'active' WHERE incubator.status = 'open' ORDER BY incubator.name
"""
SHOWN = 20


@get("/mentors/any", guards=[public])
async def show_any(
    request: Request[Any, Any, Any], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[str]:
    """Pick a topic; the soonest times of all who know about it, each a step from being booked."""
    asked = {name: request.query_params.get(name, "") for name in ("topic", "minutes", "language", "where")}
    minutes = next((length for length in LENGTHS if str(length) == asked["minutes"]), 60)
    actor = request.scope.get("user")
    async with statement(db) as tx:
        topics = await topics_of(tx, slugs=None)
        places = await tx.fetch(PLACES)
        found = []
        if asked["topic"] in {topic.slug for topic in topics}:
            wish = TopicWish(
                topic=asked["topic"],
                minutes=minutes,
                language=asked["language"] if asked["language"] in LANGUAGES else None,
                incubator_id=next((row["id"] for row in places if str(row["id"]) == asked["where"]), None),
                online=asked["where"] == "online",
            )
            seeker = await seeker_for(tx, actor, now)
            but: UUID | None = actor.account_id if isinstance(actor, Actor) else None
            found = await chances(tx, wish=wish, seeker=seeker, but=but, now=now)
    names = {row["id"]: row["name"] for row in places}
    return page(
        request,
        "mentoring/any.html",
        topics=topics,
        places=names,
        lengths=LENGTHS,
        languages=LANGUAGES,
        asked={**asked, "minutes": str(minutes)},
        looked=bool(asked["topic"]),
        chances=found[:SHOWN],
    )


handlers = [show_any]
