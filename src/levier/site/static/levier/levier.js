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

  // What was being typed leaves the browser with the person: at sign-out, told to the other tabs by
  // the mark below, and on the sign-in page when nobody is signed in.
  const eraseDrafts = () => {
    try {
      Object.keys(localStorage)
        .filter((name) => name.startsWith("levier.draft."))
        .forEach((name) => localStorage.removeItem(name));
    } catch {
      // The browser keeps nothing: there is nothing to erase.
    }
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-sign-out]")) return;
    document.dispatchEvent(new Event("levier:signed-out"));
    try {
      localStorage.setItem("levier.signed-out", String(Date.now()));
    } catch {
      // Other tabs cannot be told; they keep nothing either.
    }
    eraseDrafts();
  });
  if (document.querySelector("[data-nobody-signed-in]")) eraseDrafts();

  // After a refused form, the summary of what to correct is read first.
  document.querySelector("[data-focus]")?.focus();
})();
