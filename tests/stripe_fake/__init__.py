"""A Stripe of our own, for tests: it speaks HTTP to the real SDK and is as strict as we know how.

http.py      a server that can also cut the line
strict.py    parameters, checked against the SDK's own TypedDicts
wrong.py     errors in the shape that Stripe gives them
store.py     everything it knows, in one SQLite file, a request in one transaction
faults.py    429, 500, silence, a cut line: before the deed or after it
accounts.py  sessions.py  payments.py  refunds.py  disputes.py  payouts.py  lists.py   what can be asked for
happenings.py  post.py   events, and how they travel: signed, dropped, doubled, delayed, shuffled
page.py      the Checkout page, to click through
doors.py     what only tests may do: pay, decline, dispute, deliver
server.py    puts it together; `python -m tests.stripe_fake` is the same in a process of its own
"""
