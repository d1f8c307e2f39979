// The conversation: editing, copying, what comes into view. Sends nothing anywhere.
(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);
  let personScrolled = false;

  // A question is edited where it stands; asking it again drops what came after it.

  function edit(control) {
    const exchange = control.closest(".exchange");
    if (exchange.querySelector(".editing")) return;
    const question = exchange.querySelector(".question");
    const number = Number(control.dataset.edit);
    const later = document.querySelectorAll(".exchange").length - number;
    const form = make("div", "editing");
    const box = make("textarea", "", { ariaLabel: `Question ${number}`, rows: 2 });
    box.value = control.dataset.question;
    const again = make("button", "asks", { type: "button", textContent: "Ask" });
    Object.assign(again.dataset, { act: "again", number });
    const cancel = make("button", "quiet", { type: "button", textContent: "Cancel" });
    const gone = later === 1 ? "The question after it goes." : `The ${later} questions after it go.`;
    form.append(box, again, cancel, ...(later ? [make("span", "", { textContent: gone })] : []));
    const close = () => {
      form.replaceWith(question);
      control.focus();
    };
    cancel.addEventListener("click", close);
    again.addEventListener("click", () => (again.dataset.question = box.value), { capture: true });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (box.value.trim()) again.click();
    });
    question.replaceWith(form);
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  function make(name, className, properties = {}) {
    return Object.assign(document.createElement(name), { className, ...properties });
  }

  // Copying

  async function copy(button) {
    const before = [button.textContent, button.ariaLabel];
    const name = ([shown, told]) => Object.assign(button, { textContent: shown, ariaLabel: told });
    name(Array(2).fill((await copied(button.dataset.copy)) ? "Copied" : "Not copied"));
    setTimeout(() => name(before), 1500);
  }

  async function copied(text) {
    if (navigator.clipboard) {
      return navigator.clipboard.writeText(text).then(() => true, () => false);
    }
    const area = document.createElement("textarea"); // where the address is not a safe one
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  document.addEventListener("click", (event) => {
    const control = event.target.closest("[data-edit], [data-copy]");
    if (!control) return;
    if (control.dataset.copy) copy(control);
    else edit(control);
  });

  // The newest exchange comes into view, and stays there while it grows, unless somebody scrolls.

  function follow() {
    const newest = [...document.querySelectorAll(".exchange")].pop();
    if (!newest) return;
    const ended = newest.dataset.state === "ended";
    const isNew = follow.id !== newest.id || (follow.ended && !ended);
    Object.assign(follow, { id: newest.id, ended });
    if (isNew) {
      personScrolled = false;
      newest.scrollIntoView({ block: "start", behavior: smoothly() });
    } else if (!personScrolled && newest.offsetHeight < innerHeight * 0.7) {
      newest.scrollIntoView({ block: "nearest" });
    }
  }

  function smoothly() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  }

  for (const kind of ["wheel", "touchmove", "keydown"]) {
    document.addEventListener(kind, () => (personScrolled = true), { passive: true });
  }

  // What was typed and not yet asked is there again after a reload.
  const DRAFT = "newsdesk-draft";
  addEventListener("pagehide", () => {
    sessionStorage.setItem(DRAFT, find("#question textarea")?.value || "");
  });

  // A keyboard is at hand where a pointer can hover; elsewhere it would cover half the page.
  function greet() {
    const box = find("#question textarea");
    if (box && !greet.done) {
      greet.done = true;
      box.value = sessionStorage.getItem(DRAFT) || "";
      if (box.value) box.dispatchEvent(new Event("input", { bubbles: true }));
      box.setAttribute("aria-label", "Your question"); // else the button's name belongs to it
      if (matchMedia("(hover: hover)").matches) box.focus();
    }
  }

  const inTalk = ({ target }) => target.parentElement?.closest("#exchanges");
  const observer = new MutationObserver((changes) => {
    greet();
    if (changes.some(inTalk)) follow();
  });
  observer.observe(document, { childList: true, subtree: true });
})();
