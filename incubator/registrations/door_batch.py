"""What a device at the door hands in, and what it is answered: one shape for programs and for our own page."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.people.forms import Ask
from incubator.registrations.door import DoorEvent, Outcome, Result
from incubator.registrations.door_rules import Kind
from incubator.web.bodies import Body, Moment
from incubator.web.problems import said


class NewDoorEvent(Body, frozen=True):
    """Something seen at the door, under an identifier of the device's own choice: sent again, it counts once. A
    ticket by its `code` or `ticket_id`; for `walk_in` the `name`, and `id` becomes the identifier of the ticket. What a
    person typed or a camera read is judged for each event by itself: it keeps no other back."""

    id: UUID
    kind: Kind
    at: Moment
    ticket_id: UUID | None = None
    code: str = ""
    name: str = ""


class DoorBatch(Body, frozen=True):
    """What a device has seen and not yet been thanked for."""

    events: Annotated[list[NewDoorEvent], Meta(max_length=500)]


class DoorOutcome(msgspec.Struct, frozen=True):
    """What became of an event: `noted`, or `known` from before; else nothing was noted, and `code` and `detail` say
    why, as of any refusal."""

    id: UUID
    result: Result
    code: str = ""
    detail: str = ""


class DoorOutcomes(msgspec.Struct, frozen=True):
    """One for each event, in order."""

    items: list[DoorOutcome]


def events_of(data: DoorBatch) -> list[DoorEvent]:
    return [DoorEvent(**msgspec.structs.asdict(one)) for one in data.events]


def outcomes_of(request: Ask, data: DoorBatch, got: Mapping[UUID, Outcome]) -> DoorOutcomes:
    return DoorOutcomes([_outcome(request, one.id, got[one.id]) for one in data.events])


def _outcome(request: Ask, key: UUID, outcome: Outcome) -> DoorOutcome:
    if outcome.refusal is None:
        return DoorOutcome(key, outcome.result)
    return DoorOutcome(key, outcome.result, outcome.refusal.code, said(request, outcome.refusal))
