// Clicks on proof marks, examples and buttons. Reads the page, sends nothing anywhere.
(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);
  let personScrolled = false;

  function showSource(mark) {
    const quote = document.getElementById(mark.hash.slice(1));
    const source = document.getElementById(mark.dataset.source);
    const target = quote || source;
    if (!target) return;
    personScrolled = true;
    openTab("Sources");
    showGroup(target.closest(".sources"));
    const details = target.closest("details");
    if (details) details.open = true;
    scrollTo(target, "center");
    target.focus({ preventScroll: true });
    target.classList.remove("found");
    void target.offsetWidth; // so that the animation starts again
    target.classList.add("found");
  }

  function showGroup(group) {
    for (const each of document.querySelectorAll(".sources")) {
      each.classList.toggle("shown", each === group);
    }
  }

  function openTab(name) {
    for (const tab of document.querySelectorAll("#side [role=tab]")) {
      if (tab.textContent.trim() === name && tab.getAttribute("aria-selected") !== "true") {
        tab.click();
      }
    }
  }

  function scrollTo(element, block) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
  }

  function fill(question) {
    const box = find("#question textarea");
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    return box;
  }

  async function copy(button) {
    const before = button.textContent;
    button.textContent = (await copied(button.dataset.copy)) ? "Copied" : "Not copied";
    setTimeout(() => (button.textContent = before), 1500);
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
    const target = event.target.closest("a.mark, a.back, [data-ask], [data-edit], [data-copy]");
    if (!target) return;
    event.preventDefault();
    if (target.matches("a.mark")) showSource(target);
    else if (target.matches("a.back")) scrollTo(find(target.hash), "start");
    else if (target.dataset.copy) copy(target);
    else if (target.dataset.edit) fill(target.dataset.edit);
    else {
      fill(target.dataset.ask);
      setTimeout(() => find("#question .submit-button")?.click(), 50);
    }
  });

  // The newest exchange comes into view, and stays there while it grows, unless somebody scrolls.
  function follow() {
    const newest = [...document.querySelectorAll(".exchange")].pop();
    if (!newest) return;
    const isNew = follow.last !== newest.id;
    follow.last = newest.id;
    if (isNew) {
      personScrolled = false;
      openTab("Sources");
      scrollTo(newest, "start");
      const side = find("#sources-tab");
      if (side) side.scrollTop = 0;
    } else if (!personScrolled && newest.offsetHeight < innerHeight * 0.7) {
      newest.scrollIntoView({ block: "nearest" });
    }
  }

  for (const kind of ["wheel", "touchmove", "keydown"]) {
    document.addEventListener(kind, () => (personScrolled = true), { passive: true });
  }
  // A keyboard is at hand where a pointer can hover; elsewhere it would cover half the page.
  function greet() {
    const box = find("#question textarea");
    if (box && !greet.done) {
      greet.done = true;
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
