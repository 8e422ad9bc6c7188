"""The bundle of gmina incubators: who books what, when, and what came of it.

kernel/     period, clock, errors, ids: the words everything is said in; standard library only
db/         the two doors to PostgreSQL, its embedded server, history, versions
web/        requests in, answers out: problem details, pages, translations, idempotency
jobs/ mail/ the queue and the post office
people/     who: accounts, organisations, roles, sign-in, guards
places/     where: gminas, incubators, spaces, opening hours, closures
occupancy/  the one rule: nothing is in two places at once
credits/    what was granted to draw on
bookings/   what can happen to a booking, a file per verb
mentoring/  mentors, their hours, the meetings and what came of them
programmes/ bundle, programmes, editions: what is offered
applications/ calls, and who applies
assessment/ how applications are judged
participation/ who takes part, how long, on what evidence
calendars/  feeds to subscribe to
reporting/  what came of it: use of the places, never who
statements/ what the law asks us to say: accessibility, privacy
features.py what there is: the only file that knows every feature
app.py      puts it together
"""
