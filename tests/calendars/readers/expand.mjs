// Expands a calendar from standard input with ical.js, dates that are otherwise put in place of those of their rule,
// and prints as JSON what is shown when: times in seconds since 1970, days as they are written.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const at = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
const all = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component, { exceptions: [] }));
const ruled = new Map(all.filter((event) => event.isRecurring()).map((event) => [event.uid, event]));
const seen = [];
const show = (event, start, end) =>
  seen.push({
    uid: event.uid,
    start: at(start),
    end: at(end),
    summary: event.summary ?? "",
    location: event.location ?? "",
    description: event.description ?? "",
    status: event.component.getFirstPropertyValue("status") ?? "",
    sequence: event.sequence,
  });
for (const event of all) {
  if (event.isRecurring()) continue;
  if (event.isRecurrenceException() && ruled.has(event.uid)) ruled.get(event.uid).relateException(event);
  else show(event, event.startDate, event.endDate);
}
for (const event of ruled.values()) {
  const steps = event.iterator();
  for (let next = steps.next(); next; next = steps.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    show(item, startDate, endDate);
  }
}
console.log(JSON.stringify(seen));
