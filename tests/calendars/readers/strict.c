/* Reads a calendar from standard input with libical, prints what it shows as one line an entry (texts
 * in hexadecimal), and fails when a line cannot be parsed or a restriction of RFC 5546 is broken. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *everything(void)
{
    size_t size = 0, room = 1 << 16;
    char *text = malloc(room + 1);
    size_t got;
    while ((got = fread(text + size, 1, room - size, stdin)) > 0) {
        size += got;
        if (size == room) {
            room *= 2;
            text = realloc(text, room + 1);
        }
    }
    text[size] = 0;
    return text;
}

static void hex(const char *text)
{
    putchar('x');
    for (; text && *text; text++)
        printf("%02x", (unsigned char)*text);
    putchar(' ');
}

static struct icaltimetype at(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    return icalproperty_get_datetime_with_component(property, event);
}

static long instant(struct icaltimetype time)
{
    return (long)icaltime_as_timet_with_zone(time, time.zone);
}

/* A day as it is written, a time in seconds since 1970. */
static void moment(struct icaltimetype time)
{
    if (time.is_date)
        printf("%04d-%02d-%02d ", time.year, time.month, time.day);
    else
        printf("%ld ", instant(time));
}

/* The end is said, or a length is. */
static void ending(icalcomponent *event)
{
    icalproperty *length = icalcomponent_get_first_property(event, ICAL_DURATION_PROPERTY);
    if (length == NULL)
        moment(at(event, ICAL_DTEND_PROPERTY));
    else
        printf("%ld ", instant(at(event, ICAL_DTSTART_PROPERTY)) +
                           icaldurationtype_as_int(icalproperty_get_duration(length)));
}

int main(void)
{
    icalcomponent *calendar = icalparser_parse_string(everything());
    if (calendar == NULL || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        fprintf(stderr, "no calendar\n");
        return 2;
    }
    int errors = icalcomponent_count_errors(calendar);
    int fine = icalrestriction_check(calendar) && icalcomponent_count_errors(calendar) == 0;
    if (errors || !fine) {
        fprintf(stderr, "%d errors\n%s", errors, icalcomponent_as_ical_string(calendar));
        return 1;
    }
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        moment(at(event, ICAL_DTSTART_PROPERTY));
        ending(event);
        hex(icalcomponent_get_uid(event));
        hex(icalcomponent_get_summary(event));
        hex(icalcomponent_get_location(event));
        hex(icalcomponent_get_description(event));
        hex(icalproperty_status_to_string(icalcomponent_get_status(event)));
        printf("%d\n", icalcomponent_get_sequence(event));
    }
    return 0;
}
