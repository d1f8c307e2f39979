// What a person would miss when something is drawn anew: focus, what was unfolded, what was said.
(() => {
  "use strict";

  // Focus

  let focused = "";
  document.addEventListener("focusin", ({ target }) => (focused = target.id));

  function keepFocus() {
    if (focused && document.activeElement === document.body) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
  }

  // What was unfolded or folded

  const unfolded = new Map();
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.matches?.("details[id]") && target.isConnected) unfolded.set(target.id, target.open);
    },
    { capture: true },
  );

  function keepUnfolded() {
    for (const details of document.querySelectorAll("#exchanges details[id]")) {
      const open = unfolded.get(details.id);
      if (open !== undefined && details.open !== open) details.open = open;
    }
  }

  // What goes on, for those who do not see it: said once, not at every stroke.

  const voice = Object.assign(document.createElement("div"), { id: "voice" });
  voice.setAttribute("role", "status");
  let said = "";

  function tell() {
    const newest = [...document.querySelectorAll(".exchange")].pop();
    const told = newest ? news(newest) : "";
    const key = newest ? `${newest.id} ${newest.dataset.state} ${told}` : "";
    if (key === said) return;
    said = key;
    if (!voice.isConnected) document.body.append(voice);
    voice.textContent = told;
  }

  function news(exchange) {
    const ending = exchange.querySelector(".declined, .answer, .about");
    const part = exchange.dataset.state === "ended" ? ending : exchange.querySelector(".progress");
    return part ? part.innerText : "";
  }

  const within = (names) => ({ target }) => target.parentElement?.closest(names);
  new MutationObserver((changes) => {
    if (changes.some(within("#exchanges, #models"))) keepFocus();
    if (!changes.some(within("#exchanges"))) return;
    keepUnfolded();
    tell();
  }).observe(document, { childList: true, subtree: true });
})();
