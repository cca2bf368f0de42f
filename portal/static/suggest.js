// A combobox over the fragment at data-suggest. What is taken leads somewhere, or goes where the field says: data-into names a text
// that takes one a line, or the boxes of that name. In the text of [data-mention] it offers names once an @ was typed.
for (const input of document.querySelectorAll("input[data-suggest], [data-mention] textarea")) {
  const mention = input.closest("[data-mention]");
  mention?.classList.add("position-relative");
  const list = document.createElement("div");
  list.className = "cw-suggest";
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  input.parentElement.append(list);
  const said = [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]];
  for (const [name, value] of [["aria-controls", list.id], ...(mention ? [] : said)]) input.setAttribute(name, value);

  let timer, running;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const show = (open) => {
    list.hidden = !open;
    if (!mention) input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  };
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");
  const choose = (step) => {
    const all = options();
    const next = all[(all.indexOf(chosen()) + step + all.length + (step < 0 && !chosen() ? 1 : 0)) % all.length];
    for (const option of all) option.setAttribute("aria-selected", String(option === next));
    if (next) input.setAttribute("aria-activedescendant", next.id);
  };
  const called = () => /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{M}][^\n@]{0,40})?$/u.exec(input.value.slice(0, input.selectionStart));
  const take = (option) => {
    if (mention) {
      const end = input.selectionStart;
      input.setRangeText(`${option.dataset.value} `, end - (called()?.[1]?.length ?? 0), end, "end");
      return show(false);
    }
    if (option.dataset.href) return location.assign(option.dataset.href);
    add(input, option.dataset.value, option.textContent.trim());
    show(false);
  };
  const suggest = async () => {
    running?.abort();
    running = new AbortController();
    const typed = mention ? called() : input.value.trim();
    const known = typed === "" && "recent" in input.dataset;
    if (mention ? !typed : typed.length < 2 && !known) return show(false);
    const asked = mention ? { q: typed[1] ?? "", scope: input.form.elements.scope?.value ?? "all" } : { q: typed };
    const address = `${input.dataset.suggest ?? mention.dataset.mention}?${new URLSearchParams(asked)}`;
    const answer = await fetch(address, { signal: running.signal }).catch(() => null);
    if (!answer?.ok) return;
    list.innerHTML = await answer.text();
    options().forEach((option, place) => (option.id = `${list.id}-${place}`));
    show(options().length > 0 && document.activeElement === input);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 150);
  });
  input.addEventListener("focus", () => !input.value && "recent" in input.dataset && suggest());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && input.dataset.into && !chosen()) return event.preventDefault(); // it is no field of the form
    if (list.hidden && event.key === "ArrowDown" && "recent" in input.dataset) return suggest();
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && chosen()) take(chosen());
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => show(false));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

function add(input, value, label) {
  const text = document.getElementById(input.dataset.into);
  const box = document.querySelector(`[name="${input.dataset.into}"][value="${CSS.escape(value)}"]`);
  if (box) {
    box.checked = true;
    box.closest("details")?.setAttribute("open", "");
  } else if (!text.value.split(/[\n,]/).some((line) => line.trim().toLowerCase() === value.toLowerCase())) {
    text.value = [text.value.trimEnd(), value].filter(Boolean).join("\n");
  }
  (box ?? text).dispatchEvent(new Event("change", { bubbles: true }));
  input.value = "";
  input.closest("[data-finder]").querySelector("[role=status]").textContent = `${label} ✓`;
}

// Fields that only help to fill in others exist with scripts alone.
for (const finder of document.querySelectorAll("[data-finder]")) finder.hidden = false;
