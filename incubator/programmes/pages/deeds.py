"""What the forms of programmes' desks do, each by its verb."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed, Verb
from incubator.programmes.close_edition import close_edition
from incubator.programmes.close_programme import close_programme
from incubator.programmes.describe_bundle import describe_bundle
from incubator.programmes.describe_edition import describe_edition
from incubator.programmes.describe_programme import describe_programme
from incubator.programmes.details import BundleDetails, EditionDetails, ProgrammeDetails, TermsText
from incubator.programmes.found_programme import found_programme
from incubator.programmes.open_edition import open_edition
from incubator.programmes.pages.rows import dates_of, partners_of, perks_of
from incubator.programmes.publish_edition import publish_edition
from incubator.programmes.publish_programme import publish_programme
from incubator.programmes.publish_terms import publish_terms
from incubator.programmes.set_dates import set_dates
from incubator.programmes.set_edition_mentors import set_edition_mentors
from incubator.programmes.set_partners import set_bundle_partners, set_edition_partners, set_programme_partners
from incubator.programmes.set_perks import set_perks
from incubator.programmes.start_edition import start_edition
from incubator.programmes.views import EditionInFull, ProgrammeInFull
from incubator.web.bodies import Body


class SureForm(Body, frozen=True):
    """What has consequences that one click should not have is asked for twice."""

    sure: Annotated[str, Meta(pattern="^yes$(?!\n)")]


class GminaForm(Body, frozen=True):
    """Who runs a new programme; empty for the metropolis office."""

    gmina: UUID | None = None


class MentorsForm(Body, frozen=True):
    mentors: Annotated[list[UUID], Meta(max_length=40)]


async def _describe_bundle(asked: Asked) -> None:
    await asked.do(describe_bundle, details=asked.typed.shaped(BundleDetails), seen=asked.typed.seen)


async def _bundle_partners(asked: Asked) -> None:
    await asked.do(set_bundle_partners, partners=partners_of(asked.typed), seen=asked.typed.seen)


async def _found(asked: Asked) -> ProgrammeInFull:
    form, details = asked.typed.shaped(GminaForm), asked.typed.shaped(ProgrammeDetails)
    return await asked.do(found_programme, gmina_id=form.gmina, details=details)


async def _describe_programme(asked: Asked) -> None:
    await _programme(asked, describe_programme, details=asked.typed.shaped(ProgrammeDetails))


async def _programme_partners(asked: Asked) -> None:
    await _programme(asked, set_programme_partners, partners=partners_of(asked.typed))


async def _publish_programme(asked: Asked) -> None:
    await _programme(asked, publish_programme)


async def _close_programme(asked: Asked) -> None:
    asked.typed.shaped(SureForm)
    await _programme(asked, close_programme)


async def _open_edition(asked: Asked) -> EditionInFull:
    key, details = asked.place.brief.id, asked.typed.shaped(EditionDetails)
    return await asked.do(open_edition, programme_id=key, details=details)


async def _describe_edition(asked: Asked) -> None:
    await _edition(asked, describe_edition, details=asked.typed.shaped(EditionDetails))


async def _dates(asked: Asked) -> None:
    await _edition(asked, set_dates, dates=dates_of(asked.typed))


async def _perks(asked: Asked) -> None:
    await _edition(asked, set_perks, perks=perks_of(asked.typed))


async def _mentors(asked: Asked) -> None:
    form = asked.typed.shaped(MentorsForm, mentors=asked.typed.many("mentors"))
    await _edition(asked, set_edition_mentors, mentor_ids=form.mentors)


async def _edition_partners(asked: Asked) -> None:
    await _edition(asked, set_edition_partners, partners=partners_of(asked.typed))


async def _terms(asked: Asked) -> None:
    await _edition(asked, publish_terms, terms=asked.typed.shaped(TermsText))


async def _publish_edition(asked: Asked) -> None:
    await _edition(asked, publish_edition)


async def _start_edition(asked: Asked) -> None:
    asked.typed.shaped(SureForm)
    await _edition(asked, start_edition)


async def _close_edition(asked: Asked) -> None:
    asked.typed.shaped(SureForm)
    await _edition(asked, close_edition)


async def _programme(asked: Asked, verb: Verb[object], **told: object) -> None:
    """Of the programme whose page it is, in the version that was seen."""
    await asked.do(verb, programme_id=asked.place.brief.id, seen=asked.typed.seen, **told)


async def _edition(asked: Asked, verb: Verb[object], **told: object) -> None:
    await asked.do(verb, edition_id=asked.place.brief.id, seen=asked.typed.seen, **told)


BUNDLE: dict[str, Deed] = {
    "details": Deed(_describe_bundle, N_("The page of the bundle is saved.")),
    "partners": Deed(_bundle_partners, N_("The partners are saved.")),
}
PROGRAMMES: dict[str, Deed] = {
    "programme": Deed(
        _found,
        N_("The programme is started, as a draft that only you see."),
        to=lambda made: f"/desk/programmes/{made.brief.slug}",
    )
}
PROGRAMME: dict[str, Deed] = {
    "details": Deed(_describe_programme, N_("The programme is saved.")),
    "partners": Deed(_programme_partners, N_("The partners are saved.")),
    "publish": Deed(_publish_programme, N_("The programme is published.")),
    "close": Deed(_close_programme, N_("The programme is closed. Its pages stay.")),
    "edition": Deed(
        _open_edition,
        N_("The edition is there, as a draft that only you see."),
        to=lambda made: f"/desk/editions/{made.brief.id}",
    ),
}
EDITION: dict[str, Deed] = {
    "details": Deed(_describe_edition, N_("The edition is saved.")),
    "dates": Deed(_dates, N_("The dates are saved.")),
    "perks": Deed(_perks, N_("The perks are saved.")),
    "mentors": Deed(_mentors, N_("The mentors are saved.")),
    "partners": Deed(_edition_partners, N_("The partners are saved.")),
    "terms": Deed(_terms, N_("The terms are published. Earlier versions stay readable.")),
    "publish": Deed(_publish_edition, N_("The edition is published.")),
    "start": Deed(_start_edition, N_("The edition has started.")),
    "close": Deed(_close_edition, N_("The edition is closed. Its pages stay.")),
}
