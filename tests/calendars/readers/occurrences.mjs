// Expands the entries of a calendar from standard input with ical.js, and prints as JSON the start and end of each
// occurrence between the two instants that are given. Days are those of Warsaw.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [first, last] = process.argv.slice(2).map(Number);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
for (const zone of zones) ICAL.TimezoneService.register(zone.tzid, zone);
const unix = (time) => {
  const whole = time.clone();
  if (!whole.isDate) return whole.toUnixTime();
  whole.isDate = false;
  whole.zone = zones[0];
  return whole.toUnixTime();
};
const seen = [];
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  const steps = event.iterator();
  for (let next = steps.next(); next && unix(next) < last; next = steps.next()) {
    const { startDate, endDate } = event.getOccurrenceDetails(next);
    const [start, end] = [Math.max(unix(startDate), first), Math.min(unix(endDate), last)];
    if (start < end) seen.push([start, end]);
  }
}
console.log(JSON.stringify(seen));
