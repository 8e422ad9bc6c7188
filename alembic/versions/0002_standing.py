"""What somebody may do, counted: `account.standing` moves whenever it changes, so that a booking can
ask in its own statement whether what was read of its holder still stands.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A change of the person's own row counts in that row; one of what they belong to counts from outside.
STANDING = """
CREATE FUNCTION standing_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.standing := OLD.standing + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER standing_changed BEFORE UPDATE OF name, gmina_id, erased_at ON account
    FOR EACH ROW EXECUTE FUNCTION standing_changed();

CREATE FUNCTION standing_of_one_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE account SET standing = standing + 1
    WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.account_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.account_id END);
    RETURN NULL;
END $$;
CREATE TRIGGER standing_changed AFTER INSERT OR UPDATE OR DELETE ON membership
    FOR EACH ROW EXECUTE FUNCTION standing_of_one_changed();
CREATE TRIGGER standing_changed AFTER INSERT OR UPDATE OR DELETE ON role_grant
    FOR EACH ROW EXECUTE FUNCTION standing_of_one_changed();

CREATE FUNCTION standing_of_members_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE account SET standing = standing + 1
    WHERE id IN (SELECT account_id FROM membership WHERE organisation_id = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER standing_changed AFTER UPDATE OF name, kind, gmina_id, closed_at ON organisation
    FOR EACH ROW EXECUTE FUNCTION standing_of_members_changed();
"""
GONE = """
DROP TRIGGER standing_changed ON organisation;
DROP TRIGGER standing_changed ON role_grant;
DROP TRIGGER standing_changed ON membership;
DROP TRIGGER standing_changed ON account;
DROP FUNCTION standing_of_members_changed();
DROP FUNCTION standing_of_one_changed();
DROP FUNCTION standing_changed();
"""


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.add_column("account", sa.Column("standing", sa.BigInteger(), nullable=False, server_default="1"))
    script(STANDING)


def downgrade() -> None:
    script(GONE)
    op.drop_column("account", "standing")
