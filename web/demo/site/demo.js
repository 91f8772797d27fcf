// What this shop does by itself. It never writes copy: it says what the copy needs to know
// (data-copy-args), and the site script writes the sentence.
"use strict";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

/** Without the site script a sentence about what was changed would be wrong: style.css hides it. */
function tell(element, args, changed) {
  element.dataset.copyArgs = JSON.stringify(args);
  if (changed) element.classList.add("changed");
}

// The language chooser: there as soon as the site script is.
const chooser = byId("language");
const showLocale = () => {
  if ([...chooser.options].some((option) => option.value === root.lang)) chooser.value = root.lang;
};
function connect() {
  if (!window.copydesk) return;
  root.classList.add("connected");
  chooser.disabled = false;
}
chooser.addEventListener("change", () => {
  sessionStorage.setItem("locale", chooser.value);
  window.copydesk?.setLocale(chooser.value);
});
new MutationObserver(showLocale).observe(root, { attributeFilter: ["lang"] });
document.querySelector('script[src$="/demo/site.js"]')?.addEventListener("load", connect);
showLocale();
connect();

// The jetty: a bell inside the copy, and how often it was rung.
const bell = byId("bell");
if (bell) {
  const art = byId("art");
  let count = 0;
  let sleep;
  bell.addEventListener("click", () => {
    count += 1;
    tell(byId("bell-count"), { count }, true);
    art.classList.add("awake");
    clearTimeout(sleep);
    sleep = setTimeout(() => art.classList.remove("awake"), 5000);
  });

  const date = new Date();
  date.setHours(20, 0, 0, 0);
  const days = (5 - date.getDay() + 7) % 7;
  date.setDate(date.getDate() + days);
  for (const element of byId("evening").querySelectorAll("[data-copy]")) {
    tell(element, { date: date.getTime(), days });
  }
}

// The booking: every change says again what the summary is about.
const form = byId("book");
if (form) {
  const boat = byId("boat");
  const day = byId("date");
  const chosen = { people: 2, hours: 2 };

  const iso = (date) => date.toLocaleDateString("sv"); // Swedes write 2026-06-19
  const tomorrow = new Date();
  day.min = iso(tomorrow);
  tomorrow.setDate(tomorrow.getDate() + 1);
  day.value = iso(tomorrow);

  const wanted = new URLSearchParams(location.search).get("boat");
  if ([...boat.options].some((option) => option.value === wanted)) boat.value = wanted;

  const update = (changed) => {
    const { price, seats } = boat.selectedOptions[0].dataset;
    byId("people").parentElement.dataset.most = seats;
    for (const [name, value] of Object.entries(chosen)) {
      const output = byId(name);
      const most = Number(output.parentElement.dataset.most);
      chosen[name] = Math.min(value, most);
      output.value = chosen[name].toLocaleString(root.lang);
      output.previousElementSibling.disabled = chosen[name] <= 1;
      output.nextElementSibling.disabled = chosen[name] >= most;
    }
    tell(byId("total"), { total: price * chosen.hours }, changed);
    const back = new Date(`${day.value}T${byId("start").value}:00`);
    back.setHours(back.getHours() + chosen.hours);
    // No day, no sentence: it waits for one.
    if (day.value) tell(byId("summary"), { ...chosen, back: back.getTime() }, changed);
  };
  form.addEventListener("click", ({ target }) => {
    const step = Number(target.dataset.step);
    if (!step) return;
    chosen[target.parentElement.querySelector("output").id] += step;
    update(true);
  });
  form.addEventListener("change", () => update(true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tell(byId("thanks"), { name: byId("guest").value.trim() });
    byId("thanks").hidden = false;
  });
  new MutationObserver(() => update()).observe(root, { attributeFilter: ["lang"] });
  update(boat.value !== "nap");
}
