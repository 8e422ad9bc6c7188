// Prints the jCal (RFC 7265) that ical.js makes of the iCalendar on standard input.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

console.log(JSON.stringify(ICAL.parse(readFileSync(0, "utf8"))));
