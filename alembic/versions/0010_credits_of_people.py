"""Who takes part as a person holds credits of their own

Revision ID: 0010
Revises: 0009

Up: a credit is an organisation's or a person's, and who takes part in an edition as a person, and is still in it, gets
what it grants. Down: the older shape has no home for a person's credits, so they are taken out. Bookings and meetings
that drew on them stand and draw on nothing then; the record of a meeting that both sides have confirmed is locked, and
keeps the identifier. Granted again on the way up, nothing of them is used.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# As an admission does: good from the first day of the edition to its last, in Warsaw.
GRANT = """
INSERT INTO credit (account_id, kind, gmina_id, programme_id, source_id, name_pl, name_en, valid, granted, used)
SELECT participation.account_id, perk.kind, programme.gmina_id, programme.id, participation.id, perk.name_pl,
    perk.name_en, tstzrange(edition.starts_on::timestamp AT TIME ZONE 'Europe/Warsaw',
        (edition.ends_on + 1)::timestamp AT TIME ZONE 'Europe/Warsaw'), perk.amount, 0
FROM participation JOIN edition ON edition.id = participation.edition_id
JOIN programme ON programme.id = edition.programme_id JOIN edition_perk AS perk ON perk.edition_id = edition.id
JOIN account ON account.id = participation.account_id
WHERE participation.organisation_id IS NULL AND participation.state IN ('admitted', 'active')
    AND perk.kind <> 'other' AND edition.ends_on >= (now() AT TIME ZONE 'Europe/Warsaw')::date
    AND account.erased_at IS NULL
"""
PERSONAL = "SELECT id FROM credit WHERE account_id IS NOT NULL"


def upgrade() -> None:
    op.drop_index("credit_of_organisation", table_name="credit")
    op.add_column("credit", sa.Column("account_id", sa.Uuid(), nullable=True))
    op.alter_column("credit", "organisation_id", nullable=True)
    op.create_foreign_key("credit_account_id_fkey", "credit", "account", ["account_id"], ["id"])
    op.create_check_constraint("credit_of_one", "credit", "num_nonnulls(organisation_id, account_id) = 1")
    op.add_column(
        "credit",
        sa.Column("holder_id", sa.Uuid(), sa.Computed("coalesce(organisation_id, account_id)", persisted=True)),
    )
    op.create_index("credit_of_holder", "credit", ["holder_id", "kind", sa.literal_column("upper(valid)")])
    op.execute(GRANT)


def downgrade() -> None:
    op.execute(f"UPDATE booking SET credit_id = NULL WHERE credit_id IN ({PERSONAL})")
    op.execute(f"UPDATE meeting SET credit_id = NULL WHERE credit_id IN ({PERSONAL}) AND locked_at IS NULL")
    op.execute("DELETE FROM credit WHERE account_id IS NOT NULL")
    op.drop_index("credit_of_holder", table_name="credit")
    op.drop_column("credit", "holder_id")
    op.drop_constraint("credit_of_one", "credit", type_="check")
    op.drop_constraint("credit_account_id_fkey", "credit", type_="foreignkey")
    op.drop_column("credit", "account_id")
    op.alter_column("credit", "organisation_id", nullable=False)
    op.create_index("credit_of_organisation", "credit", ["organisation_id", "kind", sa.literal_column("upper(valid)")])
