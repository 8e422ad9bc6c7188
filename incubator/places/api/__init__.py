"""The JSON edge of places: the catalogue for all, and the verbs of coordinators."""

from litestar.types import ControllerRouterHandler

from incubator.places.api import catalogue, closures, gminas, hours, incubators, quotas, spaces, zones

handlers: list[ControllerRouterHandler] = [
    *catalogue.handlers,
    *gminas.handlers,
    *incubators.handlers,
    *spaces.handlers,
    *zones.handlers,
    *hours.handlers,
    *quotas.handlers,
    *closures.handlers,
]
