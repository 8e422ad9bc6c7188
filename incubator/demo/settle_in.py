"""Puts the people of the demonstration into its gminas."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Session
from incubator.demo.gminas import gminas
from incubator.demo.numbers import made_up_nip
from incubator.demo.teams import DOMAIN, EXPERTS, MENTORS, RESIDENTS, TEAMS, Team, address
from incubator.kernel.ids import uuid7
from incubator.people.tables import Account, Membership, Organisation, RoleGrant

OFFICE, ADMINISTRATOR = f"biuro.smk@{DOMAIN}", f"administrator@{DOMAIN}"


def coordinator_of(gmina: str) -> str:
    """The address of the coordinator of the gmina with this slug."""
    return f"koordynator.{gmina}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Settled:
    """Accounts by address, organisations by name."""

    accounts: dict[str, UUID]
    organisations: dict[str, UUID]


async def settle_in(opened: Session, *, gmina_ids: dict[str, UUID], now: datetime) -> Settled:
    """Everybody, with their roles and organisations."""
    settled = Settled({}, {})
    _account(opened, settled, ADMINISTRATOR, "Administratorka (demo)", None)
    _account(opened, settled, OFFICE, "Biuro SMK (demo)", None)
    for facts in gminas():
        _account(opened, settled, coordinator_of(facts.slug), f"Koordynator {facts.name} (demo)", gmina_ids[facts.slug])
    for name, gmina in (*RESIDENTS, *MENTORS, *EXPERTS):
        _account(opened, settled, address(name), name, gmina_ids[gmina])
    for team in TEAMS:
        for name in team.people:
            _account(opened, settled, address(name), name, gmina_ids[team.gmina])
    await opened.flush()
    for team in TEAMS:
        await _team(opened, settled, team, gmina_ids[team.gmina], now)
    opened.add(RoleGrant(account_id=settled.accounts[ADMINISTRATOR], role="administrator"))
    opened.add(RoleGrant(account_id=settled.accounts[OFFICE], role="office"))
    for slug, gmina_id in gmina_ids.items():
        account_id = settled.accounts[coordinator_of(slug)]
        opened.add(RoleGrant(account_id=account_id, role="coordinator", gmina_id=gmina_id))
    opened.add_all([RoleGrant(account_id=settled.accounts[address(name)], role="mentor") for name, _ in MENTORS])
    await opened.flush()
    return settled


def _account(opened: Session, settled: Settled, email: str, name: str, gmina_id: UUID | None) -> None:
    settled.accounts[email] = key = uuid7()
    opened.add(Account(id=key, email=email, name=name, gmina_id=gmina_id))


async def _team(opened: Session, settled: Settled, team: Team, gmina_id: UUID, now: datetime) -> None:
    settled.organisations[team.name] = key = uuid7()
    nip = made_up_nip(team.turn)
    opened.add(
        Organisation(
            id=key,
            name=team.name,
            kind=team.kind,
            nip=nip,
            gmina_id=gmina_id,
            pkd=team.pkd,
            pkd_edition=2025,
            created_at=now,
        )
    )
    await opened.flush()
    for turn, name in enumerate(team.people):
        role = "member" if turn else "owner"
        opened.add(
            Membership(organisation_id=key, account_id=settled.accounts[address(name)], role=role, joined_at=now)
        )
