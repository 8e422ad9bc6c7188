// The door of a session. What is seen is kept on this device first, shown at once, and handed in whenever there is a
// line; an event stays until the server has thanked for it, under an identifier that counts once. Without this file
// the page is plain forms.
"use strict";

(() => {
  const door = document.getElementById("door");
  const session = door.dataset.session;
  const token = door.dataset.token;
  const checksOut = door.dataset.checksOut === "yes";
  const say = JSON.parse(document.getElementById("door-words").textContent);
  const list = document.getElementById("tickets");
  const status = document.getElementById("door-status");
  const KEY = `door:${session}`;
  let events = load();

  document.documentElement.classList.add("scripted");

  // ---- what was seen, on this device ----

  function load() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || [];
    } catch {
      return [];
    }
  }

  function save() {
    localStorage.setItem(KEY, JSON.stringify(events));
  }

  function seen(kind, given) {
    const event = { id: crypto.randomUUID(), kind, at: new Date().toISOString(), ...given };
    events.push({ ...event, waiting: true });
    save();
    show();
    handIn();
  }

  const waiting = () => events.filter((event) => event.waiting);
  const refused = () => events.filter((event) => event.refused);

  // ---- the list ----

  const rows = () => [...list.querySelectorAll("li[data-ticket]")];
  const rowOf = (key) => list.querySelector(`li[data-ticket="${key}"]`);
  const rowByCode = (code) => rows().find((row) => row.dataset.code === code);

  function show() {
    for (const row of rows()) row.dataset.now = row.dataset.kept;
    // What was handed in before the page was made, the page knows; perhaps another tablet has seen more since.
    for (const row of rows()) if (refused().some((event) => event.id === row.dataset.ticket)) row.remove();
    for (const event of events.filter((each) => !each.refused).filter((each) => each.waiting || each.at >= door.dataset.at).sort((one, other) => (one.at < other.at ? -1 : 1))) {
      const key = event.kind === "walk_in" ? event.id : event.ticket_id;
      const row = rowOf(key) || (event.kind === "walk_in" ? added(event) : null);
      if (row) row.dataset.now = { in: "in", walk_in: "in", out: "out", undo: "" }[event.kind];
    }
    for (const row of rows()) dress(row);
    filter();
    count();
    showRefused();
  }

  // ---- what the server did not take: it stays in sight until somebody has corrected or removed it ----

  function showRefused() {
    const place = document.getElementById("refused");
    place.hidden = !refused().length;
    place.querySelector("ul").replaceChildren(...refused().map(refusedRow));
  }

  function refusedRow(event) {
    const row = document.getElementById("refused-one").content.firstElementChild.cloneNode(true);
    const name = event.name || rowOf(event.ticket_id)?.querySelector(".who").textContent || event.code || "–";
    row.querySelector(".who").textContent = name.slice(0, 60);
    row.querySelector(".why").textContent = event.refused;
    for (const hidden of row.querySelectorAll(".of")) hidden.textContent = `: ${name.slice(0, 60)}`;
    const form = row.querySelector("form");
    const field = form.elements.walk_in_name;
    form.dataset.event = event.id;
    field.closest("label").hidden = form.querySelector('[value="correct"]').hidden = event.kind !== "walk_in";
    field.required = event.kind === "walk_in";
    field.value = event.name || "";
    return row;
  }

  // What was noted of somebody after they walked in goes where they go.
  function settle(form, what) {
    const key = form.dataset.event;
    const about = (each) => each.id === key || each.ticket_id === key;
    if (what === "drop") events = events.filter((each) => !about(each));
    else {
      for (const each of events.filter(about)) Object.assign(each, { waiting: true, refused: "" });
      events.find((each) => each.id === key).name = typed(form.elements.walk_in_name);
    }
    save();
    show();
    handIn();
  }

  const typed = (field) => (field.value.toWellFormed?.() ?? field.value).trim();

  function added(event) {
    const row = document.getElementById("new-ticket").content.firstElementChild.cloneNode(true);
    row.dataset.ticket = event.id;
    row.dataset.name = plain(event.name);
    row.querySelector(".who").textContent = event.name;
    for (const hidden of row.querySelectorAll(".of")) hidden.textContent = `: ${event.name}`;
    list.append(row);
    return row;
  }

  function dress(row) {
    const now = row.dataset.now || "";
    row.classList.toggle("came", now !== "");
    row.querySelector(".state").textContent = { "": "", in: say.in, out: say.out }[now];
    row.querySelector('[value="in"]').hidden = now === "in";
    row.querySelector('[value="out"]').hidden = !checksOut || now !== "in";
    row.querySelector('[value="undo"]').hidden = now === "";
  }

  // As the server spells the names of the list: who types has perhaps no Polish letters.
  const plain = (text) => text.toLowerCase().replaceAll("ł", "l").normalize("NFKD").replace(/\p{M}/gu, "");

  function filter() {
    const wanted = plain(document.getElementById("wanted").value.trim());
    let found = 0;
    for (const row of rows()) {
      row.hidden = !row.dataset.name.includes(wanted);
      if (!row.hidden) found += 1;
    }
    document.getElementById("none-found").hidden = found > 0;
  }

  function count() {
    const those = (...states) => rows().filter((row) => states.includes(row.dataset.now)).length;
    document.getElementById("came").textContent = those("in", "out");
    document.getElementById("expected").textContent = rows().length;
    document.getElementById("left").textContent = those("out");
  }

  // ---- handing in ----

  let busy = false;
  let most = 200; // one by one, when the server could not read several
  async function handIn() {
    const batch = waiting().slice(0, most);
    tell();
    if (busy || !batch.length) return;
    busy = true;
    try {
      const answer = await fetch(`/desk/exchange/${session}/door/events`, {
        method: "POST",
        credentials: "same-origin",
        body: new URLSearchParams({
          _csrf_token: token,
          events: JSON.stringify({ events: batch.map(({ waiting: _waiting, refused: _refused, ...event }) => event) }),
        }),
      });
      const unread = [400, 413, 422].includes(answer.status);
      const shut = answer.status === 409; // too early, or called off: by waiting nothing of it becomes true
      if (answer.redirected || (!answer.ok && !unread && !shut)) return tell(answer.status < 500 ? say.refused : say.offline);
      if (unread && batch.length > 1) most = 1;
      else {
        const why = shut ? say.shut : say.odd;
        const items = answer.ok ? (await answer.json()).items : batch.map((event) => ({ id: event.id, result: "refused", detail: why }));
        for (const one of items) {
          const event = events.find((each) => each.id === one.id);
          if (event) Object.assign(event, { waiting: false, refused: ["noted", "known"].includes(one.result) ? "" : one.detail });
        }
      }
      if (!waiting().length) most = 200;
      save();
      show();
      tell();
    } catch {
      tell(say.offline);
    } finally {
      busy = false;
    }
    if (waiting().length) setTimeout(handIn, 200);
  }

  function tell(trouble) {
    const number = waiting().length;
    status.className = `notice ${number || refused().length ? "wait" : "good"}`;
    status.textContent = number ? `${say.waiting.replace("{n}", number)} ${trouble || ""}`.trim() : refused().length ? say.some : say.all;
  }

  // What went wrong, or what a code that was read came to; one of them at a time.
  function alertOf(text, place = "door-alert") {
    for (const one of ["door-alert", "door-read"]) {
      document.getElementById(one).textContent = one === place ? text : "";
      document.getElementById(one).hidden = one !== place || !text;
    }
  }

  // ---- what people do ----

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const what = event.submitter?.value || form.dataset.form;
    if (form.matches("#refused form")) {
      event.preventDefault();
      settle(form, what);
    } else if (form.matches("#scan")) {
      event.preventDefault();
      scanned(form.elements.code.value)?.scrollIntoView({ block: "center" });
      form.reset();
      form.elements.code.focus();
    } else if (form.matches("#walk-in")) {
      const name = typed(form.elements.walk_in_name);
      event.preventDefault();
      if (!name) return;
      seen("walk_in", { name });
      form.reset();
    } else if (form.closest("li[data-ticket]")) {
      event.preventDefault();
      alertOf("");
      seen(what, { ticket_id: form.closest("li").dataset.ticket });
    } else if (form.matches("#search")) {
      event.preventDefault();
      filter();
    }
  });
  document.getElementById("wanted").addEventListener("input", filter);

  // The row of whose ticket it is.
  function scanned(text) {
    const code = text.trim().toLowerCase();
    if (!code) return;
    const row = rowByCode(code);
    if (!row) {
      // Not on the list that this page has: the server may know more, if it is a code of ours at all.
      const perhaps = navigator.onLine && /^[0-9a-f]{32}$/.test(code);
      alertOf(perhaps ? "" : say.unknown);
      if (perhaps) seen("in", { code });
      return;
    }
    const name = row.querySelector(".who").textContent;
    if (row.dataset.now === "in" && !checksOut) return alertOf(say.already.replace("{name}", name));
    alertOf("");
    seen(checksOut && row.dataset.now === "in" ? "out" : "in", { ticket_id: row.dataset.ticket, code });
    if (row.dataset.now) alertOf(`${name}: ${say[row.dataset.now]}`, "door-read");
    return row;
  }

  document.addEventListener("code-read", (event) => scanned(event.detail));
  document.addEventListener("camera-trouble", () => alertOf(say.no_camera));

  // ---- this device ----

  const worker = "serviceWorker" in navigator;
  if (worker) {
    navigator.serviceWorker
      .register("/desk/exchange/door-worker.js", { scope: location.pathname })
      .then(() => navigator.serviceWorker.ready)
      .then((ready) => {
        const pieces = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src^='/']")].map((one) => one.href || one.src);
        const line = new MessageChannel();
        line.port1.onmessage = () => { document.documentElement.dataset.kept = "yes"; };
        if (navigator.onLine) ready.active.postMessage({ keep: [location.pathname, ...pieces] }, [line.port2]);
      })
      .catch(() => {});
  }

  document.getElementById("forget-device").hidden = false;
  document.getElementById("forget-device").addEventListener("click", async () => {
    await handIn();
    if (waiting().length || refused().length) return alertOf(waiting().length ? say.not_yet : say.some);
    localStorage.removeItem(KEY);
    if (worker) {
      for (const one of await navigator.serviceWorker.getRegistrations()) {
        one.active?.postMessage({ forget: true });
        await one.unregister();
      }
    }
    location.assign(`/desk/exchange/${session}/people`);
  });

  window.addEventListener("online", handIn);
  window.addEventListener("offline", () => tell(say.offline));
  setInterval(() => { if (waiting().length) handIn(); }, 5000);
  // Yesterday's are long in the list that the server sends.
  events = events.filter((event) => event.waiting || event.refused || Date.now() - Date.parse(event.at) < 36 * 3600 * 1000);
  save();
  show();
  handIn();
})();
