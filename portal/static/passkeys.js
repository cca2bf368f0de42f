// On pages with a passkey button: <button type="button" hidden data-passkey="make|show" data-question="address">.
// It asks the server what to sign, lets the browser's authenticator sign, and sends the answer in the field `passkey` of its form.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const named = (credentials) => (credentials ?? []).map((credential) => ({ ...credential, id: bytes(credential.id) }));

async function asked(button) {
  const body = new URLSearchParams({ csrf_token: button.form.elements.csrf_token.value });
  const answer = await fetch(button.dataset.question, { method: "POST", body });
  if (!answer.ok) throw new Error(answer.statusText);
  const question = await answer.json();
  question.challenge = bytes(question.challenge);
  question.excludeCredentials = named(question.excludeCredentials);
  question.allowCredentials = named(question.allowCredentials);
  if (question.user) question.user.id = bytes(question.user.id);
  return question;
}

function told(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function use(button) {
  const problem = button.form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  button.setAttribute("aria-disabled", "true");
  try {
    const publicKey = await asked(button);
    const make = button.dataset.passkey === "make";
    button.form.elements.passkey.value = told(await navigator.credentials[make ? "create" : "get"]({ publicKey }));
    button.form.requestSubmit();
  } catch {
    problem.hidden = false; // nobody answered, or this device has none: the words beside the button say what to do
  }
  button.removeAttribute("aria-disabled");
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  button.hidden = false;
  button.form.querySelector("[data-passkey-without]")?.remove();
  button.addEventListener("click", () => button.getAttribute("aria-disabled") ?? use(button));
}
