"""Gminas, incubators and spaces, with the rules and hours of each.

Times of day are minutes on the clock in Warsaw, 0–1440, so that midnight at the end of a day can
be said. Texts for people come in Polish and English.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Double, Identity, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, texts


class Gmina(SQLModel, table=True):
    """A municipality of the metropolis. `terc` is its official seven-digit code."""

    __tablename__ = "gmina"
    __table_args__ = (CheckConstraint("terc ~ '^[0-9]{7}$'", name="gmina_terc"),)

    id: UUID = key()
    terc: str = Field(sa_type=Text, unique=True)
    slug: str = Field(sa_type=Text, unique=True)
    name: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    county: str = Field(sa_type=Text)
    population: int = Field(default=0)
    brand_pl: str = Field(default="", sa_type=Text)
    brand_en: str = Field(default="", sa_type=Text)
    specialisations_pl: list[str] = texts()
    specialisations_en: list[str] = texts()
    latitude: float | None = Field(default=None, sa_type=Double)
    longitude: float | None = Field(default=None, sa_type=Double)
    version: int = Field(default=1)


class Incubator(SQLModel, table=True):
    """A project of the bundle: a place in a gmina where spaces can be booked."""

    __tablename__ = "incubator"
    __table_args__ = (CheckConstraint("status IN ('planned', 'open', 'closed')", name="incubator_status"),)

    id: UUID = key()
    gmina_id: UUID = Field(foreign_key="gmina.id", index=True)
    code: str = Field(sa_type=Text, unique=True)
    slug: str = Field(sa_type=Text, unique=True)
    name: str = Field(sa_type=Text)
    funding_programme: str = Field(default="", sa_type=Text)
    street: str = Field(default="", sa_type=Text)
    postcode: str = Field(default="", sa_type=Text)
    town: str = Field(default="", sa_type=Text)
    latitude: float | None = Field(default=None, sa_type=Double)
    longitude: float | None = Field(default=None, sa_type=Double)
    email: str = Field(default="", sa_type=Text)
    phone: str = Field(default="", sa_type=Text)
    description_pl: str = Field(default="", sa_type=Text)
    description_en: str = Field(default="", sa_type=Text)
    terms_pl: str = Field(default="", sa_type=Text)
    terms_en: str = Field(default="", sa_type=Text)
    status: str = Field(default="planned", sa_type=Text)
    version: int = Field(default=1)


class Zone(SQLModel, table=True):
    """Hot desks that are as good as each other: "any free desk in this zone"."""

    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("incubator_id", "slug", name="zone_slug"),)

    id: UUID = key()
    incubator_id: UUID = Field(foreign_key="incubator.id", index=True)
    slug: str = Field(sa_type=Text)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)


class Quota(SQLModel, table=True):
    """How many minutes one organisation, or one private person, may book in a week or month, over
    all the spaces that share the quota. No number, no limit. The unit never changes: what was
    drawn is given back by it."""

    __tablename__ = "quota"
    __table_args__ = (
        CheckConstraint("unit IN ('week', 'month')", name="quota_unit"),
        CheckConstraint("organisation_minutes >= 0 AND person_minutes >= 0", name="quota_not_negative"),
    )

    id: UUID = key()
    incubator_id: UUID = Field(foreign_key="incubator.id", index=True)
    name: str = Field(sa_type=Text)
    unit: str = Field(default="week", sa_type=Text)
    organisation_minutes: int | None = Field(default=None)
    person_minutes: int | None = Field(default=None)


class Resource(SQLModel, table=True):
    """Anything that can be taken, seen as nothing but a key. Below 2**30: it is packed into the key
    of the exclusion constraint."""

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint("id BETWEEN 1 AND 1073741823", name="resource_id_packs"),
        CheckConstraint("kind IN ('room', 'desk', 'office', 'mentor', 'equipment')", name="resource_kind"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    kind: str = Field(sa_type=Text)


class Space(SQLModel, table=True):
    """What people book. A plain space has a resource of its own; a joined one has parts instead.

    Rules: starts lie on the `grid_minutes` grid counted from midnight in Warsaw; lengths between
    `shortest_minutes` and `longest_minutes`; at least `lead_minutes` and at most `horizon_days`
    ahead; `turnaround_minutes` are kept free after each booking. `audience` says whose bookings are
    welcome (person, startup, company, ngo, public); `local_only` asks for a home in the gmina. A request for a space
    that `needs_approval` takes the time only where `pending_blocks`. Free to cancel until
    `cancel_minutes` before the start.
    """

    __tablename__ = "space"
    __table_args__ = (
        UniqueConstraint("incubator_id", "slug", name="space_slug"),
        CheckConstraint("kind IN ('room', 'hot_desk', 'dedicated_desk', 'private_office')", name="space_kind"),
        CheckConstraint("(zone_id IS NULL) = (kind <> 'hot_desk')", name="space_hot_desk_in_zone"),
        CheckConstraint("resource_id IS NOT NULL OR kind = 'room'", name="space_joined_is_room"),
        CheckConstraint("capacity > 0", name="space_capacity"),
        CheckConstraint("grid_minutes > 0 AND 1440 % grid_minutes = 0", name="space_grid"),
        CheckConstraint(
            "0 < shortest_minutes AND shortest_minutes <= longest_minutes AND longest_minutes <= 527040",
            name="space_lengths",
        ),
        CheckConstraint(
            "lead_minutes >= 0 AND horizon_days > 0 AND horizon_days <= 1100"
            " AND turnaround_minutes BETWEEN 0 AND 1440 AND cancel_minutes >= 0 AND hold_minutes BETWEEN 1 AND 1440",
            name="space_rules",
        ),
        Index("space_of_zone", "zone_id"),
    )

    id: UUID = key()
    incubator_id: UUID = Field(foreign_key="incubator.id", index=True)
    resource_id: int | None = Field(default=None, foreign_key="resource.id", unique=True, sa_type=BigInteger)
    zone_id: UUID | None = Field(default=None, foreign_key="zone.id")
    kind: str = Field(sa_type=Text)
    slug: str = Field(sa_type=Text)
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(sa_type=Text)
    description_pl: str = Field(default="", sa_type=Text)
    description_en: str = Field(default="", sa_type=Text)
    capacity: int = Field(default=1)
    area_m2: int | None = Field(default=None)
    equipment: list[str] = texts()
    step_free: bool = Field(default=False)
    induction_loop: bool = Field(default=False)
    accessible_wc: bool = Field(default=False)
    position: int = Field(default=0)
    retired_at: datetime | None = moment(nullable=True)
    version: int = Field(default=1)

    grid_minutes: int = Field(default=30)
    shortest_minutes: int = Field(default=30)
    longest_minutes: int = Field(default=480)
    lead_minutes: int = Field(default=0)
    horizon_days: int = Field(default=90)
    turnaround_minutes: int = Field(default=0)
    needs_approval: bool = Field(default=False)
    pending_blocks: bool = Field(default=False)
    audience: list[str] = texts("person", "startup", "company", "ngo", "public")
    local_only: bool = Field(default=False)
    cancel_minutes: int = Field(default=0)
    hold_minutes: int = Field(default=15)
    quota_id: UUID | None = Field(default=None, foreign_key="quota.id")
    closed_on_holidays: bool = Field(default=True)


class SpacePart(SQLModel, table=True):
    """What a joined room is made of: taking it takes each part."""

    __tablename__ = "space_part"
    __table_args__ = (CheckConstraint("space_id <> part_id", name="space_part_not_itself"),)

    space_id: UUID = Field(foreign_key="space.id", primary_key=True)
    part_id: UUID = Field(foreign_key="space.id", primary_key=True, index=True)


class SpaceResource(SQLModel, table=True):
    """Which resources a space takes: its own, or those of its parts. Kept by the verb that saves a
    space, read by everything that takes."""

    __tablename__ = "space_resource"

    space_id: UUID = Field(foreign_key="space.id", primary_key=True)
    resource_id: int = Field(foreign_key="resource.id", primary_key=True, sa_type=BigInteger, index=True)


class SpacePhoto(SQLModel, table=True):
    """A photo of a space with a text that says what it shows."""

    __tablename__ = "space_photo"

    id: UUID = key()
    space_id: UUID = Field(foreign_key="space.id", index=True)
    media_type: str = Field(sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
    alt_pl: str = Field(sa_type=Text)
    alt_en: str = Field(sa_type=Text)
    added_at: datetime = moment(now=True)


class Rulebook(SQLModel, table=True):
    """One row that counts the changes of everything that decides what may be booked: incubators,
    spaces, parts, quotas, hours, holidays, closures. Triggers move it, so that whoever keeps a copy
    of rules can ask, in the statement that books, whether the copy still holds."""

    __tablename__ = "rulebook"
    __table_args__ = (CheckConstraint("id", name="rulebook_one_row"),)

    id: bool = Field(default=True, primary_key=True)
    version: int = Field(default=1, sa_type=BigInteger)
