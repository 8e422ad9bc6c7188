"""The demonstration bundle: 15 gminas with an incubator each, people of every role, weeks of bookings."""

from incubator.demo.large import load_large
from incubator.demo.load import is_loaded, load

__all__ = ["is_loaded", "load", "load_large"]
