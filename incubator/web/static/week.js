// The week, a little quicker: a free time opens the form over the page, days change in place on a
// phone, arrows walk from time to time, and the choice of ends follows the start. Without this file
// every one of these is a link or a plain form.
"use strict";

(() => {
  const dialog = document.getElementById("pick-dialog");
  document.documentElement.classList.add("scripted");

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest(".week:not(.single) a.pick, .week:not(.single) a.full");
    const picture = event.target.closest(".day-picture");
    const day = event.target.closest(".days a");
    if (link && dialog) open(event, link.href, link);
    else if (picture) open(event, addressIn(picture, event), picture);
    else if (day) show(event, day);
  });

  // A click in the picture of a day chooses the half hour under it.
  function addressIn(picture, event) {
    const box = picture.getBoundingClientRect();
    const minutes = Number(picture.dataset.opens) + ((event.clientX - box.left) / box.width) * Number(picture.dataset.width);
    const clock = Math.floor(minutes / 30) * 30;
    const at = String(Math.floor(clock / 60)).padStart(2, "0") + ":" + String(clock % 60).padStart(2, "0");
    return `${picture.dataset.address}?date=${picture.dataset.day}&at=${at}#book`;
  }

  async function open(event, address, origin) {
    event.preventDefault();
    if (!dialog) return location.assign(address);
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer || !answer.ok) return location.assign(address);
    dialog.innerHTML = await answer.text();
    dialog.showModal();
    prepare(dialog);
    dialog.querySelector("select, button[type=submit]")?.focus();
    dialog.addEventListener("close", () => origin.focus?.(), { once: true });
  }

  function show(event, link) {
    const table = link.closest(".week-frame").querySelector(".week");
    event.preventDefault();
    table.className = table.className.replace(/day-\d/, `day-${link.dataset.day}`);
    for (const other of link.parentElement.children) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "date");
    history.replaceState(null, "", link.href);
  }

  // ---- arrows ----

  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.(".week td a");
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!here || !steps || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = steps[0] ? beside(here, steps[0]) : above(here, steps[1]);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  function beside(link, step) {
    let cell = link.closest("td");
    while ((cell = step > 0 ? cell.nextElementSibling : cell.previousElementSibling)) {
      const found = cell.querySelector("a");
      if (found && cell.matches("td")) return found;
    }
    return null;
  }

  function above(link, step) {
    const column = link.closest("td").cellIndex;
    const all = [...link.closest("table").querySelectorAll("td a")].filter((one) => one.closest("td").cellIndex === column);
    return all[all.indexOf(link) + step];
  }

  // ---- the form: ends that the chosen start allows, each with its length ----

  function prepare(root) {
    for (const form of root.querySelectorAll("form[data-shortest]")) {
      const start = form.elements.start;
      const end = form.elements.end;
      const all = [...end.options].map((one) => ({ value: one.value, text: one.textContent, moment: Date.parse(one.value) }));
      const follow = () => narrow(form, start, end, all);
      let length = Date.parse(end.value) - Date.parse(start.value);
      end.addEventListener("change", () => { length = Date.parse(end.value) - Date.parse(start.value); });
      start.addEventListener("change", () => { follow(); keep(start, end, length); });
      follow();
      if (!(length > 0)) length = 3600000;
    }
  }

  function narrow(form, start, end, all) {
    const from = Date.parse(start.value);
    const first = from + Number(form.dataset.shortest) * 60000;
    const until = Date.parse(start.selectedOptions[0].dataset.until);
    const chosen = end.value;
    const fitting = all.filter((one) => one.moment >= first && one.moment <= until);
    end.replaceChildren(...fitting.map((one) => new Option(`${one.text} (${lasting(one.moment - from)})`, one.value)));
    end.value = fitting.some((one) => one.value === chosen) ? chosen : (fitting[0]?.value ?? "");
  }

  function keep(start, end, length) {
    const wished = Date.parse(start.value) + length;
    const best = [...end.options].filter((one) => Date.parse(one.value) <= wished).pop();
    if (best) end.value = best.value;
  }

  function lasting(ms) {
    const minutes = Math.round(ms / 60000);
    const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
    return [days && `${days} d`, hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(" ");
  }

  prepare(document);
})();
