// Search in the report: marks every place, counts them, and Enter goes to the next. Without scripts the box stays hidden.
const box = document.querySelector("[role=search] input");
const said = document.querySelector("[role=search] output");
const FEWEST = 2; // letters
let places = [];
let at = -1;

const find = (words) => {
  const pattern = new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement.closest(".described")) continue; // numbers behind the figures
    for (const { index, 0: hit } of texts.currentNode.data.matchAll(pattern)) {
      const place = new Range();
      place.setStart(texts.currentNode, index);
      place.setEnd(texts.currentNode, index + hit.length);
      found.push(place);
    }
  }
  return found;
};
box.addEventListener("input", () => {
  const words = box.value.trim();
  places = words.length < FEWEST ? [] : find(words);
  at = -1;
  CSS.highlights.delete("current");
  CSS.highlights.set("found", new Highlight(...places));
  said.textContent = words.length < FEWEST ? "" : `${places.length} found${places.length ? "; press Enter" : ""}`;
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !places.length) return;
  at = (Math.max(at, event.shiftKey ? 0 : -1) + (event.shiftKey ? places.length - 1 : 1)) % places.length;
  CSS.highlights.set("current", new Highlight(places[at]));
  places[at].startContainer.parentElement.scrollIntoView({ block: "center" });
  said.textContent = `${at + 1} of ${places.length}`;
});
box.closest("[role=search]").hidden = !window.Highlight;
