"""The metropolis office keeps the list of topics."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal
from incubator.mentoring.add_topic import add_topic
from incubator.mentoring.details import NewTopic, TopicNames
from incubator.mentoring.pages.mentor_page import shown
from incubator.mentoring.rename_topic import rename_topic
from incubator.mentoring.retire_topic import retire_topic
from incubator.mentoring.topics import topics
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Deed, Typed, carried_out, typed_in
from incubator.people.guards import office
from incubator.places.slugs import slug_of
from incubator.web.bodies import Body, Slug

ADDRESS = "/office/topics"


class TopicKeyForm(Body, frozen=True):
    slug: Slug


@get(ADDRESS, guards=[office])
async def show_topics(request: Ask, db: NamedDependency[Database]) -> Response[str]:
    return await _show(request, db)


@post(ADDRESS, guards=[office], status_code=303)
async def change_topics(
    request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=None, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, db, typed, refusal)

    return await carried_out(request, db, DEEDS, typed=typed, ask=ask, back=ADDRESS, again=again)


async def _show(
    request: Ask, db: Database, typed: Typed | None = None, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        found = await topics(tx, retired=True)
    return shown(request, "office_topics.html", typed=typed, refusal=refusal, topics=found)


async def _add(asked: Asked) -> None:
    typed = asked.typed
    slug = slug_of(typed.one("name_pl"), otherwise="temat")
    await add_topic(asked.tx, actor=asked.actor, topic=typed.shaped(NewTopic, slug=slug), now=asked.now)


async def _rename(asked: Asked) -> None:
    key, names = asked.typed.shaped(TopicKeyForm).slug, asked.typed.shaped(TopicNames)
    await rename_topic(asked.tx, actor=asked.actor, slug=key, names=names, seen=asked.typed.seen, now=asked.now)


async def _retire(asked: Asked) -> None:
    key = asked.typed.shaped(TopicKeyForm).slug
    await retire_topic(asked.tx, actor=asked.actor, slug=key, seen=asked.typed.seen, now=asked.now)


DEEDS: dict[str, Deed] = {
    "add": Deed(_add, N_("The topic is added: mentors can choose it.")),
    "rename": Deed(_rename, N_("The topic is saved.")),
    "retire": Deed(_retire, N_("The topic is out of the list. Meetings about it keep it.")),
}

handlers: list[ControllerRouterHandler] = [show_topics, change_topics]
