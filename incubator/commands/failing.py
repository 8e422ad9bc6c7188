"""Ends of a command that a person can do something about."""

import click


class Unusable(click.ClickException):
    """A setting that is missing or does not fit."""

    exit_code = 2


class PortInUse(click.ClickException):
    """Somebody else listens there; 98 is EADDRINUSE."""

    exit_code = 98


class NoDatabase(click.ClickException):
    """The database cannot be reached, or is not what it should be."""

    exit_code = 3
