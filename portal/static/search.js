// On pages with a search box. Filters apply when changed, and the box suggests; without this file a button does the first.

// ---- filters: a form with data-auto; the parts with data-swap and an id are exchanged.
const auto = document.querySelector("form[data-auto]");

async function apply(form) {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = `${form.action.split("?")[0]}?${asked}`;
  const results = document.getElementById("results");
  results?.setAttribute("aria-busy", "true");
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-swap]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
  results?.removeAttribute("aria-busy");
  document.title = page.title;
  if (focused) document.getElementById(focused)?.focus();
  history.pushState(null, "", address);
}

auto?.addEventListener("change", (event) => {
  if (event.target.type !== "search") apply(auto);
});
if (auto) window.addEventListener("popstate", () => location.reload());

// ---- suggestions: a combobox over the fragment at data-suggest.
for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("div");
  list.className = "cw-suggest";
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  input.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);

  let timer, running;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  };
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");
  const choose = (step) => {
    const all = options();
    const next = all[(all.indexOf(chosen()) + step + all.length + (step < 0 && !chosen() ? 1 : 0)) % all.length];
    for (const option of all) option.setAttribute("aria-selected", String(option === next));
    if (next) input.setAttribute("aria-activedescendant", next.id);
  };
  const suggest = async () => {
    running?.abort();
    running = new AbortController();
    const typed = input.value.trim();
    if (typed.length < 2) return show(false);
    const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: typed })}`, { signal: running.signal }).catch(() => null);
    if (!answer?.ok) return;
    list.innerHTML = await answer.text();
    show(options().length > 0 && document.activeElement === input);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && chosen()) location.assign(chosen().dataset.href);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => show(false));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
}
