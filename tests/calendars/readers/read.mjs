// Reads a calendar from standard input with ical.js, strictly, and prints what it shows as JSON: times in seconds since
// 1970, days as they are written.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const at = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const seen = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    start: at(event.startDate),
    end: at(event.endDate),
    summary: event.summary ?? "",
    location: event.location ?? "",
    description: event.description ?? "",
    status: component.getFirstPropertyValue("status") ?? "",
    sequence: event.sequence,
  };
});
console.log(JSON.stringify({ name: calendar.getFirstPropertyValue("name") ?? "", entries: seen }));
