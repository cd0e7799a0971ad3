// The only place that knows htmx's events. Every page works without this file; it keeps focus, says what
// changed, and saves a reload. No text of a person ever becomes markup here: textContent only.
const root = document.documentElement;
root.dataset.js = "";

// Trusted Types: the one script address that may be made by hand is the field page's service worker.
export const trusted = window.trustedTypes?.createPolicy("samoe", {
  createScriptURL: (address) => {
    if (address !== "/sw.js") throw new TypeError("only /sw.js");
    return address;
  },
});

const byId = (id) => document.getElementById(id);
const on = (type, listen, options) => document.addEventListener(type, listen, options);
const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

export function announce(text) {
  const place = byId("announce");
  if (place) place.textContent = text;
}

// Toasts: one sentence, an undo link where there is one, and then it stays until dismissed.
function toast({ text, undo, label }) {
  const row = document.createElement("div");
  row.className = "toast";
  row.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (undo?.startsWith("/")) {
    row.append(Object.assign(document.createElement("a"), { href: undo, textContent: label ?? "↩", className: "push" }));
    row.dataset.stays = "";
  }
  byId("toasts")?.append(row);
  fade();
}
function fade() {
  for (const row of document.querySelectorAll("#toasts .toast:not([data-stays]):not([data-timed])")) {
    row.dataset.timed = "";
    setTimeout(() => row.remove(), 7000);
  }
}
on("toast", (event) => toast(typeof event.detail === "string" ? { text: event.detail } : event.detail));
on("click", (event) => closest(event, "[data-dismiss]")?.closest(".toast")?.remove());

// Focus: an error summary or a marked place first; after a whole new page, its main part.
function settle(within = document) {
  const place = within.querySelector?.("[data-focus]");
  if (place) place.focus();
  for (const said of within.querySelectorAll?.("[data-announce]") ?? []) announce(said.textContent.trim());
  fade();
  document.dispatchEvent(new CustomEvent("samoe:drawn"));
  return Boolean(place);
}
on("htmx:before:request", (event) => event.detail.ctx.target?.setAttribute?.("aria-busy", "true"));
on("htmx:finally:request", (event) => {
  event.detail.ctx.target?.removeAttribute?.("aria-busy");
  release();
});
on("htmx:after:swap", (event) => {
  const { target } = event.detail.ctx;
  const whole = target === document.body;
  if (!settle(target?.isConnected ? target : document) && whole) byId("main")?.focus({ preventScroll: true });
});
// A boosted link that answers with a file leaves the page as it is and downloads instead.
on("htmx:before:response", (event) => {
  const { response } = event.detail.ctx;
  if (response.headers.get("content-type")?.startsWith("text/html")) return;
  if (response.status >= 300 || event.detail.ctx.sourceElement?._htmx?.boosted === undefined) return;
  event.preventDefault();
  window.location.assign(response.raw.url);
});
on("htmx:error", () => announce(root.lang === "en" ? "The connection failed. Try again" : "เชื่อมต่อไม่ได้ ลองอีกครั้ง"));

// Double submit: the second click goes nowhere, and the button says that it is busy.
on("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[data-themes]")) return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "";
  setTimeout(() => delete form.dataset.sent, 8000);
  const button = event.submitter;
  if (!button?.classList.contains("button")) return;
  button.setAttribute("aria-busy", "true");
  const words = button.querySelector("span");
  if (words && button.dataset.busy) {
    button.dataset.words = words.textContent;
    words.textContent = button.dataset.busy;
  }
}, true);
function release() {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    if (button.dataset.words) button.querySelector("span").textContent = button.dataset.words;
  }
}
window.addEventListener("pageshow", release);

// Light, dark, or as the machine: at once here, and kept by the server in the same breath.
on("submit", (event) => {
  const form = event.target;
  const choice = event.submitter;
  if (!form.matches("[data-themes]") || choice?.name !== "theme") return;
  event.preventDefault();
  if (choice.value) root.dataset.theme = choice.value;
  else delete root.dataset.theme;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === choice));
  const sent = new URLSearchParams(new FormData(form));
  sent.set("theme", choice.value);
  fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
}, true);

// Dialogs, menus, keys of the whole page.
on("click", (event) => {
  const opener = closest(event, "[data-opens]");
  const dialog = opener && byId(opener.dataset.opens);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    dialog.showModal();
  }
  if (closest(event, "[data-closes]")) closest(event, "dialog")?.close();
  if (closest(event, "[data-print]")) window.print();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
on("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && document.querySelector("[data-search]")) {
    event.preventDefault();
    document.querySelector("[data-search]").select();
  }
  if (event.key === "Escape") for (const menu of document.querySelectorAll("details[data-menu][open]")) menu.open = false;
});
// On paper every drawing shows its table too.
window.addEventListener("beforeprint", () => {
  for (const table of document.querySelectorAll("details.as-table:not([open])")) {
    table.open = true;
    table.dataset.printed = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const table of document.querySelectorAll("details[data-printed]")) {
    table.open = false;
    delete table.dataset.printed;
  }
});
for (const type of ["dragover", "dragleave", "drop"]) {
  on(type, (event) => closest(event, "[data-drop]")?.classList.toggle("over", type === "dragover"));
}

settle();
