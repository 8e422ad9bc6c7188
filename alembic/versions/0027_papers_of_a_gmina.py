"""Invoices in somebody's stead, buyers from abroad, structured files as they were handed out, accounting notes

Revision ID: 0027
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

NIP_AT_HOME = "organisation_id IS NULL OR nip <> '' OR coalesce(told->'address'->>'country', 'PL') <> 'PL'"
# As it was, and now also whom a correction says that the invoice named before.
INVOICES_KEPT = """
CREATE OR REPLACE FUNCTION invoices_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ksef_number IS NULL AND to_jsonb(NEW) - ARRAY['ksef_number', 'ksef_noted_at']
            = to_jsonb(OLD) - ARRAY['ksef_number', 'ksef_noted_at'] THEN RETURN NEW; END IF;
        IF OLD.organisation_id IS NULL AND OLD.forgotten_at IS NULL
            AND NEW.forgotten_at >= make_date(OLD.year + 7, 1, 1)
            AND (to_jsonb(NEW) - ARRAY['document', 'forgotten_at'], {new})
                = (to_jsonb(OLD) - ARRAY['document', 'forgotten_at'], {old})
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'an invoice stays as it was issued' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invoices_are_kept';
END $$;
"""
NOW = INVOICES_KEPT.format(
    new="(NEW.document - 'buyer') #- '{corrected,buyer}'", old="(OLD.document - 'buyer') #- '{corrected,buyer}'"
)
BEFORE = INVOICES_KEPT.format(new="NEW.document - 'buyer'", old="OLD.document - 'buyer'")
# What was handed out stays, until the invoice itself may forget whom it named.
FILES_KEPT = """
CREATE FUNCTION invoice_files_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM invoice WHERE id = OLD.invoice_id AND forgotten_at IS NOT NULL) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a file that was handed out stays as it is'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invoice_files_are_kept';
END $$;
CREATE TRIGGER invoice_files_are_kept BEFORE UPDATE OR DELETE ON invoice_file
    FOR EACH ROW EXECUTE FUNCTION invoice_files_are_kept();
"""
NOTES_FOLLOW = """
CREATE FUNCTION notes_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.n > 1 AND NOT EXISTS (
        SELECT FROM accounting_note WHERE gmina_id = NEW.gmina_id AND incubator_id = NEW.incubator_id
            AND year = NEW.year AND n = NEW.n - 1 AND issued_on <= NEW.issued_on
    ) THEN
        RAISE EXCEPTION 'no number before, or of a later day' USING ERRCODE = 'check_violation', CONSTRAINT = 'notes_follow';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER notes_follow BEFORE INSERT ON accounting_note FOR EACH ROW EXECUTE FUNCTION notes_follow();
"""
NOTES_KEPT = """
CREATE FUNCTION notes_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.organisation_id IS NULL AND OLD.forgotten_at IS NULL
            AND NEW.forgotten_at >= make_date(OLD.year + 7, 1, 1)
            AND (to_jsonb(NEW) - ARRAY['document', 'forgotten_at'], NEW.document - 'buyer')
                = (to_jsonb(OLD) - ARRAY['document', 'forgotten_at'], OLD.document - 'buyer')
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a note stays as it was issued' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'notes_are_kept';
END $$;
CREATE TRIGGER notes_are_kept BEFORE UPDATE OR DELETE ON accounting_note FOR EACH ROW EXECUTE FUNCTION notes_are_kept();
"""
# Of those before it that were for somebody else, the invoice that stands alone keeps what it is for.
ONE_OF_CHARGE = """
ALTER TABLE invoice DISABLE TRIGGER invoices_are_kept;
UPDATE invoice SET charge_id = NULL WHERE id IN (SELECT instead_of FROM invoice);
ALTER TABLE invoice ENABLE TRIGGER invoices_are_kept;
DELETE FROM invoice_buyer WHERE organisation_id IS NOT NULL AND nip = '';
"""


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "invoice_file",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sha256 = sha256(content)", name="invoice_file_sha256"),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"]),
        sa.PrimaryKeyConstraint("invoice_id"),
    )
    op.add_column("invoice", sa.Column("instead_of", sa.Uuid(), nullable=True))
    op.create_foreign_key("invoice_instead_of_fkey", "invoice", "invoice", ["instead_of"], ["id"])
    op.create_unique_constraint("invoice_instead_once", "invoice", ["instead_of"])
    op.create_check_constraint("invoice_instead", "invoice", "instead_of IS NULL OR corrects IS NULL")
    op.drop_index("invoice_of_charge", table_name="invoice")
    first = sa.text("kind <> 'correction' AND instead_of IS NULL")
    op.create_index("invoice_of_charge", "invoice", ["charge_id"], unique=True, postgresql_where=first)
    op.create_index("invoice_by_charge", "invoice", ["charge_id"], postgresql_where=sa.text("charge_id IS NOT NULL"))
    op.drop_constraint("invoice_buyer_nip", "invoice_buyer", type_="check")
    op.create_check_constraint("invoice_buyer_nip", "invoice_buyer", NIP_AT_HOME)
    _notes()
    script(NOW + FILES_KEPT + NOTES_FOLLOW + NOTES_KEPT)


def _notes() -> None:
    op.create_table(
        "note_series",
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("last > 0", name="note_series_last"),
        sa.ForeignKeyConstraint(["gmina_id"], ["gmina.id"]),
        sa.ForeignKeyConstraint(["incubator_id"], ["incubator.id"]),
        sa.PrimaryKeyConstraint("gmina_id", "incubator_id", "year"),
    )
    op.create_table(
        "accounting_note",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("kind IN ('out_of_scope', 'deposit')", name="note_kind"),
        sa.CheckConstraint("amount <> 0 AND (turn > 1 OR amount > 0) AND turn > 0", name="note_amount"),
        sa.CheckConstraint("year = extract(year FROM issued_on) AND n > 0", name="note_year"),
        sa.CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="note_of_one"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.ForeignKeyConstraint(["charge_id"], ["charge.id"]),
        sa.ForeignKeyConstraint(["gmina_id"], ["gmina.id"]),
        sa.ForeignKeyConstraint(["incubator_id"], ["incubator.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("charge_id", "kind", "turn", name="note_once"),
        sa.UniqueConstraint("gmina_id", "incubator_id", "year", "n", name="note_numbered"),
        sa.UniqueConstraint("gmina_id", "number", name="note_number"),
    )
    op.create_index("note_of_account", "accounting_note", ["account_id"])
    op.create_index("note_of_gmina", "accounting_note", ["gmina_id", "issued_on", "id"])
    op.create_index("note_of_organisation", "accounting_note", ["organisation_id"])


def downgrade() -> None:
    for table in ("accounting_note", "note_series", "invoice_file"):
        op.drop_table(table)
    for function in ("notes_follow", "notes_are_kept", "invoice_files_are_kept"):
        op.execute(f"DROP FUNCTION {function}()")
    script(BEFORE + ONE_OF_CHARGE)
    op.drop_constraint("invoice_buyer_nip", "invoice_buyer", type_="check")
    op.create_check_constraint("invoice_buyer_nip", "invoice_buyer", "organisation_id IS NULL OR nip <> ''")
    op.drop_index("invoice_by_charge", table_name="invoice")
    op.drop_index("invoice_of_charge", table_name="invoice")
    op.create_index(
        "invoice_of_charge", "invoice", ["charge_id"], unique=True, postgresql_where=sa.text("kind <> 'correction'")
    )
    op.drop_column("invoice", "instead_of")
