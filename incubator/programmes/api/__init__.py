"""The JSON edge."""

from litestar.types import ControllerRouterHandler

from incubator.programmes.api import catalogue, editions, programmes

handlers: list[ControllerRouterHandler] = [*catalogue.handlers, *programmes.handlers, *editions.handlers]
