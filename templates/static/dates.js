// Reads a three-field B.E. date back while it is typed, with the age. The server is the one that judges.
const digits = (text) => text.trim().replace(/[๐-๙]/g, (sign) => String(sign.charCodeAt(0) - 0x0e50));

function ageAt(today, born) {
  let months = (today.getFullYear() - born.getFullYear()) * 12 + today.getMonth() - born.getMonth();
  if (today.getDate() < born.getDate()) months -= 1;
  return { y: Math.floor(months / 12), m: months % 12 };
}

function said(field) {
  const [day, month, year] = ["day", "month", "year"].map((part) => field.querySelector(`[data-part="${part}"]`));
  const [d, m, y] = [day, month, year].map((input) => Number(digits(input.value)));
  if (!d || !m || y < 2400) return "";
  const date = new Date(y - 543, m - 1, d);
  if (date.getDate() !== d || date.getMonth() !== m - 1) return "";
  const text = field.dataset.says.replace("{d}", d).replace("{m}", month.selectedOptions[0].textContent).replace("{y}", y);
  const age = ageAt(new Date(), date);
  return field.dataset.age && age.y >= 0 ? `${text} ${field.dataset.age.replace("{y}", age.y).replace("{m}", age.m)}` : text;
}

document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-be-date]");
  if (field) field.querySelector("output").textContent = said(field);
});
