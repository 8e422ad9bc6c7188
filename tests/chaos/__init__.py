"""Everything that can go wrong with money goes wrong at once, for minutes, and then every grosz is looked for.

town.py        two gminas that sell, and who buys: companies with lower prices, people, and the desks
processes.py   servers, workers and the fake Stripe, each a process that can be killed
client.py      a good client: it asks again with the same key, and says what it was told
people.py      who books, pays, wanders off, comes back, moves and cancels; desk.py: who runs the place
weather.py     what goes wrong: plugs are pulled, the post is late, banks are slow, time passes
calm.py        afterwards: all that is left is delivered and worked
reckoning.py   where each grosz is

Each run of the suite makes 300 bookings and 150 payments; `make storm` the whole, 2,000 and 1,000 (`CHAOS_SCALE=1`), and
`CHAOS_SCALE=10` ten times as many; `CHAOS_SEED` sets the dice.
"""
