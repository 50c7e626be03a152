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

  // A list or date that submits its own form once chosen.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });

  // One more row in a Django formset, copied from its <template>.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    if (!button) return;
    const prefix = button.dataset.addRow;
    const blank = document.getElementById(`${prefix}-empty`);
    const rows = document.getElementById(`${prefix}-rows`);
    const total = document.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    if (!blank || !rows || !total) return;
    event.preventDefault();
    const holder = document.createElement("template");
    holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", total.value);
    rows.append(holder.content);
    total.value = String(Number(total.value) + 1);
    rows.lastElementChild?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });

  // After a refused form, the summary of what to correct is read first.
  document.querySelector("[data-focus]")?.focus();
})();
