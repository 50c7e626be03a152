// Comforts only: every page works without this file.
(() => {
  "use strict";

  // Opened panels of the header close on Escape and on a click elsewhere.
  const openPanels = () => document.querySelectorAll("details.pop[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openPanels().forEach((panel) => {
      const held = panel.contains(document.activeElement);
      panel.open = false;
      if (held) panel.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    openPanels().forEach((panel) => {
      if (!panel.contains(event.target)) panel.open = false;
    });
  });

  // After a refused form, the summary of what to correct is read first.
  document.querySelector("[data-focus]")?.focus();
})();
