"""The ledger, what is owed, and how it is paid

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# Books are only ever added to, and an entry is whole when its transaction commits: as many postings as it says,
# which come to nothing together. So nothing is added to it afterwards either.
LEDGER = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER posting_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE FUNCTION entry_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its uuid;
    said integer;
    there bigint;
    total numeric;
BEGIN
    IF TG_TABLE_NAME = 'entry' THEN its := NEW.id; ELSE its := NEW.entry_id; END IF;
    SELECT size INTO said FROM entry WHERE id = its;
    SELECT count(*), sum(amount) INTO there, total FROM posting WHERE entry_id = its;
    IF there <> said OR total <> 0 THEN
        RAISE EXCEPTION 'entry % has % postings of %, which come to %', its, there, said, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_is_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_is_whole AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION entry_is_whole();
CREATE CONSTRAINT TRIGGER posting_makes_whole AFTER INSERT ON posting DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION entry_is_whole();
"""

# What a charge says is owed, by whom and for what stays. Its sums are those of its payments and refunds: their
# triggers write them, one level deeper than anybody else could.
CHARGES = """
CREATE FUNCTION charge_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.paid = 0 AND NEW.refunded = 0 THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.gmina_id, NEW.subject_kind, NEW.subject_id, NEW.quote_id, NEW.account_id, NEW.organisation_id,
                NEW.number, NEW.net, NEW.vat, NEW.deposit)
            IS NOT DISTINCT FROM (OLD.id, OLD.gmina_id, OLD.subject_kind, OLD.subject_id, OLD.quote_id, OLD.account_id,
                OLD.organisation_id, OLD.number, OLD.net, OLD.vat, OLD.deposit)
            AND ((NEW.paid, NEW.refunded) = (OLD.paid, OLD.refunded) OR pg_trigger_depth() > 1)
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a charge stays as it was owed, and its sums are those of its payments and refunds'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'charge_is_kept';
END $$;
CREATE TRIGGER charge_is_kept BEFORE INSERT OR UPDATE OR DELETE ON charge
    FOR EACH ROW EXECUTE FUNCTION charge_is_kept();

CREATE FUNCTION payment_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    more bigint;
BEGIN
    IF TG_OP = 'INSERT' AND NEW.withdrawn_at IS NULL THEN more := NEW.amount;
    ELSIF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
        AND to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' = to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id'
    THEN more := -NEW.amount;
    ELSE
        RAISE EXCEPTION 'a payment stays as it came, or is withdrawn'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_counts';
    END IF;
    UPDATE charge SET paid = paid + more WHERE id = NEW.charge_id;
    UPDATE bank_line SET used = used + more, state = CASE WHEN used + more > 0 THEN 'matched' ELSE 'waiting' END
    WHERE id = NEW.bank_line_id;
    RETURN NULL;
END $$;
CREATE TRIGGER payment_counts AFTER INSERT OR UPDATE OR DELETE ON payment
    FOR EACH ROW EXECUTE FUNCTION payment_counts();

CREATE FUNCTION refund_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state = 'due' THEN
        UPDATE charge SET refunded = refunded + NEW.amount WHERE id = NEW.charge_id;
        RETURN NULL;
    -- What went through Stripe may come back: then it is due again, by transfer.
    ELSIF TG_OP = 'UPDATE' AND (OLD.state <> 'done' OR NEW.state = 'due' AND OLD.method IN ('card', 'blik', 'p24'))
        AND (NEW.id, NEW.charge_id, NEW.payment_id, NEW.amount, NEW.why)
            = (OLD.id, OLD.charge_id, OLD.payment_id, OLD.amount, OLD.why)
        AND (NEW.method = OLD.method OR NEW.method = 'transfer' AND OLD.method <> 'credit' AND NEW.state = 'due')
    THEN RETURN NULL;
    END IF;
    RAISE EXCEPTION 'a refund stays as it was decided on'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'refund_counts';
END $$;
CREATE TRIGGER refund_counts AFTER INSERT OR UPDATE OR DELETE ON refund
    FOR EACH ROW EXECUTE FUNCTION refund_counts();

CREATE FUNCTION bank_line_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.used = 0 THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.gmina_id, NEW.hash, NEW.booked_on, NEW.amount) = (OLD.id, OLD.gmina_id, OLD.hash, OLD.booked_on, OLD.amount)
            AND (NEW.used = OLD.used OR pg_trigger_depth() > 1)
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a line of the bank stays as it came, and what is used of it are its payments'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bank_line_is_kept';
END $$;
CREATE TRIGGER bank_line_is_kept BEFORE INSERT OR UPDATE OR DELETE ON bank_line
    FOR EACH ROW EXECUTE FUNCTION bank_line_is_kept();

CREATE FUNCTION bank_account_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an account stays as it was; a later one replaces it'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bank_account_is_kept';
END $$;
CREATE TRIGGER bank_account_is_kept BEFORE UPDATE OR DELETE ON bank_account
    FOR EACH ROW EXECUTE FUNCTION bank_account_is_kept();
"""
FUNCTIONS = (
    "ledger_is_append_only",
    "entry_is_whole",
    "charge_is_kept",
    "payment_counts",
    "refund_counts",
    "bank_line_is_kept",
    "bank_account_is_kept",
)


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "book_check",
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("faults", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("gmina_id", "part"),
    )
    op.create_table(
        "charge_counter",
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("gmina_id"),
    )
    op.create_table(
        "bank_account",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("nip", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("holder <> ''", name="bank_account_holder"),
        sa.CheckConstraint("iban ~ '^PL[0-9]{26}$'", name="bank_account_iban"),
        sa.CheckConstraint("nip ~ '^([0-9]{10})?$'", name="bank_account_nip"),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("gmina_id", "valid_from", name="bank_account_from"),
    )
    op.create_table(
        "bank_import",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("applied_at IS NULL OR problems = '[]'::jsonb", name="bank_import_whole"),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("bank_import_made", "bank_import", ["made_at"], unique=False)
    op.create_table(
        "charge",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("quote_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("text_pl", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("deposit", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("back_net", sa.BigInteger(), nullable=False),
        sa.Column("back_vat", sa.BigInteger(), nullable=False),
        sa.Column("written_off", sa.BigInteger(), nullable=False),
        sa.Column("deposit_back", sa.BigInteger(), nullable=False),
        sa.Column("deposit_kept", sa.BigInteger(), nullable=False),
        sa.Column("deposit_reason", sa.Text(), nullable=False),
        sa.Column("deposit_settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "owed",
            sa.BigInteger(),
            sa.Computed("net + vat + deposit - back_net - back_vat - written_off - deposit_back", persisted=True),
            nullable=True,
        ),
        sa.Column(
            "outstanding",
            sa.BigInteger(),
            sa.Computed(
                "net + vat + deposit - back_net - back_vat - written_off - deposit_back - paid + refunded",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(deposit_kept > 0) = (deposit_reason <> '')", name="charge_deposit_reason"),
        sa.CheckConstraint(
            "state <> 'paid' OR net + vat + deposit - back_net - back_vat - written_off - deposit_back - paid + refunded <= 0",
            name="charge_paid",
        ),
        sa.CheckConstraint("state IN ('open', 'paid', 'cancelled', 'written_off')", name="charge_state"),
        sa.CheckConstraint(
            "(deposit_settled_at IS NULL) OR deposit_back + deposit_kept = deposit", name="charge_settled"
        ),
        sa.CheckConstraint("back_net BETWEEN 0 AND net AND back_vat BETWEEN 0 AND vat", name="charge_back"),
        sa.CheckConstraint(
            "deposit_back >= 0 AND deposit_kept >= 0 AND deposit_back + deposit_kept <= deposit", name="charge_deposit"
        ),
        sa.CheckConstraint(
            "net >= 0 AND vat >= 0 AND deposit >= 0 AND net + vat + deposit > 0", name="charge_something"
        ),
        sa.CheckConstraint("num_nonnulls(account_id, organisation_id) > 0", name="charge_party"),
        sa.CheckConstraint("refunded BETWEEN 0 AND paid", name="charge_refunds_within_payments"),
        sa.CheckConstraint("reminders BETWEEN 0 AND 3", name="charge_reminders"),
        sa.CheckConstraint(
            "written_off >= 0 AND written_off <= net + vat - back_net - back_vat", name="charge_written_off"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
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
        sa.UniqueConstraint("gmina_id", "id", name="charge_of_gmina"),
        sa.UniqueConstraint("gmina_id", "number", name="charge_number"),
        sa.UniqueConstraint("subject_kind", "subject_id", "quote_id", name="charge_once"),
    )
    op.create_index("charge_by_state", "charge", ["gmina_id", "state", "due_at", "id"], unique=False)
    op.create_index("charge_due", "charge", ["due_at"], unique=False, postgresql_where=sa.text("state = 'open'"))
    op.create_index("charge_of_account", "charge", ["account_id", "id"], unique=False)
    op.create_index(
        "charge_of_organisation",
        "charge",
        ["organisation_id", "id"],
        unique=False,
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(kind = 'correction') = (reverses IS NOT NULL)", name="entry_reverses"),
        sa.CheckConstraint(
            "kind IN ('charge', 'deposit_charged', 'payment', 'fee', 'credit_drawn', 'cancellation', 'deposit_returned', 'deposit_kept', 'refund', 'payout', 'write_off', 'correction')",
            name="entry_kind",
        ),
        sa.CheckConstraint("size >= 2", name="entry_size"),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(["gmina_id", "reverses"], ["entry.gmina_id", "entry.id"], name="entry_reverses_own"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("gmina_id", "id", name="entry_of_gmina"),
        sa.UniqueConstraint("reverses", name="entry_reversed_once"),
        sa.UniqueConstraint("subject_kind", "subject_id", "kind", "number", name="entry_once"),
    )
    op.create_index("entry_by_day", "entry", ["gmina_id", "at", "id"], unique=False)
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'matched') = (used > 0)", name="bank_line_matched"),
        sa.CheckConstraint("state IN ('waiting', 'matched', 'ignored')", name="bank_line_state"),
        sa.CheckConstraint("amount > 0", name="bank_line_amount"),
        sa.CheckConstraint("used BETWEEN 0 AND amount", name="bank_line_used"),
        sa.ForeignKeyConstraint(
            ["gmina_id"],
            ["gmina.id"],
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["bank_import.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("gmina_id", "hash", name="bank_line_once"),
        sa.UniqueConstraint("gmina_id", "id", name="bank_line_of_gmina"),
    )
    op.create_index("bank_line_by_day", "bank_line", ["gmina_id", "booked_on", "id"], unique=False)
    op.create_index(
        "bank_line_waiting",
        "bank_line",
        ["gmina_id", "booked_on", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "account IN ('receivable', 'revenue', 'vat_due', 'deposits', 'bank', 'stripe', 'fees', 'write_offs', 'prepaid')",
            name="posting_account",
        ),
        sa.CheckConstraint(
            "num_nonnulls(account_id, organisation_id) = (account IN ('deposits', 'prepaid', 'receivable'))::integer",
            name="posting_party",
        ),
        sa.CheckConstraint("amount <> 0", name="posting_amount"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "posting_of_account",
        "posting",
        ["account_id"],
        unique=False,
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index("posting_of_entry", "posting", ["entry_id"], unique=False)
    op.create_index(
        "posting_of_organisation",
        "posting",
        ["organisation_id"],
        unique=False,
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("bank_line_id", sa.Uuid(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("bank_line_id IS NULL OR method = 'transfer'", name="payment_of_line"),
        sa.CheckConstraint("method IN ('transfer', 'card', 'blik', 'p24', 'credit')", name="payment_method"),
        sa.CheckConstraint("amount > 0", name="payment_amount"),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["gmina_id", "bank_line_id"], ["bank_line.gmina_id", "bank_line.id"], name="payment_of_bank_line"
        ),
        sa.ForeignKeyConstraint(["gmina_id", "charge_id"], ["charge.gmina_id", "charge.id"], name="payment_of_charge"),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"],
            ["account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("charge_id", "id", name="payment_of_charge_once"),
    )
    op.create_index("payment_by_charge", "payment", ["charge_id"], unique=False)
    op.create_index(
        "payment_by_line",
        "payment",
        ["bank_line_id"],
        unique=False,
        postgresql_where=sa.text("bank_line_id IS NOT NULL"),
    )
    op.create_index(
        "payment_reference_once",
        "payment",
        ["reference"],
        unique=True,
        postgresql_where=sa.text("method IN ('card', 'blik', 'p24') AND reference <> ''"),
    )
    op.create_table(
        "refund",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="refund_done"),
        sa.CheckConstraint("method IN ('transfer', 'card', 'blik', 'p24', 'credit')", name="refund_method"),
        sa.CheckConstraint("state IN ('due', 'sent', 'done')", name="refund_state"),
        sa.CheckConstraint("why IN ('cancelled', 'deposit', 'overpaid')", name="refund_why"),
        sa.CheckConstraint("amount > 0", name="refund_amount"),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["charge_id", "payment_id"], ["payment.charge_id", "payment.id"], name="refund_of_payment"
        ),
        sa.ForeignKeyConstraint(["gmina_id", "charge_id"], ["charge.gmina_id", "charge.id"], name="refund_of_charge"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("refund_by_charge", "refund", ["charge_id"], unique=False)
    op.create_index("refund_by_payment", "refund", ["payment_id"], unique=False)
    op.create_index(
        "refund_due",
        "refund",
        ["gmina_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("state <> 'done'"),
    )
    script(LEDGER)
    script(CHARGES)


def downgrade() -> None:
    op.drop_table("refund")
    op.drop_table("payment")
    op.drop_table("posting")
    op.drop_table("bank_line")
    op.drop_table("entry")
    op.drop_table("charge")
    op.drop_table("bank_import")
    op.drop_table("bank_account")
    op.drop_table("charge_counter")
    op.drop_table("book_check")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}()")
