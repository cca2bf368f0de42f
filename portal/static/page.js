// On every page. Nothing here is needed: each control is a link or a form that works alone.

// A form with errors: the summary says what and where.
document.querySelector("[data-focus]")?.focus();

// A row of tabs wider than the screen: the one we are on is in sight.
for (const current of document.querySelectorAll(".cw-tabs [aria-current]")) {
  const row = current.closest(".cw-tabs");
  row.scrollLeft = current.getBoundingClientRect().right - row.getBoundingClientRect().right + 24;
}

// A second press of a button that writes is ignored; the server would refuse it with a page nobody wants to see.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
});

// Back from the next page: the browser shows this one as it was left.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
  }
});

// Rows to act on together: the bar says how many; the box in the head ticks all.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  const count = form?.querySelector("[data-bulk-count]");
  if (!count || event.target.type !== "checkbox") return;
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
  if (event.target.closest("thead")) boxes.forEach((box) => (box.checked = event.target.checked));
  count.textContent = boxes.filter((box) => box.checked).length;
});

// <button data-copy="address" data-copied="Link copied">
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = button.dataset.copied;
});
