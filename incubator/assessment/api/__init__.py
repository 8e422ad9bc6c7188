"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.assessment.api import judging, scoring, setting_up

handlers: list[ControllerRouterHandler] = [*setting_up.handlers, *judging.handlers, *scoring.handlers]
