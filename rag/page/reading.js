// The source pane: a mark shows its quote, opens its article, and the article shows the exact words.
(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);
  const HIDE_AFTER = 200; // milliseconds, long enough to move the pointer onto the quote

  // The quote of a mark, while it is pointed at, focused or tapped; Escape puts it away.

  let shown = null;
  let hiding = 0;
  let touched = false;

  function showTip(mark) {
    clearTimeout(hiding);
    const tip = document.getElementById(mark.getAttribute("aria-describedby"));
    if (!tip || tip === shown) return;
    hideTip();
    tip.showPopover();
    place(tip, mark.getBoundingClientRect());
    shown = tip;
  }

  function place(tip, at) {
    const gap = 8;
    const left = Math.min(Math.max(gap, at.left - 24), innerWidth - tip.offsetWidth - gap);
    const above = at.top - tip.offsetHeight - gap;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > gap ? above : at.bottom + gap}px`;
  }

  function hideTip() {
    clearTimeout(hiding);
    if (shown?.isConnected) shown.hidePopover();
    shown = null;
  }

  function hideSoon() {
    clearTimeout(hiding);
    hiding = setTimeout(hideTip, HIDE_AFTER);
  }

  const pointer = { x: -1, y: -1 };
  document.addEventListener("pointermove", (event) => {
    Object.assign(pointer, { x: event.clientX, y: event.clientY });
  });
  document.addEventListener("pointerover", (event) => {
    // Where the pointer rests and the page moves beneath it, nobody has pointed at anything.
    const rests = event.clientX === pointer.x && event.clientY === pointer.y;
    if (event.pointerType === "touch" || rests) return;
    const mark = event.target.closest(".mark");
    if (mark) showTip(mark);
    else if (event.target.closest(".tip")) clearTimeout(hiding);
    else if (shown) hideSoon();
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".mark:focus-visible")) showTip(target);
    else if (shown) hideSoon();
  });
  document.addEventListener("scroll", hideTip, { capture: true, passive: true });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (touched && !event.target.closest(".mark, .tip")) hideTip();
  });

  // The first tap shows the quote, the second opens the article: a finger cannot hover.
  document.addEventListener(
    "click",
    (event) => {
      const mark = event.target.closest(".mark");
      if (!mark || !touched || shown?.id === mark.getAttribute("aria-describedby")) return;
      event.stopPropagation();
      showTip(mark);
    },
    { capture: true },
  );

  // The article that a control opens, and the words to look at when it has come.

  let wanted = null;
  let opener = null;
  let from = "Sources"; // the tab that the opener stands on

  document.addEventListener("click", ({ target }) => {
    const control = target.closest("[data-act=open]");
    if (control) {
      hideTip();
      opener = control.id || control;
      from = control.closest("#side") ? openedTab() : "Sources";
      wanted = { ...control.dataset };
      openTab("Sources");
      showGroup(control.dataset.exchange);
      reveal();
    } else if (target.closest("[data-act=close]")) {
      giveBackFocus();
    } else if (target.closest("[data-step]")) {
      step(Number(target.closest("[data-step]").dataset.step));
    }
  });

  function reveal() {
    const reader = find("#reader .reader");
    if (!wanted || !reader) return;
    const { article, exchange, start } = wanted;
    if (reader.dataset.article !== article || reader.dataset.exchange !== exchange) return;
    wanted = null;
    const marks = [...reader.querySelectorAll("mark")];
    const at = marks.findIndex(({ dataset }) => start >= +dataset.start && start < +dataset.end);
    if (at >= 0) look(marks, at);
    else lookAtHeadline(reader);
  }

  function look(marks, at) {
    for (const mark of marks) mark.classList.toggle("at", mark === marks[at]);
    const told = find("#reader .at:not(mark)");
    if (told && marks.length > 1) told.textContent = `Quote ${at + 1} of ${marks.length}`;
    marks[at].scrollIntoView({ block: "center", behavior: smoothly() });
    marks[at].focus({ preventScroll: true });
  }

  function lookAtHeadline(reader) {
    const headline = reader.querySelector(".headline");
    headline.scrollIntoView({ block: "nearest" });
    headline.focus({ preventScroll: true });
  }

  function step(by) {
    const marks = [...document.querySelectorAll("#reader mark")];
    const at = marks.findIndex((mark) => mark.classList.contains("at"));
    look(marks, (at + by + marks.length) % marks.length);
  }

  function giveBackFocus() {
    const control = typeof opener === "string" ? document.getElementById(opener) : opener;
    openTab(from);
    setTimeout(() => {
      const back = control?.isConnected && control.checkVisibility() ? control : find("#question textarea");
      back.focus({ preventScroll: true });
      if (back === control) control.scrollIntoView({ block: "nearest" });
    }, 50);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (shown) hideTip();
    else if (!event.target.closest("textarea")) find("#reader [data-act=close]")?.click();
  });

  // Which sources are to be seen

  function showGroup(number) {
    const group = document.getElementById(`sources-${number}`);
    if (!group) return;
    for (const each of document.querySelectorAll(".sources")) {
      each.classList.toggle("shown", each === group);
    }
  }

  function openedTab() {
    return find("#side [role=tab][aria-selected=true]")?.textContent.trim() || "Sources";
  }

  function openTab(name) {
    for (const tab of document.querySelectorAll("#side [role=tab]")) {
      if (tab.textContent.trim() === name && tab.getAttribute("aria-selected") !== "true") {
        tab.click();
        tab.parentElement.scrollTo({ left: tab.offsetLeft - tab.parentElement.offsetLeft });
      }
    }
  }

  function smoothly() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  }

  let asked = "";
  const within = (name) => ({ target }) => target.parentElement?.closest(name);
  new MutationObserver((changes) => {
    if (shown && !shown.isConnected) renew();
    if (changes.some(within("#reader"))) reveal();
    if (!changes.some(within("#exchanges"))) return;
    const newest = [...document.querySelectorAll(".exchange")].pop();
    if (newest?.dataset.state === "searching" && asked !== newest.id) {
      asked = newest.id;
      openTab("Sources");
      find("#sources-tab")?.scrollTo(0, 0);
    } else if (newest?.dataset.state === "ended") asked = "";
  }).observe(document, { childList: true, subtree: true });

  // While an answer grows it is drawn anew again and again, the mark pointed at among it.
  function renew() {
    const mark = document.querySelector(`[aria-describedby="${CSS.escape(shown.id)}"]`);
    shown = null;
    if (mark) showTip(mark);
  }
})();
