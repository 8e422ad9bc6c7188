// Reads a calendar from standard input with ical.js, strictly, and prints what it shows as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const seen = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    start: event.startDate.toUnixTime(),
    end: event.endDate.toUnixTime(),
    summary: event.summary ?? "",
    location: event.location ?? "",
    description: event.description ?? "",
    status: component.getFirstPropertyValue("status") ?? "",
    sequence: event.sequence,
  };
});
console.log(JSON.stringify({ name: calendar.getFirstPropertyValue("name") ?? "", entries: seen }));
