"""Whose minutes a meeting draws: pieces of the statements that draw, and the sums that pages show.

The asker's (a startup's, or a person's own): the first of the credits that has enough left (of the programme, where the hours are a programme's
own), else what the gmina's policy gives in the month. The mentor's: the contract that covers the day; a mentor
without any is a volunteer. The checks of the tables are the judges of the last minute."""

from incubator.credits.draw import fitting

_ASKED = {
    "kind": "'mentor_minutes'",
    "holder": "asked.holder_id",
    "gmina": "asked.gmina_id",
    "starts": "asked.starts",
    "ends": "asked.ends",
    "amount": "asked.minutes",
}
CREDIT = fitting(**_ASKED, also="asked.programme_id IS NULL OR credit.programme_id = asked.programme_id")
CONTRACT = """SELECT mentor_contract.id FROM mentor_contract
    WHERE mentor_contract.mentor_id = asked.mentor_id AND asked.day BETWEEN mentor_contract.starts AND mentor_contract.ends
    ORDER BY budget_minutes - used_minutes >= asked.minutes DESC, mentor_contract.starts, mentor_contract.id LIMIT 1"""
CONTRACTED = """(contract_id IS NOT NULL
    OR NOT EXISTS (SELECT FROM mentor_contract WHERE mentor_contract.mentor_id = asked.mentor_id))"""
LIMIT = """SELECT CASE WHEN asked.organisation_id IS NULL THEN person_minutes ELSE organisation_minutes END
    FROM mentoring_policy WHERE mentoring_policy.gmina_id = asked.gmina_id"""
"""Pieces about a row `asked`: mentor_id, gmina_id, organisation_id, holder_id, programme_id, starts, ends, day, minutes."""
