// Keeps calendars in step with tsdav, and prints the files that it has: what it knows lies in a file between its runs.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { DAVClient } from "tsdav";

const [serverUrl, username, password, kept] = process.argv.slice(2);
const client = new DAVClient({
  serverUrl,
  credentials: { username, password },
  authMethod: "Basic",
  defaultAccountType: "caldav",
});
await client.login();
const known = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : undefined;
const { created, updated, deleted } = known
  ? await client.syncCalendars({ oldCalendars: known, detailedResult: true })
  : { created: await client.fetchCalendars(), updated: [], deleted: [] };
const gone = new Set([...updated, ...deleted].map((calendar) => calendar.url));
const calendars = [...(known ?? []).filter((calendar) => !gone.has(calendar.url)), ...updated];
for (const calendar of created) {
  calendars.push({ ...calendar, objects: await client.fetchCalendarObjects({ calendar }) });
}
writeFileSync(kept, JSON.stringify(calendars));
console.log(JSON.stringify(calendars.flatMap((calendar) => calendar.objects.map((one) => one.data))));
