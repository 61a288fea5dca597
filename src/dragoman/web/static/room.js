// Small comforts. Every page works without them.
"use strict";

// What a mark of a chart says, when one points at it or comes to it by keyboard.
const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("role", "presentation");
document.body.append(tip);

function told(target) {
  const event = target.closest && target.closest("[data-events]");
  if (event) {
    if (event.title) event.dataset.told = event.title;
    event.removeAttribute("title"); // or the browser would say it once more
    return event.dataset.told;
  }
  const mark = target.closest && target.closest(".chart a");
  const labelled = mark && (mark.querySelector("[aria-label]") || mark.closest("[aria-label]"));
  return mark && labelled && !labelled.classList.contains("chart") ? labelled.getAttribute("aria-label") : null;
}
function show(text, x, y) {
  tip.textContent = text;
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - box.width - 8))}px`;
  tip.style.top = `${y + box.height + 24 > innerHeight ? y - box.height - 12 : y + 18}px`;
}
document.addEventListener("pointermove", (event) => {
  const text = told(event.target);
  if (text) show(text, event.clientX, event.clientY);
  else tip.hidden = true;
});
document.addEventListener("focusin", (event) => {
  const text = told(event.target);
  if (!text) return void (tip.hidden = true);
  const box = event.target.getBoundingClientRect();
  show(text, box.right, box.top);
});
addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });

// In an article, a marked event and its card light up together.
const cards = new Map([...document.querySelectorAll(".card")].map((card) => [card.dataset.event, card]));
function light(numbers, on, far) {
  for (const number of numbers) {
    const card = cards.get(number);
    if (!card) continue;
    card.classList.toggle("lit", on);
    if (on && far && getComputedStyle(card.parentElement.parentElement).position === "sticky") {
      card.scrollIntoView({ block: "nearest", behavior: "auto" });
    }
  }
}
for (const mark of document.querySelectorAll("[data-events]")) {
  const numbers = mark.dataset.events.split(" ");
  for (const kind of ["pointerenter", "focus"]) mark.addEventListener(kind, () => light(numbers, true, true));
  for (const kind of ["pointerleave", "blur"]) mark.addEventListener(kind, () => light(numbers, false, false));
}
for (const [number, card] of cards) {
  const marks = document.querySelectorAll(`[data-events~="${CSS.escape(number)}"]`);
  const sentence = marks.length && marks[0].closest(".s");
  if (!sentence) continue;
  card.addEventListener("pointerenter", () => sentence.classList.add("lit"));
  card.addEventListener("pointerleave", () => sentence.classList.remove("lit"));
}

// On a narrow screen a timeline begins with what is latest.
const newest = document.querySelector("#chart-timeline .scroll");
if (newest) newest.scrollLeft = newest.scrollWidth;
// A map and a network begin with their middle, where most of it is.
for (const drawn of document.querySelectorAll("#chart-world .scroll, #chart-network .scroll")) {
  drawn.scrollLeft = (drawn.scrollWidth - drawn.clientWidth) / 2;
}

// A slash goes to the search; the print button prints; on a phone the filters begin closed.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(input|textarea|select)$/i.test(event.target.tagName)) return;
  event.preventDefault();
  document.getElementById("find").focus();
});
for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
if (innerWidth < 800) for (const filters of document.querySelectorAll("details.filters")) filters.open = false;
