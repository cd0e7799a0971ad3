// Shows a picture that is about to be attached, and lets frames be drawn over what must be covered. The frames are the
// text fields below it, in percent, so that a keyboard does as well; the server is the one that paints.
const pictures = new WeakMap();

const frames = (part) => [...part.querySelectorAll(".covers input")];
const read = (field) => field.value.trim().split(/\s+/).map(Number);

function draw(part, dragged) {
  const canvas = part.querySelector("canvas");
  const picture = pictures.get(part);
  if (!picture) return;
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  for (const [left, top, width, height] of [...frames(part).map(read), ...(dragged ? [dragged] : [])]) {
    if (!width || !height) continue;
    const [x, y] = [canvas.width / 100, canvas.height / 100];
    pen.fillRect(left * x, top * y, width * x, height * y);
  }
}

async function show(part) {
  const chosen = part.querySelector("[type=radio]:checked")?.value === "cover";
  const file = part.querySelector("[type=file]").files[0];
  const canvas = part.querySelector("canvas");
  canvas.hidden = true;
  pictures.delete(part);
  if (!chosen || !file || !/^image\/(jpeg|png)$/.test(file.type)) return;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return;
  pictures.set(part, picture);
  canvas.width = Math.min(picture.width, 1200);
  canvas.height = Math.round((canvas.width / picture.width) * picture.height);
  canvas.hidden = false;
  draw(part);
}

function place(canvas, event) {
  const box = canvas.getBoundingClientRect();
  const within = (value) => Math.min(100, Math.max(0, value));
  return [within(((event.clientX - box.left) / box.width) * 100), within(((event.clientY - box.top) / box.height) * 100)];
}

function between([x, y], [u, v]) {
  const [left, top] = [Math.floor(Math.min(x, u)), Math.floor(Math.min(y, v))];
  return [left, top, Math.ceil(Math.max(x, u)) - left, Math.ceil(Math.max(y, v)) - top];
}

document.addEventListener("pointerdown", (event) => {
  const canvas = event.target.closest?.("[data-paper] canvas");
  if (!canvas) return;
  event.preventDefault();
  const part = canvas.closest("[data-paper]");
  const from = place(canvas, event);
  canvas.setPointerCapture(event.pointerId);
  const move = (moved) => draw(part, between(from, place(canvas, moved)));
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", (up) => {
    canvas.removeEventListener("pointermove", move);
    const frame = between(from, place(canvas, up));
    const free = frames(part).find((field) => !field.value.trim());
    if (free && frame[2] > 1 && frame[3] > 1) free.value = frame.join(" ");
    draw(part);
  }, { once: true });
});

document.addEventListener("input", (event) => {
  const part = event.target.closest?.("[data-paper]");
  if (part && event.target.closest(".covers")) draw(part);
});
document.addEventListener("change", (event) => {
  const part = event.target.closest?.("[data-paper]");
  if (part && !event.target.closest(".covers")) show(part);
});
