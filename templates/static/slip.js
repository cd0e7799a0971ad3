// The picture on a slip brings its code behind the #: it reaches no server and no log. Put it into the form, take it
// out of the address and of the history, and send it as if it had been typed.
const form = document.querySelector("form[data-slip]");
const code = decodeURIComponent(window.location.hash.slice(1));
if (form && /^[0-9A-Za-z-]{20,24}$/.test(code)) {
  history.replaceState(null, "", window.location.pathname);
  form.elements.namedItem("code").value = code;
  form.requestSubmit();
}
