// Forms with data-keep: what is typed goes to the server a moment later, and comes back when the page is opened again.
const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-keep]")) {
  const state = form.querySelector("[data-keep-state]");
  const failed = form.querySelector("[data-keep-failed]");
  let timer, running;

  const typed = () => {
    const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    fields.set("kept-for", form.dataset.keepFor);
    return fields;
  };

  const keep = (options = {}) => {
    clearTimeout(timer);
    timer = undefined;
    running = fetch(form.dataset.keep, { method: "POST", body: typed(), ...options })
      .then(async (answer) => {
        if (answer.redirected || answer.status >= 500) throw new Error(answer.statusText);
        if (answer.ok || answer.status === 422) state.innerHTML = await answer.text();
        else throw new Error(answer.statusText);
      })
      .catch(() => state.replaceChildren(failed.content.cloneNode(true)))
      .finally(() => (running = undefined));
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  // Leaving the page: what was typed in the last moment goes along, as far as a browser sends it (64 kB).
  window.addEventListener("pagehide", () => timer && keep({ keepalive: true }));
  // Saving: what is on its way arrives first, or it would be kept after it was saved.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = undefined;
    if (!running) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    running.then(() => form.requestSubmit(event.submitter));
  });
  if (state.dataset.keepNow !== undefined) keep();
}
