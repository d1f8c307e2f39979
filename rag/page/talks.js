// The bar of conversations: its menus, its focus, and files that are saved. Sends nothing anywhere.
const newsdeskTalks = (() => {
  "use strict";

  const KEY = "newsdesk-conversation"; // of this tab: for a reload, and for a server that began anew
  const find = (selector) => document.querySelector(selector);
  const isOpen = () => Boolean(find("#talks-bar")?.classList.contains("open"));

  const slide = () => find("#talks-bar .toggle-button")?.click();

  function toggle() {
    slide();
    if (isOpen()) find("#open-talks")?.focus();
    else setTimeout(() => find("#talks-words :is(textarea, input)")?.focus(), 350);
  }

  // The bar lies over the conversation, and gives way to the one that was chosen.
  function giveWay() {
    if (!isOpen()) return;
    toggle();
    if (matchMedia("(hover: hover)").matches) find("#question textarea")?.focus();
  }

  function save(file) {
    const { name, content } = JSON.parse(file || "{}");
    if (!name) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content]));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // A menu closes when something in it or beside it is chosen, the bar when something beside it is.

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("#talks .more[open]")) {
      if (menu === except) continue;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }

  document.addEventListener("click", ({ target, isTrusted }) => {
    if (!isTrusted) return; // a script's, such as the one that opens the sources
    closeMenus(target.closest("summary")?.parentElement);
    if (isOpen() && target.isConnected && !target.closest("#talks-bar, #open-talks")) slide();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    const keep = find("#talks [data-act=keep]");
    if (find("#talks .more[open]")) closeMenus();
    else if (keep) keep.click();
    else toggle();
  });

  // The list is drawn anew after every choice; whoever chose by keyboard goes on from there, and a
  // menu that was opened meanwhile stays.

  const titleOf = (part) => part.closest("li")?.querySelector(".title")?.id || "";
  let chosen = "";
  let unfolded = "";
  document.addEventListener("focusin", ({ target }) => {
    if (target.closest("#talks")) chosen = titleOf(target);
  });
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.matches?.("#talks .more")) return;
      if (target.open) unfolded = titleOf(target);
      else if (unfolded === titleOf(target)) unfolded = "";
    },
    { capture: true },
  );

  function keepMenu() {
    const title = unfolded && document.getElementById(unfolded);
    const menu = title && title.parentElement.querySelector(".more");
    if (menu && !menu.open) menu.open = true;
  }

  function keepFocus() {
    if (!isOpen() || document.activeElement !== document.body) return;
    const last = chosen && document.getElementById(chosen);
    (find("#talks [data-act=keep]") || last || find("#talks-words :is(textarea, input)"))?.focus();
  }

  new MutationObserver((changes) => {
    if (!changes.some(({ target }) => target.parentElement?.closest("#talks"))) return;
    keepMenu();
    keepFocus();
  }).observe(document, { childList: true, subtree: true });

  return {
    toggle,
    giveWay,
    save,
    remember: (id) => sessionStorage.setItem(KEY, id || ""),
    recall: () => sessionStorage.getItem(KEY) || "",
  };
})();
