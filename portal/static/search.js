// On the search page: filters apply when changed; without this file a button does it. A form with data-auto; the parts with data-swap and an id are exchanged.
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
  if (event.target.form === auto && event.target.type !== "search") apply(auto);
});
if (auto) window.addEventListener("popstate", () => location.reload());
