"""What it costs: price lists that an act adopts, and what one wish comes to by them.

A list belongs to an incubator and counts from a day; the one in force is the latest published that
counts from that day or earlier. What was published is never changed (triggers), a new list replaces
it. `rules` prices a period, `price_book` reads the list, `quote` brings the two together,
`keep_quote` keeps for ever what came of it.
"""
