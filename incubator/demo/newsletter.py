"""The newsletter of the demonstration: readers who asked and confirmed, an issue that went out, one that waits for its
time, a draft, and one that was withdrawn."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.demo.newsletter_texts import (
    COMING_EN,
    COMING_PL,
    LOCAL_PL,
    PENDING,
    READERS,
    SENT_EN,
    SENT_PL,
)
from incubator.demo.settle_in import OFFICE, coordinator_of
from incubator.demo.world import World
from incubator.kernel.period import WARSAW, local_moment
from incubator.newsletter.ask_to_subscribe import ask_to_subscribe
from incubator.newsletter.confirm_subscription import confirm_subscription
from incubator.newsletter.copies import claim_copy, list_copies, settle_copy
from incubator.newsletter.details import Choice, IssueDetails, Part, Sending
from incubator.newsletter.go_out import begin_issue, finish_issue
from incubator.newsletter.interests import Interest
from incubator.newsletter.schedule_issue import schedule_issue
from incubator.newsletter.set_parts import set_parts
from incubator.newsletter.smtp import SENT, Outcome
from incubator.newsletter.start_issue import start_issue
from incubator.newsletter.states import Copy
from incubator.newsletter.things import calls_ahead, sessions_ahead
from incubator.newsletter.unsubscribe import unsubscribe
from incubator.newsletter.withdraw_issue import withdraw_issue
from incubator.people.actor import Actor

MAIL = "SELECT text FROM mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1"
LEAVES, GONE = "zenon.jez", "damian.ryba"
"""Who unsubscribed after the issue, and whose mailbox is no more."""


async def write_newsletter(tx: Tx, world: World, *, now: datetime) -> None:
    keys = await _subscribe(tx, world, now)
    office, desk = world.actor(OFFICE), world.actor(coordinator_of("niepolomice"))
    await _sent(tx, office, keys, now - timedelta(days=9))
    told = IssueDetails(title_pl="Co przed nami", title_en="What is coming up")
    coming = await _written(tx, office, None, told, await _coming(tx, now), now - timedelta(days=1))
    at = local_moment(now.astimezone(WARSAW).date() + timedelta(days=2), 8 * 60)
    await schedule_issue(tx, actor=office, issue_id=coming, sending=Sending(send_at=at), now=now)
    gmina = world.built.gminas["niepolomice"]
    parts = [Part(text_pl=LOCAL_PL)]
    await _written(tx, desk, gmina, IssueDetails(title_pl="Niepołomice: targ i LAS"), parts, now - timedelta(hours=5))
    title = IssueDetails(title_pl="Przerwa techniczna w LAS", title_en="A technical break at LAS")
    stopped = await _written(
        tx, desk, gmina, title, [Part(text_pl="Przerwa została odwołana.")], now - timedelta(days=20)
    )
    then = now - timedelta(days=19)
    await schedule_issue(tx, actor=desk, issue_id=stopped, sending=Sending(send_at=then + timedelta(days=1)), now=then)
    await withdraw_issue(tx, actor=desk, issue_id=stopped, now=then + timedelta(hours=3))


async def _subscribe(tx: Tx, world: World, now: datetime) -> dict[str, UUID]:
    gminas, keys = list(world.built.gminas.values()), {}
    interests: list[Interest] = ["sessions", "calls", "places", "mentors", "markets", "cooperation"]
    for turn, name in enumerate([*READERS, *PENDING]):
        email, asked = f"{name}@demo.invalid", now - timedelta(days=60 - turn, hours=turn % 7)
        if name in PENDING:
            asked = now - timedelta(days=2)
        choice = Choice(
            locale="en" if turn % 6 == 5 else "pl",
            gmina_ids=[gminas[turn % len(gminas)], gminas[(turn * 3 + 1) % len(gminas)]] if turn % 3 == 0 else [],
            interests=[interests[turn % 6], interests[(turn + 2) % 6]] if turn % 4 == 1 else [],
        )
        await ask_to_subscribe(tx, email=email, choice=choice, consent=True, how="page", now=asked)
        if name not in PENDING:
            found = re.search(r"/newsletter/confirm/(\S+)", await tx.fetchval(MAIL, email))
            assert found is not None
            keys[name] = (await confirm_subscription(tx, secret=found[1], now=asked + timedelta(minutes=20))).id
    return keys


async def _sent(tx: Tx, office: Actor, keys: Mapping[str, UUID], when: datetime) -> None:
    """It went out: one mailbox was no more, and one reader left afterwards."""
    told = IssueDetails(title_pl="Co słychać w inkubatorach", title_en="News of the incubators")
    parts = [Part(text_pl=SENT_PL, text_en=SENT_EN), *await _things(tx, when)]
    key = await _written(tx, office, None, told, parts, when - timedelta(days=1))
    await schedule_issue(tx, actor=office, issue_id=key, sending=Sending(send_at=when), now=when - timedelta(hours=20))
    await begin_issue(tx, issue_id=key, now=when)
    while await list_copies(tx, issue_id=key, now=when):
        pass
    gone = Outcome(Copy.FAILED, "550 5.1.1", "5.1.1")
    while (copy := await claim_copy(tx, issue_id=key, at=when)) is not None:
        outcome = gone if copy.subscription_id == keys[GONE] else SENT
        await settle_copy(tx, copy=copy, outcome=outcome, at=when + timedelta(minutes=1))
    await finish_issue(tx, issue_id=key, now=when + timedelta(minutes=4))
    await unsubscribe(tx, subscription_id=keys[LEAVES], now=when + timedelta(days=1))


async def _coming(tx: Tx, now: datetime) -> list[Part]:
    return [Part(text_pl=COMING_PL, text_en=COMING_EN), *await _things(tx, now)]


async def _things(tx: Tx, now: datetime) -> list[Part]:
    sessions, calls = await sessions_ahead(tx, now=now), await calls_ahead(tx, now=now)
    told = [Part(session_id=one.id) for one in sessions[:3]]
    return [*told, *(Part(edition_id=one.edition_id) for one in calls[:1])]


async def _written(
    tx: Tx, actor: Actor, gmina_id: UUID | None, details: IssueDetails, parts: list[Part], when: datetime
) -> UUID:
    made = await start_issue(tx, actor=actor, gmina_id=gmina_id, details=details, now=when)
    await set_parts(tx, actor=actor, issue_id=made.issue.id, parts=parts, now=when)
    return made.issue.id
