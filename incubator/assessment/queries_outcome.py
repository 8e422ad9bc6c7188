"""Where an application stands, for its applicant: what was decided, the points, the place on the list."""

from uuid import UUID

import msgspec

from incubator.applications.queries import own_application
from incubator.applications.views import ApplicationView
from incubator.assessment.queries_formal import checks_of
from incubator.assessment.records import rules_kept
from incubator.assessment.rules import most_points
from incubator.assessment.views import CheckView
from incubator.assessment.views_ranking import DecisionView, OutcomeView
from incubator.db.engine import Tx
from incubator.people.actor import Actor

DECISIONS = """
SELECT outcome, reason, decided_at, answer_until FROM decision WHERE application_id = $1 ORDER BY decided_at DESC, id DESC
"""
PLACE = """
SELECT position, points, told::text AS told, rules::text AS rules,
    CASE WHEN application.state = 'reserve' THEN (
        SELECT count(*) FROM ranking_row AS before JOIN application AS other ON other.id = before.application_id
        WHERE before.ranking_id = ranking.id AND before.position <= ranking_row.position AND other.state = 'reserve'
    ) END AS reserve_position
FROM ranking_row JOIN ranking ON ranking.id = ranking_id JOIN application ON application.id = application_id
WHERE application_id = $1 AND approved_at IS NOT NULL
"""
NAMES = "SELECT id, name_pl, name_en, most FROM criterion WHERE edition_id = $1 ORDER BY position"


async def outcome_for(tx: Tx, *, actor: Actor, application_id: UUID) -> tuple[ApplicationView, OutcomeView]:
    """The application and what was decided; points once a ranking is approved. Raises NoSuchApplication."""
    application = await own_application(tx, actor=actor, application_id=application_id)
    checks = (await checks_of(tx, application_ids=[application_id])).get(application_id, [])
    row = await tx.fetchrow(PLACE, application_id)
    means = msgspec.json.decode(row["told"])["means"] if row else {}
    names = await tx.fetch(NAMES, application.edition_id) if row else []
    return application, OutcomeView(
        application_id=application_id,
        state=application.state.value,
        decisions=[DecisionView(**one) for one in await tx.fetch(DECISIONS, application_id)],
        checks=[_anonymous(check) for check in checks],
        points=row["points"] if row else None,
        most=most_points(rules_kept(msgspec.json.decode(row["rules"]))[0]) if row else None,
        position=row["position"] if row else None,
        reserve_position=row["reserve_position"] if row else None,
        told=[(one["name_pl"], one["name_en"] or one["name_pl"], means[str(one["id"])], one["most"]) for one in names],
        version=application.version,
    )


def _anonymous(check: CheckView) -> CheckView:
    """The gmina checked; who of it, the applicant is not told."""
    return msgspec.structs.replace(check, checked_by="")
