"""The bundle, its programmes and their editions

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Who applied accepted one version of the terms: it has to stay what it was.
KEPT = """
CREATE FUNCTION terms_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'terms that were published stay as they are' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'terms_are_kept';
END $$;
CREATE TRIGGER terms_are_kept BEFORE UPDATE OR DELETE ON edition_terms FOR EACH ROW EXECUTE FUNCTION terms_are_kept();
"""
BUNDLE = """
INSERT INTO bundle (slug, name_pl, name_en, about_pl, about_en, version) VALUES (
    'inkubatory', 'Wiązka inkubatorów Metropolii Krakowskiej', 'Incubators of the Kraków Metropolis',
    'Piętnaście gmin Metropolii Krakowskiej prowadzi wspólnie inkubatory przedsiębiorczości: miejsca do pracy, mentorów i programy akceleracyjne dla osób, które zakładają i rozwijają firmy.',
    'The fifteen gminas of the Kraków Metropolis run their incubators together: places to work, mentors and acceleration programmes for people who start and grow businesses.',
    1
)
"""


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "bundle",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("about_pl", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("bundle_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("summary_pl", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("about_pl", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'published', 'closed')", name="programme_state"),
        sa.ForeignKeyConstraint(
            ["bundle_id"],
            ["bundle.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index(op.f("ix_programme_bundle_id"), "programme", ["bundle_id"], unique=False)
    op.create_index(op.f("ix_programme_gmina_id"), "programme", ["gmina_id"], unique=False)
    op.create_table(
        "edition",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("about_pl", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("demo_day", sa.Date(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("places_taken", sa.Integer(), nullable=False),
        sa.Column("presence_percent", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'published', 'running', 'closed')", name="edition_state"),
        sa.CheckConstraint("places > 0", name="edition_places"),
        sa.CheckConstraint("places_taken <= places", name="edition_not_overfull"),
        sa.CheckConstraint("places_taken >= 0", name="edition_places_not_negative"),
        sa.CheckConstraint("presence_percent BETWEEN 0 AND 100", name="edition_presence"),
        sa.CheckConstraint("starts_on <= ends_on", name="edition_days"),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme_id", "slug", name="edition_slug"),
    )
    op.create_table(
        "edition_date",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_edition_date_edition_id"), "edition_date", ["edition_id"], unique=False)
    op.create_table(
        "edition_mentor",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"],
            ["mentor.id"],
        ),
        sa.PrimaryKeyConstraint("edition_id", "mentor_id"),
    )
    op.create_index(op.f("ix_edition_mentor_mentor_id"), "edition_mentor", ["mentor_id"], unique=False)
    op.create_table(
        "edition_perk",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.CheckConstraint("(kind = 'other') = (amount IS NULL)", name="edition_perk_amount"),
        sa.CheckConstraint(
            "kind IN ('room_minutes', 'desk_days', 'mentor_minutes', 'seats', 'other')", name="edition_perk_kind"
        ),
        sa.CheckConstraint("amount > 0", name="edition_perk_some"),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_edition_perk_edition_id"), "edition_perk", ["edition_id"], unique=False)
    op.create_table(
        "edition_terms",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_pl", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("version > 0", name="edition_terms_counted"),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("edition_id", "version", name="edition_terms_version"),
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("bundle_id", sa.Uuid(), nullable=True),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("edition_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("role_pl", sa.Text(), nullable=False),
        sa.Column("role_en", sa.Text(), nullable=False),
        sa.CheckConstraint("num_nonnulls(bundle_id, programme_id, edition_id) = 1", name="partner_of_one"),
        sa.ForeignKeyConstraint(
            ["bundle_id"],
            ["bundle.id"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "partner_of_bundle", "partner", ["bundle_id"], unique=False, postgresql_where=sa.text("bundle_id IS NOT NULL")
    )
    op.create_index(
        "partner_of_edition",
        "partner",
        ["edition_id"],
        unique=False,
        postgresql_where=sa.text("edition_id IS NOT NULL"),
    )
    op.create_index(
        "partner_of_programme",
        "partner",
        ["programme_id"],
        unique=False,
        postgresql_where=sa.text("programme_id IS NOT NULL"),
    )
    script(KEPT)
    op.execute(BUNDLE)


def downgrade() -> None:
    op.drop_index("partner_of_programme", table_name="partner", postgresql_where=sa.text("programme_id IS NOT NULL"))
    op.drop_index("partner_of_edition", table_name="partner", postgresql_where=sa.text("edition_id IS NOT NULL"))
    op.drop_index("partner_of_bundle", table_name="partner", postgresql_where=sa.text("bundle_id IS NOT NULL"))
    op.drop_table("partner")
    op.drop_table("edition_terms")
    op.drop_index(op.f("ix_edition_perk_edition_id"), table_name="edition_perk")
    op.drop_table("edition_perk")
    op.drop_index(op.f("ix_edition_mentor_mentor_id"), table_name="edition_mentor")
    op.drop_table("edition_mentor")
    op.drop_index(op.f("ix_edition_date_edition_id"), table_name="edition_date")
    op.drop_table("edition_date")
    op.drop_table("edition")
    op.drop_index(op.f("ix_programme_gmina_id"), table_name="programme")
    op.drop_index(op.f("ix_programme_bundle_id"), table_name="programme")
    op.drop_table("programme")
    op.drop_table("bundle")
    op.execute("DROP FUNCTION terms_are_kept()")
