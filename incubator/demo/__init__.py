"""The demonstration bundle: 15 gminas with an incubator each, people of every role, weeks of bookings."""

from incubator.demo.large import load_large

__all__ = ["load_large"]
