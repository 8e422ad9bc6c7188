"""Pages of Stripe: the way to pay, and how it stands in a gmina."""

from litestar.types import ControllerRouterHandler

from incubator.payments.stripe.pages import checkout, desk

handlers: list[ControllerRouterHandler] = [*checkout.handlers, *desk.handlers]
