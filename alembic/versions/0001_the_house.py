"""The house: people, places, occupancy, bookings

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = """
CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER history_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only();
"""

# What a space takes agrees with what it is made of: a plain one takes its own resource, a joined one
# those of two or more plain spaces of its incubator. Deferred, so that a verb may do it step by step.
IN_STEP = """
CREATE FUNCTION space_takes_its_parts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid;
BEGIN
    IF TG_TABLE_NAME = 'space' THEN changed := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN changed := OLD.space_id;
    ELSE changed := NEW.space_id;
    END IF;
    IF EXISTS (
        SELECT FROM space
        CROSS JOIN LATERAL (
            SELECT array_agg(resource_id ORDER BY resource_id) AS resources
            FROM space_resource WHERE space_id = space.id
        ) AS takes
        CROSS JOIN LATERAL (
            SELECT count(*) AS parts, array_agg(part.resource_id ORDER BY part.resource_id)
                FILTER (WHERE part.incubator_id = space.incubator_id) AS resources
            FROM space_part JOIN space AS part ON part.id = part_id WHERE space_part.space_id = space.id
        ) AS made
        WHERE (space.id = changed OR space.id IN (SELECT space_id FROM space_part WHERE part_id = changed))
            AND NOT CASE WHEN space.resource_id IS NULL
                THEN made.parts >= 2 AND cardinality(made.resources) = made.parts
                    AND takes.resources IS NOT DISTINCT FROM made.resources
                ELSE made.parts = 0 AND takes.resources IS NOT DISTINCT FROM ARRAY[space.resource_id]
            END
    ) THEN
        RAISE EXCEPTION 'what space % takes is not what it is made of', changed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'space_takes_its_parts';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER space_takes_its_parts AFTER INSERT OR UPDATE OF resource_id, incubator_id ON space
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION space_takes_its_parts();
CREATE CONSTRAINT TRIGGER space_takes_its_parts AFTER INSERT OR UPDATE OR DELETE ON space_part
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION space_takes_its_parts();
CREATE CONSTRAINT TRIGGER space_takes_its_parts AFTER INSERT OR UPDATE OR DELETE ON space_resource
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION space_takes_its_parts();
"""

RULES = (
    "incubator",
    "space",
    "space_part",
    "space_resource",
    "quota",
    "weekly_hours",
    "dated_hours",
    "public_holiday",
    "closure",
)
RULEBOOK = """
INSERT INTO rulebook (id, version) VALUES (true, 1);
CREATE FUNCTION rules_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE rulebook SET version = version + 1;
    RETURN NULL;
END $$;
""" + "\n".join(
    f"CREATE TRIGGER rules_changed AFTER INSERT OR UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION rules_changed();"
    for table in RULES
)


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "rulebook",
        sa.Column("id", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id", name="rulebook_one_row"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "attempt",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("window_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window_start"),
    )
    op.create_table(
        "gmina",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("terc", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("brand_pl", sa.Text(), nullable=False),
        sa.Column("brand_en", sa.Text(), nullable=False),
        sa.Column("specialisations_pl", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("specialisations_en", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("terc ~ '^[0-9]{7}$'", name="gmina_terc"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
        sa.UniqueConstraint("terc"),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("history_of_subject", "history", ["subject_id", "id"], unique=False)
    op.create_table(
        "idempotent_answer",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "key"),
    )
    op.create_index(op.f("ix_idempotent_answer_created_at"), "idempotent_answer", ["created_at"], unique=False)
    op.create_table(
        "mail",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed', 'kept')", name="mail_state"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("mail_to", "mail", ["recipient", "created_at"], unique=False)
    op.create_index("mail_waiting", "mail", ["created_at"], unique=False, postgresql_where=sa.text("state = 'waiting'"))
    op.create_table(
        "public_holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('room', 'desk', 'office', 'mentor', 'equipment')", name="resource_kind"),
        sa.CheckConstraint("id BETWEEN 1 AND 1073741823", name="resource_id_packs"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("next_path", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(op.f("ix_sign_in_link_email"), "sign_in_link", ["email"], unique=False)
    op.create_index(op.f("ix_sign_in_link_expires_at"), "sign_in_link", ["expires_at"], unique=False)
    op.create_table(
        "version",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("locale IN ('pl', 'en')", name="account_locale"),
        sa.CheckConstraint("(email IS NULL) = (erased_at IS NOT NULL)", name="account_erased_has_no_email"),
        sa.CheckConstraint("email = lower(email)", name="account_email_lower"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "incubator",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("funding_programme", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("description_pl", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("terms_pl", sa.Text(), nullable=False),
        sa.Column("terms_en", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("status IN ('planned', 'open', 'closed')", name="incubator_status"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index(op.f("ix_incubator_gmina_id"), "incubator", ["gmina_id"], unique=False)
    op.create_table(
        "occupancy",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "slot",
            postgresql.INT8RANGE(),
            sa.Computed(
                "int8range(\n    (resource_id << 33) + extract(epoch FROM lower(during) - timestamptz '1970-01-01 00:00:00+00')::bigint,\n    (resource_id << 33) + extract(epoch FROM upper(during) - timestamptz '1970-01-01 00:00:00+00')::bigint\n)",
                persisted=True,
            ),
            nullable=True,
        ),
        postgresql.ExcludeConstraint((sa.text("slot"), "&&"), using="gist", name="nothing_twice"),
        sa.CheckConstraint("(state = 'held') = (expires_at IS NOT NULL)", name="occupancy_held_expires"),
        sa.CheckConstraint(
            "NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during) AND lower(during) >= timestamptz '2000-01-01 00:00:00+00' AND upper(during) < timestamptz '2200-01-01 00:00:00+00'",
            name="occupancy_bounded",
        ),
        sa.CheckConstraint(
            "purpose IN ('booking', 'block', 'meeting', 'session', 'outside')", name="occupancy_purpose"
        ),
        sa.CheckConstraint("state IN ('held', 'pending', 'firm')", name="occupancy_state"),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "occupancy_of_resource",
        "occupancy",
        ["resource_id", sa.literal_column("lower(during)")],
        unique=False,
        postgresql_include=["during", "expires_at"],
    )
    op.create_index("occupancy_of_subject", "occupancy", ["subject_id"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=True),
        sa.Column("regon", sa.Text(), nullable=True),
        sa.Column("krs", sa.Text(), nullable=True),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("pkd", sa.Text(), nullable=True),
        sa.Column("pkd_edition", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('startup', 'company', 'ngo', 'public')", name="organisation_kind"),
        sa.CheckConstraint("krs ~ '^[0-9]{10}$'", name="organisation_krs_digits"),
        sa.CheckConstraint("nip ~ '^[0-9]{10}$'", name="organisation_nip_digits"),
        sa.CheckConstraint("regon ~ '^([0-9]{9}|[0-9]{14})$'", name="organisation_regon_digits"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "organisation_nip_once",
        "organisation",
        ["nip"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_organisation_gmina_id"), "organisation", ["gmina_id"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(op.f("ix_api_token_account_id"), "api_token", ["account_id"], unique=False)
    op.create_table(
        "feed_token",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(op.f("ix_feed_token_account_id"), "feed_token", ["account_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role IN ('owner', 'member')", name="invitation_role"),
        sa.ForeignKeyConstraint(
            ["invited_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(
        "invitation_open_once",
        "invitation",
        ["organisation_id", "email"],
        unique=True,
        postgresql_where=sa.text("accepted_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_index(op.f("ix_invitation_organisation_id"), "invitation", ["organisation_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'member')", name="membership_role"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("organisation_id", "account_id"),
    )
    op.create_index(op.f("ix_membership_account_id"), "membership", ["account_id"], unique=False)
    op.create_table(
        "quota",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("organisation_minutes", sa.Integer(), nullable=True),
        sa.Column("person_minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint("unit IN ('week', 'month')", name="quota_unit"),
        sa.CheckConstraint("organisation_minutes >= 0 AND person_minutes >= 0", name="quota_not_negative"),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_quota_incubator_id"), "quota", ["incubator_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(role = 'coordinator') = (gmina_id IS NOT NULL)", name="role_grant_gmina"),
        sa.CheckConstraint("role IN ('coordinator', 'mentor', 'office', 'administrator')", name="role_grant_role"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "account_id", "role", "gmina_id", name="role_grant_once", postgresql_nulls_not_distinct=True
        ),
    )
    op.create_index(op.f("ix_role_grant_account_id"), "role_grant", ["account_id"], unique=False)
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("user_agent", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_web_session_account_id"), "web_session", ["account_id"], unique=False)
    op.create_index(op.f("ix_web_session_expires_at"), "web_session", ["expires_at"], unique=False)
    op.create_table(
        "zone",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("incubator_id", "slug", name="zone_slug"),
    )
    op.create_index(op.f("ix_zone_incubator_id"), "zone", ["incubator_id"], unique=False)
    op.create_table(
        "quota_use",
        sa.Column("quota_id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("max_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes <= max_minutes", name="quota_not_exceeded"),
        sa.CheckConstraint("minutes >= 0", name="quota_use_not_negative"),
        sa.PrimaryKeyConstraint("quota_id", "holder_id", "starts"),
    )
    op.create_table(
        "space",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.BigInteger(), nullable=True),
        sa.Column("zone_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("description_pl", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("area_m2", sa.Integer(), nullable=True),
        sa.Column("equipment", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("induction_loop", sa.Boolean(), nullable=False),
        sa.Column("accessible_wc", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grid_minutes", sa.Integer(), nullable=False),
        sa.Column("shortest_minutes", sa.Integer(), nullable=False),
        sa.Column("longest_minutes", sa.Integer(), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("turnaround_minutes", sa.Integer(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("pending_blocks", sa.Boolean(), nullable=False),
        sa.Column(
            "audience",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{person,startup,company,ngo,public}'"),
            nullable=False,
        ),
        sa.Column("local_only", sa.Boolean(), nullable=False),
        sa.Column("cancel_minutes", sa.Integer(), nullable=False),
        sa.Column("hold_minutes", sa.Integer(), nullable=False),
        sa.Column("quota_id", sa.Uuid(), nullable=True),
        sa.Column("closed_on_holidays", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(zone_id IS NULL) = (kind <> 'hot_desk')", name="space_hot_desk_in_zone"),
        sa.CheckConstraint("kind IN ('room', 'hot_desk', 'dedicated_desk', 'private_office')", name="space_kind"),
        sa.CheckConstraint("resource_id IS NOT NULL OR kind = 'room'", name="space_joined_is_room"),
        sa.CheckConstraint(
            "0 < shortest_minutes AND shortest_minutes <= longest_minutes AND longest_minutes <= 527040",
            name="space_lengths",
        ),
        sa.CheckConstraint("capacity > 0", name="space_capacity"),
        sa.CheckConstraint("grid_minutes > 0 AND 1440 % grid_minutes = 0", name="space_grid"),
        sa.CheckConstraint(
            "lead_minutes >= 0 AND horizon_days > 0 AND horizon_days <= 1100 AND turnaround_minutes BETWEEN 0 AND 1440 AND cancel_minutes >= 0 AND hold_minutes BETWEEN 1 AND 1440",
            name="space_rules",
        ),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["quota_id"],
            ["quota.id"],
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["zone.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("incubator_id", "slug", name="space_slug"),
        sa.UniqueConstraint("resource_id"),
    )
    op.create_index(op.f("ix_space_incubator_id"), "space", ["incubator_id"], unique=False)
    op.create_index("space_of_zone", "space", ["zone_id"], unique=False)
    op.create_table(
        "block",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("period", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)", name="block_bounded"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("block_of_space", "block", ["space_id", sa.literal_column("lower(period)")], unique=False)
    op.create_index(op.f("ix_block_gmina_id"), "block", ["gmina_id"], unique=False)
    op.create_table(
        "closure",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=True),
        sa.Column("space_id", sa.Uuid(), nullable=True),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("reason_pl", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)", name="closure_bounded"
        ),
        sa.CheckConstraint("space_id IS NULL OR incubator_id IS NOT NULL", name="closure_scope"),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("closure_during", "closure", [sa.literal_column("during")], unique=False, postgresql_using="gist")
    op.create_index(op.f("ix_closure_gmina_id"), "closure", ["gmina_id"], unique=False)
    op.create_table(
        "dated_hours",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=True),
        sa.Column("space_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=True),
        sa.Column("closes", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="dated_hours_both"),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="dated_hours_order"),
        sa.CheckConstraint("num_nonnulls(incubator_id, space_id) = 1", name="dated_hours_owner"),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("dated_hours_of_incubator", "dated_hours", ["incubator_id", "day"], unique=False)
    op.create_index("dated_hours_of_space", "dated_hours", ["space_id", "day"], unique=False)
    op.create_table(
        "series",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("weekdays", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("length_minutes", sa.Integer(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("continues_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("count BETWEEN 1 AND 366", name="series_count"),
        sa.CheckConstraint("every_weeks BETWEEN 1 AND 52", name="series_every"),
        sa.CheckConstraint("num_nonnulls(until_day, count) = 1", name="series_end"),
        sa.CheckConstraint("start_minute BETWEEN 0 AND 1439 AND length_minutes > 0", name="series_times"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["continues_id"],
            ["series.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_series_account_id"), "series", ["account_id"], unique=False)
    op.create_index(op.f("ix_series_organisation_id"), "series", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_series_space_id"), "series", ["space_id"], unique=False)
    op.create_table(
        "space_part",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("space_id <> part_id", name="space_part_not_itself"),
        sa.ForeignKeyConstraint(
            ["part_id"],
            ["space.id"],
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("space_id", "part_id"),
    )
    op.create_index(op.f("ix_space_part_part_id"), "space_part", ["part_id"], unique=False)
    op.create_table(
        "space_photo",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("alt_pl", sa.Text(), nullable=False),
        sa.Column("alt_en", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_space_photo_space_id"), "space_photo", ["space_id"], unique=False)
    op.create_table(
        "space_resource",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["resource.id"],
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("space_id", "resource_id"),
    )
    op.create_index(op.f("ix_space_resource_resource_id"), "space_resource", ["resource_id"], unique=False)
    op.create_table(
        "weekly_hours",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=True),
        sa.Column("space_id", sa.Uuid(), nullable=True),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="weekly_hours_order"),
        sa.CheckConstraint("num_nonnulls(incubator_id, space_id) = 1", name="weekly_hours_owner"),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name="weekly_hours_weekday"),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_weekly_hours_incubator_id"), "weekly_hours", ["incubator_id"], unique=False)
    op.create_index(op.f("ix_weekly_hours_space_id"), "weekly_hours", ["space_id"], unique=False)
    op.create_table(
        "booking",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("period", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("attendees", sa.Integer(), nullable=True),
        sa.Column("hold_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quota_id", sa.Uuid(), nullable=True),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("occurrence", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'held') <= (hold_expires_at IS NOT NULL)", name="booking_held_expires"),
        sa.CheckConstraint(
            "state IN ('held', 'awaiting_approval', 'awaiting_payment', 'confirmed', 'checked_in', 'completed', 'cancelled', 'declined', 'expired', 'no_show')",
            name="booking_state",
        ),
        sa.CheckConstraint("(series_id IS NULL) = (occurrence IS NULL)", name="booking_occurrence"),
        sa.CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)", name="booking_bounded"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["series.id"],
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "booking_occurrence_once",
        "booking",
        ["series_id", "occurrence"],
        unique=True,
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )
    op.create_index(
        "booking_awaiting",
        "booking",
        ["gmina_id"],
        unique=False,
        postgresql_where=sa.text("state = 'awaiting_approval'"),
    )
    op.create_index(
        "booking_holds", "booking", ["hold_expires_at"], unique=False, postgresql_where=sa.text("state = 'held'")
    )
    op.create_index("booking_of_account", "booking", ["account_id", sa.literal_column("lower(period)")], unique=False)
    op.create_index(
        "booking_of_incubator", "booking", ["incubator_id", sa.literal_column("lower(period)")], unique=False
    )
    op.create_index(
        "booking_of_organisation",
        "booking",
        ["organisation_id", sa.literal_column("lower(period)")],
        unique=False,
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_index(
        "booking_to_close",
        "booking",
        [sa.literal_column("upper(period)")],
        unique=False,
        postgresql_where=sa.text("state IN ('confirmed', 'checked_in')"),
    )
    op.create_table(
        "series_skip",
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("period", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["series.id"],
        ),
        sa.PrimaryKeyConstraint("series_id", "occurrence"),
    )
    op.create_table(
        "waitlist_entry",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("period", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'taken', 'lapsed', 'left', 'passed')", name="waitlist_state"
        ),
        sa.CheckConstraint(
            "NOT isempty(period) AND NOT lower_inf(period) AND NOT upper_inf(period)", name="waitlist_bounded"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["booking.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_waitlist_entry_account_id"), "waitlist_entry", ["account_id"], unique=False)
    op.create_index(
        "waitlist_line",
        "waitlist_entry",
        ["space_id", "created_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "waitlist_once",
        "waitlist_entry",
        ["space_id", "period", "account_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('waiting', 'offered')"),
    )
    script(APPEND_ONLY)
    script(RULEBOOK)
    script(IN_STEP)
    script(QueryBuilderEnvironment().build_install_query())
    # Its trigger would NOTIFY in each transaction that asks for a job, and PostgreSQL lets only one
    # transaction with a NOTIFY commit at a time: measured with 16 connections and fsync, 2,500
    # commits a second with it and 3,700 without. The worker looks once a second instead.
    op.execute("ALTER TABLE pgqueuer DISABLE TRIGGER tg_pgqueuer_changed")


def downgrade() -> None:
    script(QueryBuilderEnvironment().build_uninstall_query())
    op.drop_index(
        "waitlist_once", table_name="waitlist_entry", postgresql_where=sa.text("state IN ('waiting', 'offered')")
    )
    op.drop_index("waitlist_line", table_name="waitlist_entry", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index(op.f("ix_waitlist_entry_account_id"), table_name="waitlist_entry")
    op.drop_table("waitlist_entry")
    op.drop_table("series_skip")
    op.drop_index(
        "booking_to_close", table_name="booking", postgresql_where=sa.text("state IN ('confirmed', 'checked_in')")
    )
    op.drop_index("booking_occurrence_once", table_name="booking", postgresql_where=sa.text("series_id IS NOT NULL"))
    op.drop_index(
        "booking_of_organisation", table_name="booking", postgresql_where=sa.text("organisation_id IS NOT NULL")
    )
    op.drop_index("booking_of_incubator", table_name="booking")
    op.drop_index("booking_of_account", table_name="booking")
    op.drop_index("booking_holds", table_name="booking", postgresql_where=sa.text("state = 'held'"))
    op.drop_index("booking_awaiting", table_name="booking", postgresql_where=sa.text("state = 'awaiting_approval'"))
    op.drop_table("booking")
    op.drop_index(op.f("ix_weekly_hours_space_id"), table_name="weekly_hours")
    op.drop_index(op.f("ix_weekly_hours_incubator_id"), table_name="weekly_hours")
    op.drop_table("weekly_hours")
    op.drop_index(op.f("ix_space_resource_resource_id"), table_name="space_resource")
    op.drop_table("space_resource")
    op.drop_index(op.f("ix_space_photo_space_id"), table_name="space_photo")
    op.drop_table("space_photo")
    op.drop_index(op.f("ix_space_part_part_id"), table_name="space_part")
    op.drop_table("space_part")
    op.drop_index(op.f("ix_series_space_id"), table_name="series")
    op.drop_index(op.f("ix_series_organisation_id"), table_name="series")
    op.drop_index(op.f("ix_series_account_id"), table_name="series")
    op.drop_table("series")
    op.drop_index("dated_hours_of_space", table_name="dated_hours")
    op.drop_index("dated_hours_of_incubator", table_name="dated_hours")
    op.drop_table("dated_hours")
    op.drop_index(op.f("ix_closure_gmina_id"), table_name="closure")
    op.drop_index("closure_during", table_name="closure", postgresql_using="gist")
    op.drop_table("closure")
    op.drop_index(op.f("ix_block_gmina_id"), table_name="block")
    op.drop_index("block_of_space", table_name="block")
    op.drop_table("block")
    op.drop_index("space_of_zone", table_name="space")
    op.drop_index(op.f("ix_space_incubator_id"), table_name="space")
    op.drop_table("space")
    op.drop_table("quota_use")
    op.drop_index(op.f("ix_zone_incubator_id"), table_name="zone")
    op.drop_table("zone")
    op.drop_index(op.f("ix_web_session_expires_at"), table_name="web_session")
    op.drop_index(op.f("ix_web_session_account_id"), table_name="web_session")
    op.drop_table("web_session")
    op.drop_index(op.f("ix_role_grant_account_id"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index(op.f("ix_quota_incubator_id"), table_name="quota")
    op.drop_table("quota")
    op.drop_index(op.f("ix_membership_account_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_invitation_organisation_id"), table_name="invitation")
    op.drop_index(
        "invitation_open_once",
        table_name="invitation",
        postgresql_where=sa.text("accepted_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.drop_table("invitation")
    op.drop_index(op.f("ix_feed_token_account_id"), table_name="feed_token")
    op.drop_table("feed_token")
    op.drop_index(op.f("ix_api_token_account_id"), table_name="api_token")
    op.drop_table("api_token")
    op.drop_index(op.f("ix_organisation_gmina_id"), table_name="organisation")
    op.drop_table("organisation")
    op.drop_index("occupancy_of_subject", table_name="occupancy")
    op.drop_index("occupancy_of_resource", table_name="occupancy", postgresql_include=["during", "expires_at"])
    op.drop_table("occupancy")
    op.drop_index(op.f("ix_incubator_gmina_id"), table_name="incubator")
    op.drop_table("incubator")
    op.drop_table("account")
    op.drop_table("version")
    op.drop_index(op.f("ix_sign_in_link_expires_at"), table_name="sign_in_link")
    op.drop_index(op.f("ix_sign_in_link_email"), table_name="sign_in_link")
    op.drop_table("sign_in_link")
    op.drop_table("resource")
    op.drop_table("public_holiday")
    op.drop_index("mail_waiting", table_name="mail", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index("mail_to", table_name="mail")
    op.drop_table("mail")
    op.drop_index(op.f("ix_idempotent_answer_created_at"), table_name="idempotent_answer")
    op.drop_table("idempotent_answer")
    op.drop_index("history_of_subject", table_name="history")
    op.drop_table("history")
    op.drop_table("gmina")
    op.drop_table("attempt")
    op.drop_table("rulebook")
    op.execute("DROP FUNCTION history_is_append_only()")
    op.execute("DROP FUNCTION rules_changed()")
    op.execute("DROP FUNCTION space_takes_its_parts()")
