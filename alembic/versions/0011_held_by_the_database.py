"""Nobody is noted for longer than a meeting takes, no certificate is issued below the rule, nobody gives more points
than a criterion has, each mailed link works

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LENGTH = "floor(EXTRACT(epoch FROM upper(period) - lower(period)) / 60)::integer"
# Presence never counted more than a meeting took, so no sum changes by it.
NOTED = """
UPDATE attendance SET meeting_minutes = lasts_minutes, minutes = least(minutes, lasts_minutes)
FROM programme_meeting WHERE programme_meeting.id = programme_meeting_id
"""
# What the edition asks for today, or less where it asked for less on that day.
EARNED = """
UPDATE certificate SET required_percent = least(presence_percent, present_minutes * 100 / greatest(required_minutes, 1))
FROM edition WHERE edition.id = edition_id
"""
LINKS = """
INSERT INTO outcome_link (token_hash, survey_id, sent_at)
SELECT token_hash, id, coalesce(reminded_at, sent_at, now()) FROM outcome_survey WHERE token_hash IS NOT NULL
"""
LATEST = """
UPDATE outcome_survey SET token_hash = latest.token_hash FROM (
    SELECT DISTINCT ON (survey_id) survey_id, token_hash FROM outcome_link ORDER BY survey_id, sent_at DESC
) AS latest WHERE survey_id = outcome_survey.id
"""
KEPT = """
CREATE OR REPLACE FUNCTION certificates_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.told = OLD.told || '{{"holder": ""}}'
            AND (NEW.code, NEW.number, NEW.present_minutes, NEW.required_minutes, {new}NEW.issued_at)
                IS NOT DISTINCT FROM (OLD.code, OLD.number, OLD.present_minutes, OLD.required_minutes, {old}OLD.issued_at)
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a certificate stays as it was issued' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'certificates_are_kept';
END $$;
CREATE OR REPLACE TRIGGER certificates_are_kept BEFORE UPDATE OF told, code, number, present_minutes, required_minutes, {more}issued_at OR DELETE ON certificate FOR EACH ROW EXECUTE FUNCTION certificates_are_kept();
"""


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.add_column("programme_meeting", sa.Column("lasts_minutes", sa.Integer(), sa.Computed(LENGTH, persisted=True)))
    op.create_unique_constraint("programme_meeting_length", "programme_meeting", ["id", "lasts_minutes"])
    op.add_column("attendance", sa.Column("meeting_minutes", sa.Integer(), nullable=True))
    op.execute(NOTED)
    op.alter_column("attendance", "meeting_minutes", nullable=False)
    op.create_foreign_key(
        "attendance_of_meeting",
        "attendance",
        "programme_meeting",
        ["programme_meeting_id", "meeting_minutes"],
        ["id", "lasts_minutes"],
        onupdate="CASCADE",
    )
    op.drop_constraint("attendance_programme_meeting_id_fkey", "attendance", type_="foreignkey")
    op.create_check_constraint("attendance_within_meeting", "attendance", "minutes <= meeting_minutes")

    op.add_column("certificate", sa.Column("required_percent", sa.Integer(), nullable=True))
    op.execute(EARNED)
    op.alter_column("certificate", "required_percent", nullable=False)
    op.create_check_constraint(
        "certificate_earned",
        "certificate",
        "required_minutes > 0 AND present_minutes * 100 >= required_minutes * required_percent",
    )
    script(KEPT.format(new="NEW.required_percent, ", old="OLD.required_percent, ", more="required_percent, "))

    op.create_unique_constraint("criterion_most", "criterion", ["id", "most"])
    op.add_column("score", sa.Column("most", sa.Integer(), nullable=True))
    op.execute("UPDATE score SET most = criterion.most FROM criterion WHERE criterion.id = criterion_id")
    op.alter_column("score", "most", nullable=False)
    op.create_foreign_key(
        "score_of_criterion", "score", "criterion", ["criterion_id", "most"], ["id", "most"], onupdate="CASCADE"
    )
    op.drop_constraint("score_criterion_id_fkey", "score", type_="foreignkey")
    op.create_check_constraint("score_within_criterion", "score", "points <= most")

    op.create_table(
        "outcome_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["outcome_survey.id"]),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("outcome_link_of_survey", "outcome_link", ["survey_id"])
    op.execute(LINKS)
    op.drop_column("outcome_survey", "token_hash")


def downgrade() -> None:
    op.add_column("outcome_survey", sa.Column("token_hash", sa.LargeBinary(), nullable=True))
    op.create_unique_constraint("outcome_survey_token_hash_key", "outcome_survey", ["token_hash"])
    op.execute(LATEST)
    op.drop_table("outcome_link")

    op.create_foreign_key("score_criterion_id_fkey", "score", "criterion", ["criterion_id"], ["id"])
    op.drop_column("score", "most")
    op.drop_constraint("criterion_most", "criterion", type_="unique")

    script(KEPT.format(new="", old="", more=""))
    op.drop_constraint("certificate_earned", "certificate", type_="check")
    op.drop_column("certificate", "required_percent")

    op.create_foreign_key(
        "attendance_programme_meeting_id_fkey", "attendance", "programme_meeting", ["programme_meeting_id"], ["id"]
    )
    op.drop_column("attendance", "meeting_minutes")
    op.drop_column("programme_meeting", "lasts_minutes")
