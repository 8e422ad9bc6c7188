"""On which account the price of a charge stands is kept as it was owed

Revision ID: 0030
Revises: 0029
"""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

KEPT = """
CREATE OR REPLACE FUNCTION charge_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.paid = 0 AND NEW.refunded = 0 THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.gmina_id, NEW.subject_kind, NEW.subject_id, NEW.quote_id, NEW.account_id, NEW.organisation_id,
                NEW.number, NEW.net, NEW.vat, NEW.deposit{new})
            IS NOT DISTINCT FROM (OLD.id, OLD.gmina_id, OLD.subject_kind, OLD.subject_id, OLD.quote_id, OLD.account_id,
                OLD.organisation_id, OLD.number, OLD.net, OLD.vat, OLD.deposit{old})
            AND ((NEW.paid, NEW.refunded) = (OLD.paid, OLD.refunded) OR pg_trigger_depth() > 1)
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a charge stays as it was owed, and its sums are those of its payments and refunds'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'charge_is_kept';
END $$;
"""


def upgrade() -> None:
    op.execute(KEPT.format(new=", NEW.earns", old=", OLD.earns"))


def downgrade() -> None:
    op.execute(KEPT.format(new="", old=""))
