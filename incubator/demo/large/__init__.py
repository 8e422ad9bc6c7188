"""A large house for measuring: 200 spaces in the 15 gminas, 2,000 people in 400 organisations, and
bookings from a year ago to a year ahead.

What a benchmark may count on:

- plain spaces (`resource_id IS NOT NULL`) need no approval, have a 30-minute grid, bookings of 30
  minutes to 8 hours, no lead time, a horizon of 400 days, and a quota that is counted and never
  spent; they are open every day, holidays too, from 6 to 22 on the clock in Warsaw;
- the bookings lie between 6 and `FREE_FROM` (17): from 17 to 22 every space is free on every day;
- Kraków's incubator has 20 of the spaces;
- `account(n)` and `secret(n)` give the address and the API token of person n (0–1,999), who belongs
  to organisation n // 5 and owns it where n % 5 is 0.
"""

from incubator.demo.large.load import load_large
from incubator.demo.large.people import ACCOUNTS, account, secret
from incubator.demo.large.places import FREE_FROM

__all__ = ["ACCOUNTS", "FREE_FROM", "account", "load_large", "secret"]
