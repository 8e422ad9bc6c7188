"""Price lists, and quotes that are kept

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# What was published stays as it is. The lock lets somebody who adds to a list wait for who publishes it.
STANDS = """
CREATE FUNCTION price_list_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched uuid[];
BEGIN
    IF TG_TABLE_NAME = 'rate' THEN
        touched := ARRAY(SELECT list_id FROM tariff WHERE id IN (OLD.tariff_id, NEW.tariff_id));
    ELSIF TG_TABLE_NAME <> 'price_list' THEN touched := ARRAY[OLD.list_id, NEW.list_id];
    END IF;
    IF TG_TABLE_NAME = 'price_list' OR (SELECT bool_or(state = 'published')
        FROM (SELECT state FROM price_list WHERE id = ANY(touched) FOR SHARE) AS lists) THEN
        RAISE EXCEPTION 'a published price list is not changed'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'price_list_stands';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$
"""
LIST_STANDS = """
CREATE TRIGGER price_list_stands BEFORE UPDATE OR DELETE ON price_list
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION price_list_stands()
"""
PART_STANDS = """
CREATE TRIGGER price_list_stands BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION price_list_stands()
"""
# Prices that somebody keeps are those of a version of the rulebook, as the rules of booking are.
MOVES_THE_RULEBOOK = """
CREATE TRIGGER rules_changed AFTER INSERT OR UPDATE ON price_list
    FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION rules_changed()
"""
APPEND_ONLY = """
CREATE FUNCTION quote_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'quotes are only ever added' USING ERRCODE = 'restrict_violation';
END $$
"""
QUOTE_STANDS = """
CREATE TRIGGER quote_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quote
    FOR EACH STATEMENT EXECUTE FUNCTION quote_is_append_only()
"""


def upgrade() -> None:
    op.create_table(
        "price_list",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("act_number", sa.Text(), nullable=False),
        sa.Column("act_day", sa.Date(), nullable=True),
        sa.Column("act_url", sa.Text(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("startups_incubated", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("copied_from", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="price_list_published"),
        sa.CheckConstraint(
            "state = 'draft' OR (act_number <> '' AND act_day IS NOT NULL)", name="price_list_adopted_by_an_act"
        ),
        sa.CheckConstraint("state IN ('draft', 'published')", name="price_list_state"),
        sa.CheckConstraint("stated IN ('net', 'gross')", name="price_list_stated"),
        sa.ForeignKeyConstraint(
            ["copied_from"],
            ["price_list.id"],
        ),
        sa.ForeignKeyConstraint(
            ["incubator_id"],
            ["incubator.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("price_list_of_incubator", "price_list", ["incubator_id", "in_force_from"], unique=False)
    op.create_index(
        "price_list_one_a_day",
        "price_list",
        ["incubator_id", "in_force_from"],
        unique=True,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "extra",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("market", sa.Integer(), nullable=True),
        sa.Column("vat", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.CheckConstraint("per IN ('booking', 'hour', 'person', 'day')", name="extra_per"),
        sa.CheckConstraint("vat <> 'zw' OR basis <> ''", name="extra_exempt_on_a_basis"),
        sa.CheckConstraint("vat IN ('23', '8', '5', '0', 'zw', 'np')", name="extra_vat"),
        sa.CheckConstraint("market BETWEEN 0 AND 100000000", name="extra_market"),
        sa.CheckConstraint("price BETWEEN 0 AND 100000000", name="extra_price"),
        sa.ForeignKeyConstraint(["list_id"], ["price_list.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_extra_list_id"), "extra", ["list_id"], unique=False)
    op.create_table(
        "quote",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=True),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("market_net", sa.BigInteger(), nullable=False),
        sa.Column("market_vat", sa.BigInteger(), nullable=False),
        sa.Column("deposit", sa.BigInteger(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "category IN ('resident', 'ngo', 'incubated', 'public', 'commercial')", name="quote_category"
        ),
        sa.CheckConstraint("jsonb_typeof(lines) = 'array'", name="quote_lines"),
        sa.CheckConstraint("stated IN ('net', 'gross')", name="quote_stated"),
        sa.CheckConstraint(
            "least(net, vat, market_net, market_vat, deposit) >= 0 AND gross = net + vat", name="quote_sums"
        ),
        sa.CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="quote_of_one_party"),
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
    op.create_index(
        "quote_of_account", "quote", ["account_id"], unique=False, postgresql_where=sa.text("account_id IS NOT NULL")
    )
    op.create_index("quote_of_subject", "quote", ["subject_id"], unique=False)
    op.create_table(
        "tariff",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("vat", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("step_minutes", sa.Integer(), nullable=False),
        sa.Column("half_day_minutes", sa.Integer(), nullable=False),
        sa.Column("day_minutes", sa.Integer(), nullable=True),
        sa.Column("deposit", sa.Integer(), nullable=False),
        sa.Column("deposit_above_minutes", sa.Integer(), nullable=False),
        sa.Column("peak_weekdays", postgresql.ARRAY(sa.Integer()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("peak_from", sa.Integer(), nullable=False),
        sa.Column("peak_until", sa.Integer(), nullable=False),
        sa.Column("peak_percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("vat <> 'zw' OR basis <> ''", name="tariff_exempt_on_a_basis"),
        sa.CheckConstraint("vat IN ('23', '8', '5', '0', 'zw', 'np')", name="tariff_vat"),
        sa.CheckConstraint("day_minutes BETWEEN half_day_minutes AND 1440", name="tariff_day"),
        sa.CheckConstraint(
            "half_day_minutes % step_minutes = 0 AND day_minutes % step_minutes = 0", name="tariff_days_of_whole_steps"
        ),
        sa.CheckConstraint(
            "deposit BETWEEN 0 AND 100000000 AND deposit_above_minutes BETWEEN 0 AND 527040", name="tariff_deposit"
        ),
        sa.CheckConstraint("half_day_minutes BETWEEN 60 AND 720", name="tariff_half_day"),
        sa.CheckConstraint(
            "peak_percent BETWEEN 0 AND 500 AND 0 <= peak_from AND peak_from <= peak_until AND peak_until <= 1440 AND peak_weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]",
            name="tariff_peak",
        ),
        sa.CheckConstraint("step_minutes IN (15, 30, 60)", name="tariff_step"),
        sa.ForeignKeyConstraint(["list_id"], ["price_list.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("id", "list_id", name="tariff_of_its_list"),
    )
    op.create_index(op.f("ix_tariff_list_id"), "tariff", ["list_id"], unique=False)
    op.create_table(
        "rate",
        sa.Column("tariff_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("local_only", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("from_unit", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("market", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "category IN ('resident', 'ngo', 'incubated', 'public', 'commercial')", name="rate_category"
        ),
        sa.CheckConstraint("from_unit BETWEEN 1 AND 24 AND (unit = 'hour' OR from_unit = 1)", name="rate_bracket"),
        sa.CheckConstraint("unit IN ('hour', 'half_day', 'day', 'month', 'entry')", name="rate_unit"),
        sa.CheckConstraint("market BETWEEN 0 AND 100000000", name="rate_market"),
        sa.CheckConstraint("price BETWEEN 0 AND 100000000", name="rate_price"),
        sa.ForeignKeyConstraint(["tariff_id"], ["tariff.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tariff_id", "category", "local_only", "unit", "from_unit"),
    )
    op.create_table(
        "tariff_space",
        sa.Column("tariff_id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["space.id"],
        ),
        sa.ForeignKeyConstraint(["tariff_id", "list_id"], ["tariff.id", "tariff.list_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tariff_id", "space_id"),
        sa.UniqueConstraint("list_id", "space_id", name="tariff_space_once"),
    )
    op.create_index(op.f("ix_tariff_space_space_id"), "tariff_space", ["space_id"], unique=False)
    for sql in (STANDS, LIST_STANDS, MOVES_THE_RULEBOOK, APPEND_ONLY, QUOTE_STANDS):
        op.execute(sql)
    for table in ("tariff", "tariff_space", "rate", "extra"):
        op.execute(PART_STANDS.format(table=table))


def downgrade() -> None:
    op.drop_index(op.f("ix_tariff_space_space_id"), table_name="tariff_space")
    op.drop_table("tariff_space")
    op.drop_table("rate")
    op.drop_index(op.f("ix_tariff_list_id"), table_name="tariff")
    op.drop_table("tariff")
    op.drop_index("quote_of_subject", table_name="quote")
    op.drop_index("quote_of_account", table_name="quote", postgresql_where=sa.text("account_id IS NOT NULL"))
    op.drop_table("quote")
    op.drop_index(op.f("ix_extra_list_id"), table_name="extra")
    op.drop_table("extra")
    op.drop_index("price_list_one_a_day", table_name="price_list", postgresql_where=sa.text("state = 'published'"))
    op.drop_index("price_list_of_incubator", table_name="price_list")
    op.drop_table("price_list")
    op.execute("DROP FUNCTION price_list_stands()")
    op.execute("DROP FUNCTION quote_is_append_only()")
