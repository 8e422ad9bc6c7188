"""What is said of an organisation, cleaned."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people import rules

KINDS = ("startup", "company", "ngo", "public")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDetails:
    """As typed, or cleaned by `cleaned`; empty texts mean none."""

    name: str
    kind: str
    gmina_id: UUID | None
    nip: str | None = None
    regon: str | None = None
    krs: str | None = None
    pkd: str | None = None
    pkd_edition: int | None = None


class UnknownKind(Invalid):
    code = "unknown_kind"
    sentence = N_("Please say what kind of organisation it is.")


class UnknownGmina(Invalid):
    """No such gmina in the metropolis."""

    code = "unknown_gmina"
    sentence = N_("Please choose one of the gminas.")


class NipTaken(Conflict):
    """Another organisation has this NIP. Which, its members alone know."""

    code = "nip_taken"
    sentence = N_("There is an organisation with this NIP already. Ask its owner for an invitation.")


def cleaned(typed: OrganisationDetails) -> OrganisationDetails:
    """As it is kept. Raises NameMissing, UnknownKind, UnknownGmina, BadNip, BadRegon, BadKrs, BadPkd."""
    if typed.kind not in KINDS:
        raise UnknownKind()
    if typed.gmina_id is None:
        raise UnknownGmina()
    pkd, edition = rules.pkd(typed.pkd or "", typed.pkd_edition)
    return OrganisationDetails(
        name=rules.name(typed.name),
        kind=typed.kind,
        gmina_id=typed.gmina_id,
        nip=rules.nip(typed.nip or ""),
        regon=rules.regon(typed.regon or ""),
        krs=rules.krs(typed.krs or ""),
        pkd=pkd,
        pkd_edition=edition,
    )


async def must_know_gmina(tx: Tx, gmina_id: UUID | None) -> None:
    """Raises UnknownGmina."""
    if not await tx.fetchval("SELECT EXISTS (SELECT FROM gmina WHERE id = $1)", gmina_id):
        raise UnknownGmina()
