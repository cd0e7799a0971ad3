// Rows of a list put in order by dragging their handles. What is sent are the rows' own hidden fields, in the order in
// which they were left; the buttons beside the handles do the same for the keyboard.
let row = null;
let before = null;

const order = (form) => [...form.querySelectorAll("input[name=order]")].map((input) => input.value).join();

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-drag-rows] [data-drag]");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  row = handle.closest("tr");
  before = order(row.closest("form"));
  row.setAttribute("data-dragged", "");
});

document.addEventListener("pointermove", (event) => {
  if (!row) return;
  const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("tr");
  if (!under || under === row || under.parentElement !== row.parentElement) return;
  const { top, height } = under.getBoundingClientRect();
  if (event.clientY < top + height / 2) under.before(row);
  else under.after(row);
});

function drop() {
  if (!row) return;
  const form = row.closest("form");
  row.removeAttribute("data-dragged");
  row = null;
  if (order(form) !== before) form.requestSubmit();
}

document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);
