// What is done in Thunderbird, from inside.
const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");

// Finds the calendars of a service as the dialogue for a new calendar does, or takes one feed, and subscribes to them.
async function subscribe(kind, address, name, password) {
  const found = kind === "caldav" ? await detected(address, name, password) : [feed(address)];
  cal.manager.getCalendars().forEach((calendar) => cal.manager.removeCalendar(calendar));
  for (const calendar of found) {
    calendar.setProperty("cache.enabled", true);
    cal.manager.registerCalendar(calendar);
  }
  // It asks by itself at first. To ask at the same time would be refused at the same time, and it takes a second refusal
  // within a minute for a wrong password.
  await Promise.all(cal.manager.getCalendars().map(loaded));
  return found.map((calendar) => calendar.name);
}

function changeable() {
  return cal.manager.getCalendars().filter((calendar) => !calendar.readOnly).map((calendar) => calendar.name);
}

// Has every calendar ask its service again, and tells what is shown between two days.
async function look(first, last) {
  const events = Ci.calICalendar.ITEM_FILTER_TYPE_EVENT | Ci.calICalendar.ITEM_FILTER_CLASS_OCCURRENCES;
  const shown = [];
  for (const calendar of cal.manager.getCalendars()) {
    const done = loaded(calendar);
    calendar.refresh();
    await done;
    shown.push(...(await calendar.getItemsAsArray(events, 0, cal.createDateTime(first), cal.createDateTime(last))));
  }
  return shown.map((item) => ({
    uid: item.id,
    title: item.title,
    status: item.status,
    start: item.startDate.nativeTime / 1e6,
    end: item.endDate.nativeTime / 1e6,
  }));
}

async function detected(address, name, password) {
  const found = await cal.provider.detection.detect(name, password, address, true, [], {});
  // It keeps the password as it goes on; a person takes longer than that to press the button.
  const { origin } = new URL(address);
  while (!(await Services.logins.searchLoginsAsync({ origin })).length) {
    await new Promise((resolve) => Services.tm.dispatchToMainThread(resolve));
  }
  return [...found].find(([provider]) => provider.type === "caldav")[1];
}

function feed(address) {
  const made = cal.manager.createCalendar("ics", Services.io.newURI(address));
  made.id = cal.getUUID();
  made.name = "Feed";
  return made;
}

function loaded(calendar) {
  return new Promise((resolve, reject) => {
    const nothing = () => {};
    const observer = {
      QueryInterface: ChromeUtils.generateQI(["calIObserver"]),
      onStartBatch: nothing,
      onEndBatch: nothing,
      onAddItem: nothing,
      onModifyItem: nothing,
      onDeleteItem: nothing,
      onPropertyChanged: nothing,
      onPropertyDeleting: nothing,
      onLoad: () => {
        calendar.removeObserver(observer);
        resolve();
      },
      onError: (_, number, message) => {
        calendar.removeObserver(observer);
        reject(new Error(`${number} ${message}`));
      },
    };
    calendar.addObserver(observer);
  });
}
