"""De minimis aid

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

RECEIVED = """
-- Euro cents that an undertaking was granted in the years that count with a grant on a day: here, what was taken back
-- left out together with what it takes back, and elsewhere, as declared.
CREATE FUNCTION aid_received(undertaking uuid, day date) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE first date := day - make_interval(years => (
    SELECT years FROM aid_limit WHERE valid_from <= day ORDER BY valid_from DESC LIMIT 1
));
BEGIN
    RETURN coalesce((
        SELECT sum(amount_cents) FROM aid_entry AS granted JOIN undertaking_member USING (organisation_id)
        WHERE undertaking_id = undertaking AND granted_on >= first AND reverses IS NULL
            AND NOT EXISTS (SELECT FROM aid_entry WHERE reverses = granted.id)
    ), 0) + coalesce((
        SELECT sum(amount_cents) FROM aid_elsewhere JOIN undertaking_member USING (organisation_id)
        WHERE undertaking_id = undertaking AND granted_on >= first AND withdrawn_at IS NULL
    ), 0);
END $$;

-- The judge, whatever code comes: a grant that lifts an undertaking over the ceiling of its day is none. Grants to
-- one undertaking come one after another, and each sees those before it.
CREATE FUNCTION aid_ceiling() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    whose uuid;
    ceiling bigint;
BEGIN
    SELECT undertaking_id INTO whose FROM undertaking_member WHERE organisation_id = NEW.organisation_id;
    PERFORM FROM undertaking WHERE id = whose FOR UPDATE;
    SELECT ceiling_cents INTO ceiling FROM (
        SELECT * FROM aid_limit WHERE valid_from <= NEW.granted_on ORDER BY valid_from DESC LIMIT 1
    ) AS latest WHERE valid_until IS NULL OR valid_until >= NEW.granted_on;
    IF whose IS NULL OR ceiling IS NULL OR aid_received(whose, NEW.granted_on) > ceiling THEN
        RAISE EXCEPTION 'over the ceiling of de minimis aid' USING ERRCODE = 'check_violation', CONSTRAINT = 'aid_ceiling';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER aid_ceiling AFTER INSERT ON aid_entry FOR EACH ROW WHEN (NEW.reverses IS NULL) EXECUTE FUNCTION aid_ceiling();

CREATE FUNCTION aid_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'aid that was granted is taken back by another entry, never changed'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'aid_is_append_only';
END $$;
CREATE TRIGGER aid_is_append_only BEFORE UPDATE OR DELETE ON aid_entry FOR EACH ROW EXECUTE FUNCTION aid_is_append_only();
CREATE TRIGGER aid_is_kept BEFORE TRUNCATE ON aid_entry FOR EACH STATEMENT EXECUTE FUNCTION aid_is_append_only();
"""
# Commission Regulations (EU) No 1407/2013, art. 3(2) and 8, and (EU) 2023/2831, art. 3(2) and 8.
LAW = """
INSERT INTO aid_limit (valid_from, valid_until, ceiling_cents, years, declared_days, basis) VALUES
    ('2014-01-01', '2023-12-31', 20000000, 3, 365, '1407/2013'),
    ('2024-01-01', '2030-12-31', 30000000, 3, 365, '2023/2831')
"""
GONE = ("aid_is_append_only", "aid_ceiling")


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "euro_rate",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("table_number", sa.Text(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.CheckConstraint("rate BETWEEN 10000 AND 1000000", name="euro_rate_likely"),
        sa.PrimaryKeyConstraint("day"),
        sa.UniqueConstraint("table_number"),
    )
    op.create_table(
        "undertaking",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "aid_declaration",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("aid_declaration_of", "aid_declaration", ["organisation_id", "declared_at"], unique=False)
    op.create_table(
        "aid_elsewhere",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name="aid_elsewhere_some"),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("aid_elsewhere_of", "aid_elsewhere", ["organisation_id", "granted_on"], unique=False)
    op.create_table(
        "aid_entry",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("market", sa.BigInteger(), nullable=False),
        sa.Column("charged", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("rate_day", sa.Date(), nullable=False),
        sa.Column("rate_table", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("benchmark", sa.Text(), nullable=False),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(reverses IS NULL AND market > 0 AND charged >= 0 AND amount > 0 AND amount_cents >= 0) OR (reverses IS NOT NULL AND market < 0 AND charged <= 0 AND amount < 0 AND amount_cents <= 0)",
            name="aid_entry_sign",
        ),
        sa.CheckConstraint("market - charged = amount", name="aid_entry_difference"),
        sa.CheckConstraint("rate_day <= granted_on", name="aid_entry_rate_known"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reverses"],
            ["aid_entry.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("aid_entry_of_gmina", "aid_entry", ["gmina_id", "granted_on"], unique=False)
    op.create_index("aid_entry_of_organisation", "aid_entry", ["organisation_id", "granted_on"], unique=False)
    op.create_index(
        "aid_entry_once",
        "aid_entry",
        ["subject_kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("reverses IS NULL"),
    )
    op.create_index(
        "aid_entry_reversed_once",
        "aid_entry",
        ["reverses"],
        unique=True,
        postgresql_where=sa.text("reverses IS NOT NULL"),
    )
    op.create_table(
        "aid_limit",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("declared_days", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("ceiling_cents > 0 AND years BETWEEN 1 AND 10 AND declared_days > 0", name="aid_limit_some"),
        sa.CheckConstraint("valid_from <= valid_until", name="aid_limit_days"),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("valid_from"),
    )
    op.create_table(
        "aid_report",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="aid_report_by_a_person"),
        sa.CheckConstraint("first_day <= last_day", name="aid_report_days"),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_aid_report_gmina_id"), "aid_report", ["gmina_id"], unique=False)
    op.create_table(
        "undertaking_member",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("undertaking_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["undertaking_id"],
            ["undertaking.id"],
        ),
        sa.PrimaryKeyConstraint("organisation_id"),
    )
    op.create_index(
        op.f("ix_undertaking_member_undertaking_id"), "undertaking_member", ["undertaking_id"], unique=False
    )
    op.create_table(
        "aid_certificate",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(issued_at IS NULL) = (issued_by IS NULL)", name="aid_certificate_by_a_person"),
        sa.CheckConstraint("(issued_at IS NULL) = (number IS NULL)", name="aid_certificate_number"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["aid_entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("aid_certificate_number_once", "aid_certificate", ["gmina_id", "year", "number"], unique=True)
    op.create_table(
        "aid_reported",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["aid_entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["aid_report.id"],
        ),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index(op.f("ix_aid_reported_report_id"), "aid_reported", ["report_id"], unique=False)
    script(RECEIVED)
    op.execute(LAW)


def downgrade() -> None:
    op.drop_index(op.f("ix_aid_reported_report_id"), table_name="aid_reported")
    op.drop_table("aid_reported")
    op.drop_index("aid_certificate_number_once", table_name="aid_certificate")
    op.drop_table("aid_certificate")
    op.drop_index(op.f("ix_undertaking_member_undertaking_id"), table_name="undertaking_member")
    op.drop_table("undertaking_member")
    op.drop_index(op.f("ix_aid_report_gmina_id"), table_name="aid_report")
    op.drop_table("aid_report")
    op.drop_table("aid_limit")
    op.drop_index("aid_entry_reversed_once", table_name="aid_entry", postgresql_where=sa.text("reverses IS NOT NULL"))
    op.drop_index("aid_entry_once", table_name="aid_entry", postgresql_where=sa.text("reverses IS NULL"))
    op.drop_index("aid_entry_of_organisation", table_name="aid_entry")
    op.drop_index("aid_entry_of_gmina", table_name="aid_entry")
    op.drop_table("aid_entry")
    op.drop_index("aid_elsewhere_of", table_name="aid_elsewhere")
    op.drop_table("aid_elsewhere")
    op.drop_index("aid_declaration_of", table_name="aid_declaration")
    op.drop_table("aid_declaration")
    op.drop_table("undertaking")
    op.drop_table("euro_rate")
    for name in GONE:
        op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP FUNCTION aid_received(uuid, date)")
