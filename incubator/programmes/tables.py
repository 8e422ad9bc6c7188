"""The bundle, its programmes and their editions, with terms, dates, perks, mentors and partners."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class Bundle(SQLModel, table=True):
    """What the programmes belong to: the bundle of incubators of the metropolis. The office describes it."""

    __tablename__ = "bundle"

    id: UUID = key()
    slug: str = Field(sa_type=Text, unique=True)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)
    about_pl: str = Field(default="", sa_type=Text)
    about_en: str = Field(default="", sa_type=Text)
    version: int = Field(default=1)


class Programme(SQLModel, table=True):
    """An acceleration programme, run by a gmina (`gmina_id`) or, where it is empty, by the office."""

    __tablename__ = "programme"
    __table_args__ = (CheckConstraint("state IN ('draft', 'published', 'closed')", name="programme_state"),)

    id: UUID = key()
    bundle_id: UUID = Field(foreign_key="bundle.id", index=True)
    gmina_id: UUID | None = Field(default=None, foreign_key="gmina.id", index=True)
    slug: str = Field(sa_type=Text, unique=True)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)
    summary_pl: str = Field(default="", sa_type=Text)
    summary_en: str = Field(default="", sa_type=Text)
    about_pl: str = Field(default="", sa_type=Text)
    about_en: str = Field(default="", sa_type=Text)
    state: str = Field(default="draft", sa_type=Text)
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class Edition(SQLModel, table=True):
    """A cohort of a programme: from `starts_on` to `ends_on`, with `places`. `places_taken` counts
    admitted participations; the check is the judge of the last place. `presence_percent` of the minutes
    of its required meetings are needed for a certificate."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("programme_id", "slug", name="edition_slug"),
        CheckConstraint("state IN ('draft', 'published', 'running', 'closed')", name="edition_state"),
        CheckConstraint("starts_on <= ends_on", name="edition_days"),
        CheckConstraint("places > 0", name="edition_places"),
        CheckConstraint("places_taken >= 0", name="edition_places_not_negative"),
        CheckConstraint("places_taken <= places", name="edition_not_overfull"),
        CheckConstraint("presence_percent BETWEEN 0 AND 100", name="edition_presence"),
    )

    id: UUID = key()
    programme_id: UUID = Field(foreign_key="programme.id")
    slug: str = Field(sa_type=Text)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)
    about_pl: str = Field(default="", sa_type=Text)
    about_en: str = Field(default="", sa_type=Text)
    starts_on: date
    ends_on: date
    demo_day: date | None = Field(default=None)
    places: int
    places_taken: int = Field(default=0)
    presence_percent: int = Field(default=80)
    state: str = Field(default="draft", sa_type=Text)
    created_at: datetime = moment(now=True)
    version: int = Field(default=1)


class EditionTerms(SQLModel, table=True):
    """The terms of an edition, one row for each version, never changed once written (trigger
    `terms_are_kept`): who applied accepted one of them."""

    __tablename__ = "edition_terms"
    __table_args__ = (
        UniqueConstraint("edition_id", "version", name="edition_terms_version"),
        CheckConstraint("version > 0", name="edition_terms_counted"),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="edition.id")
    version: int
    text_pl: str = Field(sa_type=Text)
    text_en: str = Field(default="", sa_type=Text)
    in_force_from: date
    published_by: UUID = Field(foreign_key="account.id")
    published_at: datetime = moment(now=True)


class EditionDate(SQLModel, table=True):
    """A day that the public page tells of: kick-off, workshops, demo day."""

    __tablename__ = "edition_date"

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="edition.id", index=True)
    on_day: date
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)


class EditionPerk(SQLModel, table=True):
    """What each participant gets. All kinds but `other` become a credit at admission (see credits)."""

    __tablename__ = "edition_perk"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('room_minutes', 'desk_days', 'mentor_minutes', 'seats', 'other')", name="edition_perk_kind"
        ),
        CheckConstraint("(kind = 'other') = (amount IS NULL)", name="edition_perk_amount"),
        CheckConstraint("amount > 0", name="edition_perk_some"),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="edition.id", index=True)
    position: int = Field(default=0)
    kind: str = Field(sa_type=Text)
    amount: int | None = Field(default=None)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)


class EditionMentor(SQLModel, table=True):
    """A mentor of the edition."""

    __tablename__ = "edition_mentor"

    edition_id: UUID = Field(foreign_key="edition.id", primary_key=True)
    mentor_id: UUID = Field(foreign_key="mentor.id", primary_key=True, index=True)


class Partner(SQLModel, table=True):
    """Who stands behind the bundle, a programme or an edition."""

    __tablename__ = "partner"
    __table_args__ = (
        CheckConstraint("num_nonnulls(bundle_id, programme_id, edition_id) = 1", name="partner_of_one"),
        Index("partner_of_bundle", "bundle_id", postgresql_where=text("bundle_id IS NOT NULL")),
        Index("partner_of_programme", "programme_id", postgresql_where=text("programme_id IS NOT NULL")),
        Index("partner_of_edition", "edition_id", postgresql_where=text("edition_id IS NOT NULL")),
    )

    id: UUID = key()
    bundle_id: UUID | None = Field(default=None, foreign_key="bundle.id")
    programme_id: UUID | None = Field(default=None, foreign_key="programme.id")
    edition_id: UUID | None = Field(default=None, foreign_key="edition.id")
    position: int = Field(default=0)
    name: str = Field(sa_type=Text)
    url: str = Field(default="", sa_type=Text)
    role_pl: str = Field(default="", sa_type=Text)
    role_en: str = Field(default="", sa_type=Text)
