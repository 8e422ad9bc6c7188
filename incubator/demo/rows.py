"""From the demonstration's plain values to rows."""

from incubator.demo.gminas import GminaFacts
from incubator.kernel.ids import uuid7
from incubator.places.tables import Gmina


def gmina_row(facts: GminaFacts) -> Gmina:
    told = facts.portrait
    return Gmina(
        id=uuid7(),
        terc=facts.terc,
        slug=facts.slug,
        name=facts.name,
        kind=facts.kind,
        county=facts.county,
        population=facts.population,
        brand_pl=told.brand_pl,
        brand_en=told.brand_en,
        specialisations_pl=list(told.specialisations_pl),
        specialisations_en=list(told.specialisations_en),
        latitude=told.latitude,
        longitude=told.longitude,
    )
