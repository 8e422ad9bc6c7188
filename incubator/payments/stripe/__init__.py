"""Payments by card, BLIK and Przelewy24 through Stripe, each on the gmina's own connected account.

What is to be asked of Stripe is a row first (`want_checkout`, `want_refund`). A job asks, outside of any
transaction and under an idempotency key made of the row (`open_checkout`, `send_refund`), and writes down what
it heard. What Stripe tells of itself is stored once and worked afterwards (`receive_event`, `work_event`); what
it does not tell is asked for (`ask_checkout`). All of these meet in `settle_checkout` and `settle_refund`, which
decide by a table (`states.py`) that gives the same in every order. `reconcile` compares day by day.

What follows from a payment stands in `features.py` (`tells.py` has the shapes).
"""
