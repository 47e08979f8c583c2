"use strict";
(() => {
  const select = id => document.getElementById(id);
  const rows = [...document.querySelectorAll("tr[data-begins]")];
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = select("zone"), bodies = select("body"), seat = zones.dataset.seat;
  const known = "supportedValuesOf" in Intl ? Intl.supportedValuesOf("timeZone") : [];
  for (const zone of new Set([seat, own, ...known].filter(Boolean))) {
    const kind = zone === seat ? " (the meeting)" : zone === own ? " (yours)" : "";
    zones.add(new Option(zone.replaceAll("_", " ") + kind, zone));
  }
  const parts = (moment, zone) => Object.fromEntries(new Intl.DateTimeFormat("en-GB", {
    weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    timeZone: zone }).formatToParts(new Date(moment)).map(part => [part.type, part.value]));
  const showZone = () => {
    for (const row of rows) {
      const begins = parts(row.dataset.begins, zones.value), ends = parts(row.dataset.ends, zones.value);
      row.querySelector(".there").textContent = zones.value === seat ? "" :
        `${begins.weekday} ${begins.day} ${begins.month}, ${begins.hour}:${begins.minute} \u2013 ${ends.hour}:${ends.minute}`;
    }
    document.querySelectorAll(".there-head").forEach(head => {
      head.textContent = zones.value === seat ? "" : zones.value.replaceAll("_", " ");
    });
    document.body.classList.toggle("elsewhere", zones.value !== seat);
  };
  const showBody = () => {
    for (const part of document.querySelectorAll("[data-body]")) {
      part.classList.toggle("away", bodies.value !== "" && part.dataset.body !== bodies.value);
    }
  };
  zones.value = own || seat;
  if (zones.selectedIndex < 0) zones.value = seat;
  zones.addEventListener("change", showZone);
  bodies.addEventListener("change", showBody);
  document.querySelector(".choices").hidden = false;
  showZone();
  showBody();
})();
