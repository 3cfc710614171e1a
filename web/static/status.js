// Keeps the status page current: the same HTML as the page itself, every two seconds, while somebody looks.
const PERIOD_MS = 2000;
const TIMEOUT_MS = 8000;
const status = document.getElementById("status");
const lost = document.getElementById("lost");
let shown = "";

async function refresh() {
  const answer = await fetch(status.dataset.fragment, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { Accept: "text/html" },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  show(await answer.text());
}

function show(html) {
  if (html === shown) return;
  shown = html;
  const open = [...status.querySelectorAll("details[open]")].map((one) => one.id);
  const focused = document.activeElement?.closest("details")?.id;
  status.innerHTML = html; // from our own origin, escaped by its templates
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.querySelector("summary")?.focus({ preventScroll: true });
}

function setLost(isLost) {
  lost.hidden = !isLost;
  status.classList.toggle("old", isLost);
}

async function tick() {
  if (!document.hidden && !document.getSelection()?.toString()) {
    try {
      await refresh();
      setLost(false);
    } catch {
      setLost(true);
    }
  }
  setTimeout(tick, PERIOD_MS);
}

document.addEventListener("visibilitychange", () => !document.hidden && refresh().then(() => setLost(false), () => setLost(true)));
setTimeout(tick, PERIOD_MS);
