// The bar of conversations: opening and closing it, and files that are saved. Sends nothing anywhere.
const newsdeskTalks = (() => {
  "use strict";

  const KEY = "newsdesk-conversation"; // of this tab: for a reload, and for a server that began anew
  const bar = () => document.querySelector("#talks-bar");
  const isOpen = () => Boolean(bar()?.classList.contains("open"));

  function toggle() {
    bar()?.querySelector(".toggle-button")?.click();
    if (isOpen()) document.querySelector("#open-talks")?.focus();
    else setTimeout(() => document.querySelector("#talks-words :is(textarea, input)")?.focus(), 350);
  }

  // The bar lies over the conversation, and gives way to the one that was chosen.
  function giveWay() {
    if (isOpen()) toggle();
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

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) toggle();
  });

  return {
    toggle,
    giveWay,
    save,
    remember: (id) => sessionStorage.setItem(KEY, id || ""),
    recall: () => sessionStorage.getItem(KEY) || "",
  };
})();
