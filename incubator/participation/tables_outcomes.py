"""What became of those who took part, and the links by which they are asked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.sql.expression import text
from sqlmodel import Field, SQLModel

from incubator.db.columns import key, moment


class OutcomeSurvey(SQLModel, table=True):
    """What became of a participant at the exit and after 6 and 12 months, asked by links, reminded twice at most. Money in grosz; FTE in hundredths."""

    __tablename__ = "outcome_survey"
    __table_args__ = (
        CheckConstraint("stage IN ('exit', 'six_months', 'twelve_months')", name="outcome_survey_stage"),
        CheckConstraint("reminders BETWEEN 0 AND 2", name="outcome_survey_reminders"),
        CheckConstraint("jobs_fte >= 0 AND funding_minor >= 0", name="outcome_survey_not_negative"),
        CheckConstraint(
            "revenue_band IN ('none', 'to_50', 'to_200', 'to_1000', 'above_1000')", name="outcome_survey_band"
        ),
        CheckConstraint("(answered_at IS NULL) = (in_business IS NULL)", name="outcome_survey_answered"),
        UniqueConstraint("participation_id", "stage", name="outcome_survey_once"),
        Index("outcome_survey_due", "due_on", postgresql_where=text("answered_at IS NULL")),
    )

    id: UUID = key()
    participation_id: UUID = Field(foreign_key="participation.id")
    stage: str = Field(sa_type=Text)
    due_on: date
    sent_at: datetime | None = moment(nullable=True)
    reminders: int = Field(default=0)
    reminded_at: datetime | None = moment(nullable=True)
    answered_at: datetime | None = moment(nullable=True)
    in_business: bool | None = Field(default=None)
    jobs_fte: int | None = Field(default=None)
    revenue_band: str | None = Field(default=None, sa_type=Text)
    funding_minor: int | None = Field(default=None, sa_type=BigInteger)
    comment: str = Field(default="", sa_type=Text)


class OutcomeLink(SQLModel, table=True):
    """A link to a survey, one for each mail; its secret is stored hashed. All of them work."""

    __tablename__ = "outcome_link"
    __table_args__ = (Index("outcome_link_of_survey", "survey_id"),)

    token_hash: bytes = Field(sa_type=LargeBinary, primary_key=True)
    survey_id: UUID = Field(foreign_key="outcome_survey.id")
    sent_at: datetime = moment(now=True)
