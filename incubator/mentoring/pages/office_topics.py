"""The metropolis office keeps the list of topics."""

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.mentoring.add_topic import add_topic
from incubator.mentoring.details import NewTopic, TopicNames
from incubator.mentoring.pages.labels import labels_in
from incubator.mentoring.pages.mentor_page import told
from incubator.mentoring.rename_topic import rename_topic
from incubator.mentoring.retire_topic import retire_topic
from incubator.mentoring.topics import topics
from incubator.people.forms import Asked, Deed
from incubator.people.guards import office
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.places.slugs import slug_of
from incubator.web.bodies import Body, Slug


class TopicKeyForm(Body, frozen=True):
    slug: Slug


async def _shown(tx: Tx, visit: Visit, _nothing: None) -> Shown:
    return told(visit, "office_topics.html", topics=await topics(tx, retired=True))


async def _add(asked: Asked) -> None:
    typed = asked.typed
    slug = slug_of(typed.one("name_pl"), otherwise="temat")
    await asked.do(add_topic, topic=typed.shaped(NewTopic, slug=slug))


async def _rename(asked: Asked) -> None:
    key, names = asked.typed.shaped(TopicKeyForm).slug, asked.typed.shaped(TopicNames)
    await asked.do(rename_topic, slug=key, names=names, seen=asked.typed.seen)


async def _retire(asked: Asked) -> None:
    key = asked.typed.shaped(TopicKeyForm).slug
    await asked.do(retire_topic, slug=key, seen=asked.typed.seen)


DEEDS: dict[str, Deed] = {
    "add": Deed(_add, N_("The topic is added: mentors can choose it.")),
    "rename": Deed(_rename, N_("The topic is saved.")),
    "retire": Deed(_retire, N_("The topic is out of the list. Meetings about it keep it.")),
}

handlers = Screen(
    name="topics",
    path="/office/topics",
    guard=office,
    about=nothing,
    shows=_shown,
    deeds=DEEDS,
    labels=labels_in,
).handlers
