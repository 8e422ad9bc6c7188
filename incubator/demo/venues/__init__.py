"""The fifteen incubators, by neighbourhood.

LAS Open Space and Klaster Zabłocie are real places, drawn from what is publicly known of them; the
others stand in for incubators to come and say so.
"""

from incubator.demo.venues.centre import CENTRE
from incubator.demo.venues.east import EAST
from incubator.demo.venues.north import NORTH
from incubator.demo.venues.south import SOUTH
from incubator.demo.venues.west import WEST

VENUES = (*CENTRE, *EAST, *NORTH, *WEST, *SOUTH)
