"""The link in a mail by which its reader can say that they cannot come, without signing in."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import NotFound
from incubator.people.actor import Actor, actor_by_account
from incubator.web.letters import link
from incubator.web.links import seal, sealed


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """Of the things of a `kind`, a "booking" say. `gone` is what somebody else is told."""

    kind: str
    gone: type[NotFound]

    @property
    def path(self) -> str:
        """Where the page is that asks; to open it changes nothing."""
        return f"/{self.kind}s/{{{self.kind}_id:uuid}}/answer/{{account_id:uuid}}/{{given:str}}"

    def to(self, key: UUID, *, account_id: UUID) -> str:
        """The link for one person to one thing."""
        return link(f"/{self.kind}s/{key}/answer/{account_id}/{seal(self._word(account_id), key)}")

    async def reader(self, tx: Tx, *, key: UUID, account_id: UUID, given: str) -> Actor:
        """The person whom the mail went to. Raises `gone` where the link is not whole, or they are no more."""
        if not sealed(self._word(account_id), key, given):
            raise self.gone()
        return await reader_by_account(tx, account_id=account_id, gone=self.gone)

    def _word(self, account_id: UUID) -> str:
        """What it is sealed for: an answer of this person alone."""
        return f"answer-{self.kind}-{account_id}"


async def reader_by_account(tx: Tx, *, account_id: UUID, gone: type[NotFound]) -> Actor:
    """The person whom a mail went to. Raises `gone` where they are no more."""
    actor = await actor_by_account(tx, account_id=account_id)
    if actor is None:
        raise gone()
    return actor
