"""De minimis aid (Regulation (EU) 2023/2831): what a lower price gave up, granted under a ceiling.

Bookings, meetings and registrations call `grant`, in their transaction, with the market price and what is
charged. The database holds the ceiling over all organisations of one undertaking (`aid_ceiling`).
"""
