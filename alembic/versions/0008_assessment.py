"""Formal check, merit scores, ranking, decisions

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# A conflict that was declared is not taken back; what an applicant was told, and a round of the formal
# check, stay as they were.
KEPT = """
CREATE FUNCTION conflicts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a declared conflict of interest stays' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'conflicts_stay';
END $$;
CREATE TRIGGER conflicts_stay BEFORE UPDATE OR DELETE ON conflict_declaration
    FOR EACH ROW WHEN (OLD.conflicted) EXECUTE FUNCTION conflicts_stay();
CREATE FUNCTION decisions_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was decided stays as it was' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'decisions_are_kept';
END $$;
CREATE TRIGGER decisions_are_kept BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION decisions_are_kept();
CREATE TRIGGER decisions_are_kept BEFORE UPDATE ON formal_check FOR EACH ROW EXECUTE FUNCTION decisions_are_kept();
CREATE TRIGGER decisions_are_kept BEFORE UPDATE ON ranking_row FOR EACH ROW EXECUTE FUNCTION decisions_are_kept();
"""


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "assessment",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("scorers_needed", sa.Integer(), nullable=False),
        sa.Column("threshold_percent", sa.Integer(), nullable=False),
        sa.Column("supplement_days", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("reserve_places", sa.Integer(), nullable=True),
        sa.Column("lot_seed", sa.Text(), nullable=True),
        sa.Column("tie_rule", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{submitted_at}'"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer_days BETWEEN 1 AND 60", name="assessment_answer"),
        sa.CheckConstraint("reserve_places >= 0", name="assessment_reserve"),
        sa.CheckConstraint("cardinality(tie_rule) > 0", name="assessment_tie_rule"),
        sa.CheckConstraint("scorers_needed BETWEEN 2 AND 9", name="assessment_scorers"),
        sa.CheckConstraint("supplement_days BETWEEN 1 AND 60", name="assessment_supplement"),
        sa.CheckConstraint("threshold_percent BETWEEN 0 AND 100", name="assessment_threshold"),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["call.edition_id"],
        ),
        sa.PrimaryKeyConstraint("edition_id"),
    )
    op.create_table(
        "assignment",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_by", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("application_id", "account_id"),
    )
    op.create_index(op.f("ix_assignment_account_id"), "assignment", ["account_id"], unique=False)
    op.create_table(
        "conflict_declaration",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
        ),
        sa.PrimaryKeyConstraint("application_id", "account_id"),
        sa.UniqueConstraint("application_id", "account_id", "conflicted", name="conflict_declaration_says"),
    )
    op.create_index(op.f("ix_conflict_declaration_account_id"), "conflict_declaration", ["account_id"], unique=False)
    op.create_table(
        "criterion",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("help_pl", sa.Text(), nullable=False),
        sa.Column("help_en", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.CheckConstraint("least BETWEEN 0 AND most", name="criterion_least"),
        sa.CheckConstraint("most BETWEEN 1 AND 100 AND weight BETWEEN 1 AND 100", name="criterion_points"),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["assessment.edition_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("edition_id", "position", deferrable=True, initially="DEFERRED", name="criterion_position"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('formally_rejected', 'below_threshold', 'not_admitted', 'reserve', 'offered')",
            name="decision_outcome",
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("decision_of_application", "decision", ["application_id"], unique=False)
    op.create_table(
        "formal_check",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("items", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("result IN ('passed', 'supplement', 'failed')", name="formal_check_result"),
        sa.CheckConstraint("round = 0 OR result <> 'supplement'", name="formal_check_one_supplementation"),
        sa.CheckConstraint("round IN (0, 1)", name="formal_check_round"),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("application_id", "round"),
    )
    op.create_table(
        "formal_item",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["assessment.edition_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "edition_id", "position", deferrable=True, initially="DEFERRED", name="formal_item_position"
        ),
    )
    op.create_table(
        "ranking",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("panel", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["assessment.edition_id"],
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ranking_approved_once",
        "ranking",
        ["edition_id"],
        unique=True,
        postgresql_where=sa.text("approved_at IS NOT NULL"),
    )
    op.create_index("ranking_of_edition", "ranking", ["edition_id"], unique=False)
    op.create_table(
        "scorer",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("appointed_by", sa.Uuid(), nullable=False),
        sa.Column("appointed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["appointed_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["assessment.edition_id"],
        ),
        sa.PrimaryKeyConstraint("edition_id", "account_id"),
    )
    op.create_index(op.f("ix_scorer_account_id"), "scorer", ["account_id"], unique=False)
    op.create_table(
        "ranking_row",
        sa.Column("ranking_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('admitted', 'reserve', 'below_threshold', 'not_admitted')", name="ranking_row_outcome"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ranking_id"],
            ["ranking.id"],
        ),
        sa.PrimaryKeyConstraint("ranking_id", "application_id"),
        sa.UniqueConstraint("ranking_id", "position", name="ranking_position"),
    )
    op.create_index(op.f("ix_ranking_row_application_id"), "ranking_row", ["application_id"], unique=False)
    op.create_table(
        "score_sheet",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("conflicted", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("NOT conflicted", name="score_sheet_without_conflict"),
        sa.ForeignKeyConstraint(
            ["application_id", "account_id", "conflicted"],
            [
                "conflict_declaration.application_id",
                "conflict_declaration.account_id",
                "conflict_declaration.conflicted",
            ],
            name="score_sheet_declared",
        ),
        sa.PrimaryKeyConstraint("application_id", "account_id"),
    )
    op.create_index(op.f("ix_score_sheet_account_id"), "score_sheet", ["account_id"], unique=False)
    op.create_table(
        "score",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.CheckConstraint("points BETWEEN 0 AND 100", name="score_points"),
        sa.ForeignKeyConstraint(
            ["application_id", "account_id"],
            ["score_sheet.application_id", "score_sheet.account_id"],
            name="score_of_sheet",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
        ),
        sa.PrimaryKeyConstraint("application_id", "account_id", "criterion_id"),
    )
    script(KEPT)


def downgrade() -> None:
    op.drop_table("score")
    op.drop_index(op.f("ix_score_sheet_account_id"), table_name="score_sheet")
    op.drop_table("score_sheet")
    op.drop_index(op.f("ix_ranking_row_application_id"), table_name="ranking_row")
    op.drop_table("ranking_row")
    op.drop_index(op.f("ix_scorer_account_id"), table_name="scorer")
    op.drop_table("scorer")
    op.drop_index("ranking_of_edition", table_name="ranking")
    op.drop_index("ranking_approved_once", table_name="ranking", postgresql_where=sa.text("approved_at IS NOT NULL"))
    op.drop_table("ranking")
    op.drop_table("formal_item")
    op.drop_table("formal_check")
    op.drop_index("decision_of_application", table_name="decision")
    op.drop_table("decision")
    op.drop_table("criterion")
    op.drop_index(op.f("ix_conflict_declaration_account_id"), table_name="conflict_declaration")
    op.drop_table("conflict_declaration")
    op.drop_index(op.f("ix_assignment_account_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_table("assessment")
    op.execute("DROP FUNCTION decisions_are_kept(), conflicts_stay()")
