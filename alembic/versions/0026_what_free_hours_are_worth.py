"""What free hours are worth, and papers on aid that keep what they said

Revision ID: 0026
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

SIZES = "IN ('', 'micro', 'small', 'medium', 'large')"
HELD = """
CREATE FUNCTION aid_benchmark_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a benchmark is followed by another, never changed'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'aid_benchmark_is_kept';
END $$;
CREATE TRIGGER aid_benchmark_is_kept BEFORE UPDATE OR DELETE ON aid_benchmark
    FOR EACH ROW EXECUTE FUNCTION aid_benchmark_is_kept();
CREATE TRIGGER aid_benchmark_stays BEFORE TRUNCATE ON aid_benchmark
    FOR EACH STATEMENT EXECUTE FUNCTION aid_benchmark_is_kept();
"""
# Of what was granted before, the names of today are the best that is known.
NAMED = """
ALTER TABLE aid_entry DISABLE TRIGGER aid_is_append_only;
UPDATE aid_entry SET holder_name = organisation.name, holder_nip = organisation.nip
FROM organisation WHERE organisation.id = organisation_id;
ALTER TABLE aid_entry ENABLE TRIGGER aid_is_append_only;
"""


def script(sql: str) -> None:
    """Several statements at once, which a prepared statement cannot be; in the same transaction."""
    op.get_bind().connection.dbapi_connection.run_async(lambda connection: connection.execute(sql))


def upgrade() -> None:
    op.create_table(
        "aid_benchmark",
        sa.Column("gmina_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("price > 0", name="aid_benchmark_some"),
        sa.CheckConstraint("what IN ('mentor_hour', 'training_hour')", name="aid_benchmark_what"),
        sa.ForeignKeyConstraint(["gmina_id"], ["gmina.id"]),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"]),
        sa.PrimaryKeyConstraint("gmina_id", "what", "since"),
    )
    op.add_column("undertaking_member", sa.Column("linked_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(None, "undertaking_member", "account", ["linked_by"], ["id"])
    for name in ("address", "size"):
        op.add_column("aid_declaration", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_check_constraint("aid_declaration_size", "aid_declaration", f"size {SIZES}")
    op.add_column("aid_entry", sa.Column("minutes", sa.Integer(), nullable=True))
    op.add_column("aid_entry", sa.Column("holder_nip", sa.Text(), nullable=True))
    for name in ("holder_name", "holder_address", "holder_size"):
        op.add_column("aid_entry", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.create_check_constraint("aid_entry_minutes", "aid_entry", "minutes > 0")
    op.create_check_constraint("aid_entry_size", "aid_entry", f"holder_size {SIZES}")
    script(HELD)
    script(NAMED)


def downgrade() -> None:
    for name in ("aid_entry_size", "aid_entry_minutes"):
        op.drop_constraint(name, "aid_entry")
    for name in ("holder_size", "holder_address", "holder_name", "holder_nip", "minutes"):
        op.drop_column("aid_entry", name)
    op.drop_constraint("aid_declaration_size", "aid_declaration")
    for name in ("size", "address"):
        op.drop_column("aid_declaration", name)
    op.drop_column("undertaking_member", "linked_by")
    op.drop_table("aid_benchmark")
    op.execute("DROP FUNCTION aid_benchmark_is_kept")
