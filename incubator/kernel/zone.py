"""The clock in Warsaw as calendars are told of it (RFC 5545)."""

# Two rules without an end. A zone told by single dates (RDATE) makes ical.js and Thunderbird show
# summer an hour late, and Outlook fail.
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Warsaw
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE""".replace("\n", "\r\n")

RULED = range(1997, 2036)
"""The years that it tells rightly: the rules of today are in force since 1996, and ical.js works a zone out to 2035."""
