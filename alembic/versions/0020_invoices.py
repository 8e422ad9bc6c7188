"""Invoices: who sells, who buys, series, and what was issued

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# Each number follows the one before, on its day or a later one. The row of the series is locked, so nobody is between.
FOLLOW = """
CREATE FUNCTION invoices_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.n > 1 AND NOT EXISTS (
        SELECT FROM invoice WHERE gmina_id = NEW.gmina_id AND incubator_id = NEW.incubator_id AND year = NEW.year
            AND n = NEW.n - 1 AND issued_on <= NEW.issued_on
    ) THEN
        RAISE EXCEPTION 'no number before, or of a later day' USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_follow';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_follow BEFORE INSERT ON invoice FOR EACH ROW EXECUTE FUNCTION invoices_follow();
"""
# What was issued stays. KSeF gives it a number once; and where the law no longer asks for the name of a person (five
# years from the end of the year in which the tax was due, which for December is the next), it may be taken out.
KEPT = """
CREATE FUNCTION invoices_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ksef_number IS NULL AND to_jsonb(NEW) - ARRAY['ksef_number', 'ksef_noted_at']
            = to_jsonb(OLD) - ARRAY['ksef_number', 'ksef_noted_at'] THEN RETURN NEW; END IF;
        IF OLD.organisation_id IS NULL AND OLD.forgotten_at IS NULL
            AND NEW.forgotten_at >= make_date(OLD.year + 7, 1, 1)
            AND (to_jsonb(NEW) - ARRAY['document', 'forgotten_at'], NEW.document - 'buyer')
                = (to_jsonb(OLD) - ARRAY['document', 'forgotten_at'], OLD.document - 'buyer')
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'an invoice stays as it was issued' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invoices_are_kept';
END $$;
CREATE TRIGGER invoices_are_kept BEFORE UPDATE OR DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION invoices_are_kept();
CREATE TRIGGER invoices_are_not_emptied BEFORE TRUNCATE ON invoice FOR EACH STATEMENT EXECUTE FUNCTION invoices_are_kept();
"""


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "invoice_seller",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("line1", sa.Text(), nullable=False),
        sa.Column("line2", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> '' AND line1 <> ''", name="invoice_seller_whole"),
        sa.CheckConstraint("nip ~ '^[1-9](\\d[1-9]|[1-9]\\d)\\d{7}$'", name="invoice_seller_nip"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("gmina_id", "from_day", name="invoice_seller_day"),
    )
    op.create_table(
        "invoice",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("supplied_on", sa.Date(), nullable=False),
        sa.Column("net_23", sa.BigInteger(), nullable=False),
        sa.Column("vat_23", sa.BigInteger(), nullable=False),
        sa.Column("net_8", sa.BigInteger(), nullable=False),
        sa.Column("vat_8", sa.BigInteger(), nullable=False),
        sa.Column("net_5", sa.BigInteger(), nullable=False),
        sa.Column("vat_5", sa.BigInteger(), nullable=False),
        sa.Column("net_0", sa.BigInteger(), nullable=False),
        sa.Column("net_zw", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ksef_number", sa.Text(), nullable=True),
        sa.Column("ksef_noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(kind = 'correction') = (corrects IS NOT NULL)", name="invoice_corrects"),
        sa.CheckConstraint("kind = 'correction' OR gross > 0", name="invoice_of_something"),
        sa.CheckConstraint("kind IN ('invoice', 'advance', 'correction')", name="invoice_kind"),
        sa.CheckConstraint("(corrects IS NOT NULL) = (turn > 0)", name="invoice_turns"),
        sa.CheckConstraint("(ksef_number IS NULL) = (ksef_noted_at IS NULL)", name="invoice_ksef"),
        sa.CheckConstraint(
            "net = net_23 + net_8 + net_5 + net_0 + net_zw AND vat = vat_23 + vat_8 + vat_5 AND gross = net + vat",
            name="invoice_sums",
        ),
        sa.CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="invoice_of_one"),
        sa.CheckConstraint("year = extract(year FROM issued_on) AND n > 0", name="invoice_year"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["corrects"],
            ["invoice.id"],
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
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("corrects", "turn", name="invoice_turn"),
        sa.UniqueConstraint("gmina_id", "incubator_id", "year", "n", name="invoice_numbered"),
        sa.UniqueConstraint("gmina_id", "number", name="invoice_number"),
        sa.UniqueConstraint("ksef_number", name="invoice_ksef_once"),
    )
    op.create_index(
        "invoice_of_account",
        "invoice",
        ["account_id", "issued_on"],
        unique=False,
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index(
        "invoice_of_charge", "invoice", ["charge_id"], unique=True, postgresql_where=sa.text("kind <> 'correction'")
    )
    op.create_index("invoice_of_gmina", "invoice", ["gmina_id", "issued_on", "id"], unique=False)
    op.create_index("invoice_of_organisation", "invoice", ["organisation_id", "issued_on"], unique=False)
    op.create_index("invoice_of_subject", "invoice", ["subject_id"], unique=False)
    op.create_table(
        "invoice_buyer",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("organisation_id IS NULL OR nip <> ''", name="invoice_buyer_nip"),
        sa.CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="invoice_buyer_of_one"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", name="invoice_buyer_account"),
        sa.UniqueConstraint("organisation_id", name="invoice_buyer_organisation"),
    )
    op.create_table(
        "invoice_series",
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("last > 0", name="invoice_series_last"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.PrimaryKeyConstraint("gmina_id", "incubator_id", "year"),
    )
    op.create_table(
        "invoice_unit",
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("internal_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "internal_id = '' OR internal_id ~ '^[1-9](\\d[1-9]|[1-9]\\d)\\d{7}-\\d{5}$'",
            name="invoice_unit_internal_id",
        ),
        sa.CheckConstraint("nip = '' OR nip ~ '^[1-9](\\d[1-9]|[1-9]\\d)\\d{7}$'", name="invoice_unit_nip"),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.PrimaryKeyConstraint("incubator_id"),
    )
    script(FOLLOW)
    script(KEPT)


def downgrade() -> None:
    for table in ("invoice_unit", "invoice_series", "invoice_buyer", "invoice", "invoice_seller"):
        op.drop_table(table)
    op.execute("DROP FUNCTION invoices_follow()")
    op.execute("DROP FUNCTION invoices_are_kept()")
