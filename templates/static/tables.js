// Long lists by keyboard, picking rows, and the bar of what to do with them.
// Single keys can be switched off (WCAG 2.1.4); the choice stays in this browser.
const SWITCH = "samoe-keys";
const off = () => localStorage.getItem(SWITCH) === "off";
const typing = (element) => element.matches?.("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");

const rows = () => [...document.querySelectorAll("table[data-keys] > tbody > tr")];
const here = () => document.querySelector("table[data-keys] tr[data-here]");

function go(step) {
  const all = rows();
  if (!all.length) return;
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(here()) + step))];
  here()?.removeAttribute("data-here");
  next.setAttribute("data-here", "");
  next.scrollIntoView({ block: "nearest" });
  (next.querySelector("a") ?? next.querySelector("input"))?.focus({ preventScroll: true });
}

const keys = {
  j: () => go(1),
  k: () => go(-1),
  x: () => here()?.querySelector("input[type=checkbox]")?.click(),
  o: () => here()?.querySelector("a")?.click(),
  "/": () => (document.querySelector("[data-filter-search]") ?? document.querySelector("[data-search]"))?.select(),
};

document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = keys[event.key];
  if (!act || (event.key !== "/" && !rows().length)) return;
  event.preventDefault();
  act();
});

function count() {
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    const form = bar.closest("form") ?? document;
    const boxes = [...form.querySelectorAll("td.pick input[type=checkbox]")];
    const picked = boxes.filter((box) => box.checked).length;
    bar.querySelector("[data-bulk-count]").textContent = picked.toLocaleString("en");
    bar.hidden = picked === 0;
    const all = form.querySelector("[data-pick-all]");
    if (all) {
      all.checked = picked > 0 && picked === boxes.length;
      all.indeterminate = picked > 0 && picked < boxes.length;
    }
  }
}

let last = null;
document.addEventListener("click", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.closest("td.pick")) return;
  const boxes = [...box.closest("table").querySelectorAll("td.pick input[type=checkbox]")];
  if (event.shiftKey && last && boxes.includes(last)) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
  }
  last = box;
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) {
    for (const box of event.target.closest("table").querySelectorAll("td.pick input[type=checkbox]")) box.checked = event.target.checked;
  }
  if (event.target.matches("[data-pick-all], td.pick input")) count();
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-keys-switch]") : null;
  if (!button) return;
  localStorage.setItem(SWITCH, off() ? "on" : "off");
  label();
});

function label() {
  for (const button of document.querySelectorAll("[data-keys-switch]")) button.textContent = off() ? button.dataset.on : button.dataset.off;
}

document.addEventListener("samoe:drawn", () => {
  count();
  label();
});
count();
label();
