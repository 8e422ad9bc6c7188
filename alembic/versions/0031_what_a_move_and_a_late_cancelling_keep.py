"""What a move and a late cancelling keep: the lines of a charge, and a credit

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

# Of a charge that stays as it was owed, the lines may be said anew: by another quote of the same thing and the same sums.
KEPT = """
CREATE OR REPLACE FUNCTION charge_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.paid = 0 AND NEW.refunded = 0 THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.gmina_id, NEW.subject_kind, NEW.subject_id, {quote}NEW.account_id, NEW.organisation_id,
                NEW.number, NEW.net, NEW.vat, NEW.deposit, NEW.earns)
            IS NOT DISTINCT FROM (OLD.id, OLD.gmina_id, OLD.subject_kind, OLD.subject_id, {old_quote}OLD.account_id,
                OLD.organisation_id, OLD.number, OLD.net, OLD.vat, OLD.deposit, OLD.earns){same}
            AND ((NEW.paid, NEW.refunded) = (OLD.paid, OLD.refunded) OR pg_trigger_depth() > 1)
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a charge stays as it was owed, and its sums are those of its payments and refunds'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'charge_is_kept';
END $$
"""
SAME = """
            AND (NEW.quote_id = OLD.quote_id OR EXISTS (
                SELECT FROM quote WHERE id = NEW.quote_id AND (subject_kind, subject_id) = (NEW.subject_kind, NEW.subject_id)
                    AND (net, vat, deposit) = (NEW.net, NEW.vat, NEW.deposit)
            ))"""
# What its holder called off too late for it, where the price list has steps.
LATE = """
UPDATE booking SET credit_kept = true FROM space
WHERE space.id = space_id AND state = 'cancelled' AND credit_id IS NOT NULL AND reason = ''
    AND changed_at > lower(period) - cancel_minutes * interval '1 minute'
    AND EXISTS (
        SELECT FROM history WHERE subject_kind = 'booking' AND subject_id = booking.id AND verb = 'cancel'
            AND before->>'state' = 'confirmed'
    )
    AND EXISTS (
        SELECT FROM cancellation_step AS step JOIN (
            SELECT list_id, gross FROM quote WHERE subject_kind = 'booking' AND subject_id = booking.id
            ORDER BY id DESC LIMIT 1
        ) AS latest ON latest.list_id = step.list_id AND latest.gross > 0
    )
"""


def upgrade() -> None:
    op.add_column("booking", sa.Column("credit_kept", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.execute(LATE)
    op.execute(KEPT.format(quote="", old_quote="", same=SAME))


def downgrade() -> None:
    op.execute(KEPT.format(quote="NEW.quote_id, ", old_quote="OLD.quote_id, ", same=""))
    op.drop_column("booking", "credit_kept")
