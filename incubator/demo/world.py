"""The demonstration as its story sees it: who is who, and what is where."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx
from incubator.demo.build import Built
from incubator.demo.settle_in import Settled, coordinator_of
from incubator.demo.venues import VENUES
from incubator.people.actor import Actor, actor_by_account


@dataclass(frozen=True, slots=True)
class World:
    """Actors by address, and the keys of places and organisations by what they are called."""

    built: Built
    settled: Settled
    actors: dict[str, Actor]

    def actor(self, email: str) -> Actor:
        return self.actors[email]

    def coordinator(self, venue: str) -> Actor:
        """Who runs the incubator."""
        return self.actors[coordinator_of(GMINA_OF[venue])]

    def incubator(self, venue: str) -> UUID:
        return self.built.incubators[venue]

    def space(self, venue: str, place: str) -> UUID:
        return self.built.spaces[venue, place]

    def organisation(self, name: str) -> UUID:
        return self.settled.organisations[name]

    def needs_approval(self, venue: str, place: str) -> bool:
        return (venue, place) in APPROVED


GMINA_OF = {venue.slug: venue.gmina for venue in VENUES}
APPROVED = {(venue.slug, place.slug) for venue in VENUES for place in venue.places if place.rules.needs_approval}


async def world_of(tx: Tx, built: Built, settled: Settled) -> World:
    """With everybody's actor, as a request of theirs would have it."""
    actors: dict[str, Actor] = {}
    for email, account_id in settled.accounts.items():
        actor = await actor_by_account(tx, account_id=account_id)
        assert actor is not None
        actors[email] = actor
    return World(built, settled, actors)
