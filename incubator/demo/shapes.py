"""What the demonstration data is written in: plain frozen values, no tables."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """How a gmina presents itself. The coordinates are of its middle, roughly."""

    terc: str
    slug: str
    latitude: float
    longitude: float
    brand_pl: str
    brand_en: str
    specialisations_pl: tuple[str, ...]
    specialisations_en: tuple[str, ...]


EVERYBODY = ("person", "startup", "company", "ngo", "public")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules of a space, as the columns of `space` have them."""

    grid_minutes: int = 30
    shortest_minutes: int = 30
    longest_minutes: int = 480
    lead_minutes: int = 0
    horizon_days: int = 90
    turnaround_minutes: int = 0
    needs_approval: bool = False
    pending_blocks: bool = False
    audience: tuple[str, ...] = EVERYBODY
    local_only: bool = False
    cancel_minutes: int = 24 * 60


ROOM = RuleSet(turnaround_minutes=30)
SMALL_ROOM = RuleSet(longest_minutes=240, cancel_minutes=120)
HALL = RuleSet(longest_minutes=600, lead_minutes=24 * 60, horizon_days=180, turnaround_minutes=60, needs_approval=True)
HOT_DESK = RuleSet(longest_minutes=720, horizon_days=30, cancel_minutes=60)
# Whole days of real time: five and 28, so that a week or a month with a clock change fits too.
DEDICATED_DESK = RuleSet(
    grid_minutes=1440, shortest_minutes=5 * 1440, longest_minutes=92 * 1440, horizon_days=180, needs_approval=True
)
OFFICE = RuleSet(
    grid_minutes=1440,
    shortest_minutes=28 * 1440,
    longest_minutes=366 * 1440,
    lead_minutes=7 * 1440,
    horizon_days=365,
    needs_approval=True,
    pending_blocks=True,
    audience=("startup", "company", "ngo"),
)


@dataclass(frozen=True, slots=True)
class Hours:
    """Open from `opens` to `closes` o'clock on the `days` of the week (1 Monday … 7 Sunday)."""

    days: tuple[int, ...]
    opens: int
    closes: int


WORKDAYS = (1, 2, 3, 4, 5)
ALL_DAYS = (1, 2, 3, 4, 5, 6, 7)
AROUND_THE_CLOCK = (Hours(ALL_DAYS, 0, 24),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A space. `parts` are the slugs of the rooms that a joined room is made of; `quota` and `zone`
    are slugs within the venue; `hours` are its own, where it has any."""

    slug: str
    kind: str
    name_pl: str
    name_en: str
    about_pl: str = ""
    about_en: str = ""
    capacity: int = 1
    area_m2: int | None = None
    equipment: tuple[str, ...] = ()
    step_free: bool = False
    induction_loop: bool = False
    accessible_wc: bool = False
    rules: RuleSet = ROOM
    parts: tuple[str, ...] = ()
    zone: str = ""
    quota: str = ""
    hours: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A quota: hours for an organisation and for a private person in a week or a month."""

    slug: str
    name: str
    unit: str
    organisation_hours: int
    person_hours: int


@dataclass(frozen=True, slots=True)
class DayOff:
    """An exception for one day: closed on the first workday at least `in_days` from now."""

    in_days: int
    reason_pl: str
    reason_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """An incubator with all that can be booked in it."""

    gmina: str
    code: str
    slug: str
    name: str
    funding_programme: str
    street: str
    postcode: str
    town: str
    latitude: float
    longitude: float
    phone: str = ""
    about_pl: str
    about_en: str
    terms_pl: str
    terms_en: str
    hours: tuple[Hours, ...]
    places: tuple[Place, ...]
    zones: tuple[tuple[str, str, str], ...] = ()
    allowances: tuple[Allowance, ...] = ()
    days_off: tuple[DayOff, ...] = field(default=())

    @property
    def email(self) -> str:
        return f"{self.slug}@demo.invalid"
