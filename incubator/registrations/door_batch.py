"""What a device at the door hands in, and what it is answered: one shape for programs and for our own page."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.registrations.door import DoorEvent, Result
from incubator.registrations.door_rules import Kind
from incubator.web.bodies import Body, Moment, OptionalLine


class NewDoorEvent(Body, frozen=True):
    """Something seen at the door, under an identifier of the device's own choice: sent again, it counts once. A
    ticket by its `code` or `ticket_id`; for `walk_in` the `name`, and `id` becomes the identifier of the ticket."""

    id: UUID
    kind: Kind
    at: Moment
    ticket_id: UUID | None = None
    code: OptionalLine = ""
    name: OptionalLine = ""


class DoorBatch(Body, frozen=True):
    """What a device has seen and not yet been thanked for."""

    events: Annotated[list[NewDoorEvent], Meta(max_length=500)]


class DoorOutcome(msgspec.Struct, frozen=True):
    """What became of an event."""

    id: UUID
    result: Result


class DoorOutcomes(msgspec.Struct, frozen=True):
    """One for each event, in order."""

    items: list[DoorOutcome]


def events_of(data: DoorBatch) -> list[DoorEvent]:
    return [DoorEvent(**msgspec.structs.asdict(one)) for one in data.events]
