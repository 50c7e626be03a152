// Keeps what is being typed in this browser only, offers it again, erases it once saved.
// Every page works without this file.
(() => {
  "use strict";
  const KEPT_DAYS = 7;
  const NOT_KEPT = new Set(["csrfmiddlewaretoken", "action", "add", "remove"]);
  const nameOf = (key) => `levier.draft.${key}`;

  const read = (key) => {
    try {
      const draft = JSON.parse(localStorage.getItem(nameOf(key)));
      if (!draft || Date.now() - draft.at > KEPT_DAYS * 86400000) {
        localStorage.removeItem(nameOf(key));
        return null;
      }
      return draft;
    } catch {
      return null;
    }
  };
  const erase = (key) => {
    try {
      localStorage.removeItem(nameOf(key));
    } catch {
      // The browser keeps nothing: there is nothing to erase.
    }
  };
  const pairsOf = (form) =>
    [...new FormData(form)].filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string");

  // Signed out, here or in another tab: nothing more is kept.
  let isSignedOut = false;
  const keep = (form) => {
    if (isSignedOut) return;
    try {
      localStorage.setItem(nameOf(form.dataset.draftKey), JSON.stringify({ at: Date.now(), pairs: pairsOf(form) }));
      const status = form.querySelector("[data-draft-status]");
      const time = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
      if (status) status.textContent = `Brouillon gardé dans ce navigateur à ${time.replace(":", " h ")}.`;
    } catch {
      // Storage refused or full: the form itself still holds everything.
    }
  };

  // Erased by the sign-in page of another tab after a session that ended: what this page still
  // holds is kept again, for the person to take up once signed in.
  let isTyped = false;
  document.addEventListener("levier:signed-out", () => {
    isSignedOut = true;
  });
  window.addEventListener("storage", (event) => {
    if (event.key === "levier.signed-out") isSignedOut = true;
    const form = document.querySelector("form[data-draft-key]");
    if (form && isTyped && event.newValue === null && event.key === nameOf(form.dataset.draftKey)) keep(form);
  });

  let waiting = 0;
  const keepSoon = (event) => {
    const form = event.target.closest("form[data-draft-key]");
    if (!form) return;
    isTyped = true;
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(form), 700);
  };
  document.addEventListener("input", keepSoon);
  document.addEventListener("change", keepSoon);
  // The form is replaced when a row is added or removed: what it holds then is kept too.
  document.addEventListener("htmx:afterSettle", () => {
    const form = document.querySelector("form[data-draft-key]");
    if (form) keep(form);
  });

  // Adding a row failed: say so where the eye is, the form itself has lost nothing.
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, () => {
      const status = document.querySelector("[data-draft-status]");
      if (!status) return;
      status.textContent =
        "Le serveur n’a pas répondu comme attendu. Votre saisie est conservée ici : reconnectez-vous dans un autre onglet si besoin, rechargez cette page et reprenez le brouillon.";
      status.scrollIntoView({ block: "center" });
    });
  }

  document.querySelectorAll("[data-draft-saved]").forEach((mark) => erase(mark.dataset.draftSaved));

  document.querySelectorAll("[data-draft-offer]").forEach((offer) => {
    const key = offer.dataset.draftKey;
    const draft = read(key);
    if (!draft) return;
    offer.querySelector("[data-draft-when]").textContent = new Date(draft.at).toLocaleString("fr-FR", {
      dateStyle: "long",
      timeStyle: "short",
    });
    offer.hidden = false;
    offer.querySelector("[data-draft-discard]").addEventListener("click", () => {
      erase(key);
      offer.remove();
      document.getElementById("contenu")?.focus();
    });
    offer.querySelector("[data-draft-restore]").addEventListener("click", () => {
      const form = document.createElement("form");
      form.method = "post";
      form.action = location.pathname;
      const token = document.querySelector("main [name=csrfmiddlewaretoken]").value;
      for (const [name, value] of [...draft.pairs, ["csrfmiddlewaretoken", token]]) {
        const field = document.createElement("textarea");
        field.name = name;
        field.value = value;
        form.append(field);
      }
      form.hidden = true;
      document.body.append(form);
      form.submit();
    });
  });
})();
