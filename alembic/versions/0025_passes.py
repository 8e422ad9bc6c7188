"""Passes on price lists, passes that are bought, and which account a charge earns

Revision ID: 0025
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# A published list stands with all that belongs to it: `price_list_stands` reads the list off a row's `list_id`; what has
# none says here which list it is of.
PRODUCT_STANDS = """
CREATE TRIGGER price_list_stands BEFORE INSERT OR UPDATE OR DELETE ON pass_product
    FOR EACH ROW EXECUTE FUNCTION price_list_stands()
"""
PRICE_STANDS = """
CREATE FUNCTION pass_price_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT bool_or(state = 'published') FROM (
        SELECT state FROM price_list WHERE id IN (SELECT list_id FROM pass_product WHERE id IN (OLD.product_id, NEW.product_id))
        FOR SHARE
    ) AS lists) THEN
        RAISE EXCEPTION 'a published price list is not changed'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'price_list_stands';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$
"""
PRICES_STAND = """
CREATE TRIGGER price_list_stands BEFORE INSERT OR UPDATE OR DELETE ON pass_price
    FOR EACH ROW EXECUTE FUNCTION pass_price_stands()
"""


def upgrade() -> None:
    op.create_table(
        "pass_product",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_pl", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("valid_days", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('room_minutes', 'desk_days')", name="pass_product_kind"),
        sa.CheckConstraint("vat <> 'zw' OR basis <> ''", name="pass_product_exempt_on_a_basis"),
        sa.CheckConstraint("vat IN ('23', '8', '5', '0', 'zw', 'np')", name="pass_product_vat"),
        sa.CheckConstraint("amount BETWEEN 1 AND 1000000", name="pass_product_amount"),
        sa.CheckConstraint("valid_days BETWEEN 1 AND 1100", name="pass_product_valid"),
        sa.ForeignKeyConstraint(["list_id"], ["price_list.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_pass_product_list_id"), "pass_product", ["list_id"], unique=False)
    op.create_table(
        "pass_bought",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("incubator_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("bought_by", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("quote_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=True),
        sa.Column("credit_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('active', 'given_back', 'over')) = (credit_id IS NOT NULL) AND (credit_id IS NULL) = (live_at IS NULL)",
            name="pass_bought_live",
        ),
        sa.CheckConstraint("state <> 'over' OR ended_at IS NOT NULL", name="pass_bought_over"),
        sa.CheckConstraint(
            "state IN ('ordered', 'active', 'lapsed', 'called_off', 'given_back', 'over')", name="pass_bought_state"
        ),
        sa.CheckConstraint("num_nonnulls(organisation_id, account_id) = 1", name="pass_bought_of_one"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["bought_by"],
            ["account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["charge_id"],
            ["charge.id"],
        ),
        sa.ForeignKeyConstraint(
            ["credit_id"],
            ["credit.id"],
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
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["pass_product.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "pass_bought_charge",
        "pass_bought",
        ["charge_id"],
        unique=True,
        postgresql_where=sa.text("charge_id IS NOT NULL"),
    )
    op.create_index(
        "pass_bought_credit",
        "pass_bought",
        ["credit_id"],
        unique=True,
        postgresql_where=sa.text("credit_id IS NOT NULL"),
    )
    op.create_index(
        "pass_bought_of_account",
        "pass_bought",
        ["account_id"],
        unique=False,
        postgresql_where=sa.text("account_id IS NOT NULL"),
    )
    op.create_index("pass_bought_of_gmina", "pass_bought", ["gmina_id", "created_at", "id"], unique=False)
    op.create_index(
        "pass_bought_of_organisation",
        "pass_bought",
        ["organisation_id"],
        unique=False,
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_table(
        "pass_price",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("local_only", sa.Boolean(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("market", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "category IN ('resident', 'ngo', 'incubated', 'public', 'commercial')", name="pass_price_category"
        ),
        sa.CheckConstraint("market BETWEEN 0 AND 100000000", name="pass_price_market"),
        sa.CheckConstraint("price BETWEEN 0 AND 100000000", name="pass_price_price"),
        sa.ForeignKeyConstraint(["product_id"], ["pass_product.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("product_id", "category", "local_only"),
    )
    op.create_index(
        "booking_of_credit", "booking", ["credit_id"], unique=False, postgresql_where=sa.text("credit_id IS NOT NULL")
    )
    op.add_column("charge", sa.Column("earns", sa.Text(), server_default=sa.text("'revenue'"), nullable=False))
    op.create_check_constraint("charge_earns", "charge", "earns IN ('revenue', 'prepaid')")
    for statement in (PRODUCT_STANDS, PRICE_STANDS, PRICES_STAND):
        op.execute(statement)


def downgrade() -> None:
    op.drop_column("charge", "earns")
    op.drop_index("booking_of_credit", table_name="booking")
    for table in ("pass_price", "pass_bought", "pass_product"):
        op.drop_table(table)
    op.execute("DROP FUNCTION pass_price_stands()")
