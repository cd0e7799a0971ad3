// Words put into a text where the cursor stands, from the buttons below it; at its end where nobody has been in it yet.
const visited = new WeakSet();

document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLTextAreaElement) visited.add(event.target);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert]");
  const field = button && document.getElementById(button.dataset.into);
  if (!field) return;
  const end = field.value.length;
  const [from, to] = visited.has(field) ? [field.selectionStart, field.selectionEnd] : [end, end];
  field.focus();
  field.setRangeText(button.dataset.insert, from, to, "end");
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
