"""The topics of the metropolis, for everybody to choose from."""

from uuid import NAMESPACE_URL, UUID, uuid5

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.mentoring.mentor_views import TopicView
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.web.etags import must_be_current


class NoSuchTopic(NotFound):
    """No topic of this name, or one that was retired."""

    code = "no_such_topic"
    sentence = N_("There is no such topic.")


class TopicThere(Conflict):
    """A topic of this name in addresses is there already, perhaps a retired one."""

    code = "topic_there"
    sentence = N_("There is a topic with this address already. Choose another.")


COLUMNS = "slug, name_pl, name_en, position, retired_at IS NOT NULL AS retired, version"
TOPICS = f"SELECT {COLUMNS} FROM topic WHERE retired_at IS NULL OR $1 ORDER BY retired_at IS NOT NULL, position, slug"


async def topics(tx: Tx, *, retired: bool = False) -> list[TopicView]:
    """In their order; the `retired` ones at the end, where they are wanted."""
    return [TopicView(**row) for row in await tx.fetch(TOPICS, retired)]


async def topic_by_slug(tx: Tx, *, slug: str) -> TopicView:
    """Raises NoSuchTopic."""
    row = await tx.fetchrow(f"SELECT {COLUMNS} FROM topic WHERE slug = $1", slug)
    if row is None:
        raise NoSuchTopic()
    return TopicView(**row)


async def topic_to_change(tx: Tx, *, actor: Actor, slug: str, seen: int | None) -> asyncpg.Record:
    """For the office and the administrator; locked. Raises NotYours, NoSuchTopic, ChangedMeanwhile."""
    must_be_office(actor)
    row = await tx.fetchrow("SELECT * FROM topic WHERE slug = $1 FOR NO KEY UPDATE", slug)
    if row is None or row["retired_at"] is not None:
        raise NoSuchTopic()
    must_be_current(row["version"], seen)
    return row


def must_be_office(actor: Actor) -> None:
    """Raises NotYours."""
    if not (actor.is_office or actor.is_administrator):
        raise NotYours()


def topic_key(slug: str) -> UUID:
    """How the history names a topic, whose own key is its slug."""
    return uuid5(NAMESPACE_URL, f"topic:{slug}")
