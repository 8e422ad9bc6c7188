"""Whose a credit is."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Holder:
    """An organisation, or a person for themself: one of the two."""

    organisation_id: UUID | None = None
    account_id: UUID | None = None

    @classmethod
    def of(cls, organisation_id: UUID | None, account_id: UUID) -> Self:
        """The organisation where there is one; the person else."""
        return cls(account_id=account_id) if organisation_id is None else cls(organisation_id=organisation_id)

    @property
    def id(self) -> UUID:
        key = self.organisation_id or self.account_id
        assert key is not None, "a credit is somebody's"
        return key

    def told(self) -> dict[str, str]:
        """As history keeps it."""
        return {"account_id" if self.organisation_id is None else "organisation_id": str(self.id)}
