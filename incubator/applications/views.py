"""An application as pages and programs see it: one frozen view for both, and for the features that judge it."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from incubator.applications.rules import Facts
from incubator.applications.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """An application with the names that people know it by. `gmina_id` is who runs the edition; None is
    the office. `answers` by the question's identifier."""

    id: UUID
    edition_id: UUID
    edition_slug: str
    edition_name_pl: str
    edition_name_en: str
    programme_slug: str
    programme_name_pl: str
    programme_name_en: str
    gmina_id: UUID | None
    organisation_id: UUID | None
    organisation_name: str | None
    account_id: UUID
    account_name: str
    state: State
    number: int | None
    code: str
    title: str
    facts: Facts
    answers: dict[str, Any]
    terms_version: int | None
    submitted_at: datetime | None
    supplement_until: datetime | None
    created_at: datetime
    changed_at: datetime
    version: int

    @property
    def applicant_id(self) -> UUID:
        """The organisation, or the person where there is none."""
        return self.organisation_id or self.account_id

    @property
    def applicant_name(self) -> str:
        return self.organisation_name or self.account_name

    @property
    def handed_in(self) -> bool:
        """Whether it was ever submitted: from then on who runs the edition may read it."""
        return self.number is not None


VIEW = """
SELECT application.id, application.edition_id, edition.slug AS edition_slug, edition.name_pl AS edition_name_pl,
    edition.name_en AS edition_name_en, programme.slug AS programme_slug, programme.name_pl AS programme_name_pl,
    programme.name_en AS programme_name_en, programme.gmina_id AS gmina_id, application.organisation_id,
    organisation.name AS organisation_name, application.account_id, account.name AS account_name, application.state,
    application.number, application.code, application.title, coalesce(organisation.kind, 'person') AS kind,
    application.registered_on, application.size, application.gmina_id AS home_id, application.pkd,
    application.answers::text AS answers, application.terms_version, application.submitted_at,
    application.supplement_until, application.created_at, application.changed_at, application.version
FROM application
JOIN edition ON edition.id = application.edition_id
JOIN programme ON programme.id = edition.programme_id
JOIN account ON account.id = application.account_id
LEFT JOIN organisation ON organisation.id = application.organisation_id
"""
NAMES = tuple(field.name for field in fields(ApplicationView) if field.name not in {"facts", "answers", "state"})


def view_of(row: asyncpg.Record) -> ApplicationView:
    """The application of a row of VIEW; what a query put beside its columns is left alone."""
    return ApplicationView(
        **{name: row[name] for name in NAMES},
        state=State(row["state"]),
        facts=Facts(
            kind=row["kind"],
            registered_on=row["registered_on"],
            size=row["size"],
            gmina_id=row["home_id"],
            pkd=row["pkd"],
        ),
        answers=msgspec.json.decode(row["answers"]),
    )
