// Cells copied from a spreadsheet and pasted into a box of a grid fill the boxes from there to the right and down. A paste
// of one cell is left alone. What does not fit the boxes, or begins with names, goes whole into the box for blocks beside
// the grid, so that nothing is dropped. The server judges what was filled in, as if typed.
const boxes = (row) => [...row.querySelectorAll("input:not([type=hidden])")];

document.addEventListener("paste", (event) => {
  const start = event.target.closest?.("[data-paste-grid] input");
  if (!start) return;
  const block = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
  if (!/[\t\n]/.test(block)) return;
  event.preventDefault();
  const rows = [...start.closest("[data-paste-grid]").querySelectorAll("tr")].filter((row) => boxes(row).length);
  const top = rows.indexOf(start.closest("tr"));
  const left = boxes(rows[top]).indexOf(start);
  const lines = block.split(/\r?\n/);
  const fits = (line, down) => {
    const cells = line.split("\t");
    const row = rows[top + down];
    return row && left + cells.length <= boxes(row).length && !/[^\d\s๐-๙,.–—-]/.test(cells.join("").replaceAll("ถึง", ""));
  };
  const beside = document.querySelector("[data-paste-block]");
  if (beside && !lines.every(fits)) {
    beside.hidden = false;
    beside.open = true;
    beside.querySelector("[data-paste-told]").hidden = false;
    const box = beside.querySelector("textarea");
    box.value = box.value ? `${box.value}\n${block}` : block;
    box.focus();
    return;
  }
  lines.forEach((line, down) => {
    const row = rows[top + down];
    if (!row) return;
    line.split("\t").forEach((cell, across) => {
      const box = boxes(row)[left + across];
      if (!box) return;
      box.value = cell.trim();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
});
