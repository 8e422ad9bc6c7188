"""How applications are judged: the rubric, who scores, what they said, and the ranking made of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment, texts


class Assessment(SQLModel, table=True):
    """How the applications of an edition are judged. At least `scorers_needed` sheets each; who has fewer
    than `threshold_percent` of the points is below the threshold. Equal totals are ordered by
    `tie_rule`, a list of: criterion:<id>, submitted_at, lot."""

    __tablename__ = "assessment"
    __table_args__ = (
        CheckConstraint("scorers_needed BETWEEN 2 AND 9", name="assessment_scorers"),
        CheckConstraint("threshold_percent BETWEEN 0 AND 100", name="assessment_threshold"),
        CheckConstraint("supplement_days BETWEEN 1 AND 60", name="assessment_supplement"),
        CheckConstraint("answer_days BETWEEN 1 AND 60", name="assessment_answer"),
        CheckConstraint("reserve_places >= 0", name="assessment_reserve"),
        CheckConstraint("cardinality(tie_rule) > 0", name="assessment_tie_rule"),
    )

    edition_id: UUID = Field(foreign_key="call.edition_id", primary_key=True)
    scorers_needed: int = Field(default=2)
    threshold_percent: int = Field(default=50)
    supplement_days: int = Field(default=7)
    answer_days: int = Field(default=7)
    reserve_places: int | None = Field(default=None)
    lot_seed: str | None = Field(default=None, sa_type=Text)
    tie_rule: list[str] = texts("submitted_at")
    version: int = Field(default=1)


class FormalItem(SQLModel, table=True):
    """A point of the formal check list."""

    __tablename__ = "formal_item"
    __table_args__ = (
        UniqueConstraint("edition_id", "position", name="formal_item_position", deferrable=True, initially="DEFERRED"),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="assessment.edition_id")
    position: int
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)


class FormalCheck(SQLModel, table=True):
    """Round 0 of the formal check, and 1 after the supplementation. `items` holds {item id: true or false}."""

    __tablename__ = "formal_check"
    __table_args__ = (
        CheckConstraint("round IN (0, 1)", name="formal_check_round"),
        CheckConstraint("result IN ('passed', 'supplement', 'failed')", name="formal_check_result"),
        CheckConstraint("round = 0 OR result <> 'supplement'", name="formal_check_one_supplementation"),
    )

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    round: int = Field(primary_key=True)
    result: str = Field(sa_type=Text)
    items: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    note: str = Field(default="", sa_type=Text)
    checked_by: UUID = Field(foreign_key="account.id")
    checked_at: datetime = moment(now=True)


class Criterion(SQLModel, table=True):
    """A line of the rubric: 0 to `most` points, counted `weight` times; below `least` the application
    is below the threshold whatever its total."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("edition_id", "position", name="criterion_position", deferrable=True, initially="DEFERRED"),
        UniqueConstraint("id", "most", name="criterion_most"),
        CheckConstraint("most BETWEEN 1 AND 100 AND weight BETWEEN 1 AND 100", name="criterion_points"),
        CheckConstraint("least BETWEEN 0 AND most", name="criterion_least"),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="assessment.edition_id")
    position: int
    name_pl: str = Field(sa_type=Text)
    name_en: str = Field(default="", sa_type=Text)
    help_pl: str = Field(default="", sa_type=Text)
    help_en: str = Field(default="", sa_type=Text)
    most: int
    weight: int = Field(default=1)
    least: int | None = Field(default=None)


class Scorer(SQLModel, table=True):
    """Somebody appointed to score the applications of an edition."""

    __tablename__ = "scorer"

    edition_id: UUID = Field(foreign_key="assessment.edition_id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    appointed_by: UUID = Field(foreign_key="account.id")
    appointed_at: datetime = moment(now=True)
    removed_at: datetime | None = moment(nullable=True)


class Assignment(SQLModel, table=True):
    """An application that a scorer is to score."""

    __tablename__ = "assignment"

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    assigned_by: UUID = Field(foreign_key="account.id")
    assigned_at: datetime = moment(now=True)


class ConflictDeclaration(SQLModel, table=True):
    """What a scorer declared before reading. A conflict is never taken back (trigger `conflicts_stay`)."""

    __tablename__ = "conflict_declaration"
    __table_args__ = (UniqueConstraint("application_id", "account_id", "conflicted", name="conflict_declaration_says"),)

    application_id: UUID = Field(foreign_key="application.id", primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", primary_key=True, index=True)
    conflicted: bool
    reason: str = Field(default="", sa_type=Text)
    declared_at: datetime = moment(now=True)


class ScoreSheet(SQLModel, table=True):
    """What one scorer gives one application. The foreign key to a declaration that says `conflicted` is
    false is the judge: a conflicted scorer has no sheet, whatever the code does, and a conflict found
    later voids the sheet first. `reopened` is why it was opened again, for who scores to read."""

    __tablename__ = "score_sheet"
    __table_args__ = (
        CheckConstraint("NOT conflicted", name="score_sheet_without_conflict"),
        ForeignKeyConstraint(
            ["application_id", "account_id", "conflicted"],
            [
                "conflict_declaration.application_id",
                "conflict_declaration.account_id",
                "conflict_declaration.conflicted",
            ],
            name="score_sheet_declared",
        ),
    )

    application_id: UUID = Field(primary_key=True)
    account_id: UUID = Field(primary_key=True, index=True)
    conflicted: bool = Field(default=False)
    comment: str = Field(default="", sa_type=Text)
    started_at: datetime = moment(now=True)
    submitted_at: datetime | None = moment(nullable=True)
    reopened: str = Field(default="", sa_type=Text)
    version: int = Field(default=1)


class Score(SQLModel, table=True):
    """Points for one line of the rubric, and why. `most` is the criterion's and follows it."""

    __tablename__ = "score"
    __table_args__ = (
        ForeignKeyConstraint(
            ["application_id", "account_id"],
            ["score_sheet.application_id", "score_sheet.account_id"],
            name="score_of_sheet",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["criterion_id", "most"], ["criterion.id", "criterion.most"], onupdate="CASCADE", name="score_of_criterion"
        ),
        CheckConstraint("points BETWEEN 0 AND 100", name="score_points"),
        CheckConstraint("points <= most", name="score_within_criterion"),
    )

    application_id: UUID = Field(primary_key=True)
    account_id: UUID = Field(primary_key=True)
    criterion_id: UUID = Field(primary_key=True)
    points: int
    most: int
    comment: str = Field(default="", sa_type=Text)


class Ranking(SQLModel, table=True):
    """An order of the applications as computed at a moment, kept with the rules it was made by. The
    panel approves one (`approved_at`, with its minutes); that one counts."""

    __tablename__ = "ranking"
    __table_args__ = (
        Index("ranking_approved_once", "edition_id", unique=True, postgresql_where=text("approved_at IS NOT NULL")),
        Index("ranking_of_edition", "edition_id"),
    )

    id: UUID = key()
    edition_id: UUID = Field(foreign_key="assessment.edition_id")
    places: int
    rules: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    made_by: UUID = Field(foreign_key="account.id")
    made_at: datetime = moment(now=True)
    approved_by: UUID | None = Field(default=None, foreign_key="account.id")
    approved_at: datetime | None = moment(nullable=True)
    panel: str = Field(default="", sa_type=Text)
    minutes: str = Field(default="", sa_type=Text)


class RankingRow(SQLModel, table=True):
    """An application's place in a ranking. `points` are hundredths of the weighted mean of its sheets;
    `told` says what the order was decided by."""

    __tablename__ = "ranking_row"
    __table_args__ = (
        UniqueConstraint("ranking_id", "position", name="ranking_position"),
        CheckConstraint(
            "outcome IN ('admitted', 'reserve', 'below_threshold', 'not_admitted')", name="ranking_row_outcome"
        ),
    )

    ranking_id: UUID = Field(foreign_key="ranking.id", primary_key=True)
    application_id: UUID = Field(foreign_key="application.id", primary_key=True, index=True)
    position: int
    points: int
    outcome: str = Field(sa_type=Text)
    told: dict[str, Any] = Field(sa_type=JSONB, nullable=False)


class Decision(SQLModel, table=True):
    """What an applicant was told, and when: append-only, one row for each decision on an application."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('formally_rejected', 'below_threshold', 'not_admitted', 'reserve', 'offered')",
            name="decision_outcome",
        ),
        Index("decision_of_application", "application_id"),
    )

    id: UUID = key()
    application_id: UUID = Field(foreign_key="application.id")
    outcome: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    answer_until: datetime | None = moment(nullable=True)
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime = moment(now=True)
