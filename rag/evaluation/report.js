"use strict";
const questions = [...document.querySelectorAll(".question")];
const words = document.getElementById("words");
const outcome = document.getElementById("outcome");
const kind = document.getElementById("kind");
const texts = questions.map((each) => each.textContent.toLowerCase());

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  questions.forEach((question, place) => {
    const fits =
      (!outcome || !outcome.value || question.dataset.outcome === outcome.value) &&
      (!kind || !kind.value || question.dataset.kind === kind.value) &&
      wanted.every((word) => texts[place].includes(word));
    question.hidden = !fits;
    shown += fits;
  });
  document.getElementById("count").textContent =
    shown === questions.length ? `${shown} questions` : `${shown} of ${questions.length} questions`;
  document.getElementById("none").hidden = shown > 0;
}

for (const control of [words, outcome, kind]) control?.addEventListener("input", filter);
document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
for (const button of document.querySelectorAll("[data-outcome]")) {
  if (button.tagName === "BUTTON") {
    button.addEventListener("click", () => {
      outcome.value = button.dataset.outcome;
      filter();
      document.getElementById("questions").scrollIntoView();
    });
  }
}
