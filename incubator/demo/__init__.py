"""The demonstration bundle: 15 gminas with an incubator each, people of every role, weeks of bookings."""
