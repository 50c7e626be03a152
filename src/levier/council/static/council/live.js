// The screen that holds a sitting: the keyboard, and no entry lost. Works without this file too.
// Each entry travels with a key: sent again after a lost answer, the server stores it once. What is
// typed and not stored yet is kept in this browser, and so is an entry whose answer never came.
(() => {
  "use strict";
  const KEPT_DAYS = 7;
  const FIRST_WAIT = 1500;
  const LONGEST_WAIT = 10000;
  const ANSWER_WITHIN = 15000;
  const OF_THE_PAGE = new Set(["csrfmiddlewaretoken", "geste", "key", "version", "item", "called", "shown"]);
  const FOR_THE_PERSON = 2 ** 30;
  const NO_ANSWER =
    "Pas de réponse du serveur. Votre saisie est gardée et renvoyée sans cesse ; elle ne sera enregistrée qu’une fois.";
  const NOT_KNOWN =
    "Le serveur n’a pas pris cette saisie. Reconnectez-vous dans un autre onglet si besoin, puis renvoyez-la : elle est gardée ici.";
  const LETTERS_OFF = "levier.letters-off";

  const screen = () => document.getElementById("tenue");
  if (!screen()) return;
  const storeName = `levier.draft.${screen().dataset.store}`;

  // ---------------------------------------------------------------- what this browser keeps
  let isSignedOut = false;
  let memory = { at: 0, forms: {}, pending: {} };
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(storeName));
      if (kept && Date.now() - kept.at < KEPT_DAYS * 86400000) memory = kept;
    } catch {
      // The browser keeps nothing: the page itself still holds what is typed.
    }
    return memory;
  };
  const write = (change) => {
    if (isSignedOut) return;
    const kept = read();
    change(kept);
    kept.at = Date.now();
    memory = kept;
    try {
      if (Object.keys(kept.forms).length || Object.keys(kept.pending).length) {
        localStorage.setItem(storeName, JSON.stringify(kept));
      } else {
        localStorage.removeItem(storeName);
      }
    } catch {
      // Storage refused or full.
    }
  };
  document.addEventListener("levier:signed-out", () => {
    isSignedOut = true;
  });
  window.addEventListener("storage", (event) => {
    if (event.key === "levier.signed-out") isSignedOut = true;
    // Erased by the sign-in page after a session that ended: this page still holds it.
    const holds = Object.keys(memory.forms).length || Object.keys(memory.pending).length;
    if (event.key === storeName && event.newValue === null && holds && !isSignedOut) {
      const held = memory;
      write((kept) => Object.assign(kept, held));
    }
  });

  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && !OF_THE_PAGE.has(field.name) && field.type !== "submit");
  const typedIn = (form) =>
    fieldsOf(form)
      .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
      .map((field) => [field.name, field.value]);
  const isAsRendered = (form) =>
    fieldsOf(form).every((field) => {
      if (["radio", "checkbox"].includes(field.type)) return field.checked === field.defaultChecked;
      if (field.tagName === "SELECT") {
        const chosen = [...field.options].find((option) => option.defaultSelected) || field.options[0];
        return !chosen || field.value === chosen.value;
      }
      return field.value === field.defaultValue;
    });
  const keepForm = (form) =>
    write((kept) => {
      if (isAsRendered(form)) delete kept.forms[form.dataset.draft];
      else kept.forms[form.dataset.draft] = typedIn(form);
    });
  const restoreForms = () => {
    const { forms } = read();
    document.querySelectorAll("#tenue form[data-draft]").forEach((form) => {
      const pairs = forms[form.dataset.draft];
      if (!pairs) return;
      const values = new Map();
      pairs.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
      fieldsOf(form).forEach((field) => {
        const own = values.get(field.name) || [];
        if (["radio", "checkbox"].includes(field.type)) field.checked = own.includes(field.value);
        else if (own.length) field.value = own[0];
      });
      if (isAsRendered(form)) return;
      const details = form.closest("details");
      if (details && !document.querySelector("#tenue details.live-act[open]")) details.open = true;
      const note = form.querySelector("[data-draft-note]");
      if (note) note.hidden = false;
    });
  };
  let waiting = 0;
  const keepSoon = (event) => {
    const form = event.target.closest?.("#tenue form[data-draft]");
    if (!form) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => form.isConnected && keepForm(form), 250);
  };
  document.addEventListener("input", keepSoon);
  document.addEventListener("change", keepSoon);

  // ---------------------------------------------------------------- telling
  const announce = (text) => {
    const place = document.getElementById("annonce");
    place.textContent = "";
    setTimeout(() => {
      place.textContent = text;
    }, 50);
  };
  const alarm = (text) => {
    const box = document.getElementById("alerte");
    box.hidden = !text;
    if (text) box.querySelector("[data-alert-text]").textContent = text;
  };

  // ---------------------------------------------------------------- sending
  let isBusy = false;
  let wakeUp = () => {};
  const pause = (delay) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, delay);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";
  const fragmentIn = (html) => {
    const box = document.createElement("template");
    box.innerHTML = html;
    return box.content.querySelector("#tenue");
  };

  // The screen as it now stands; null where the server answers something else, such as its sign-in
  // page; undefined where it does not answer.
  const ask = async (pairs) => {
    try {
      const answer = await fetch(location.pathname, {
        method: "POST",
        body: new URLSearchParams(pairs),
        headers: { "HX-Request": "true", "X-CSRFToken": decodeURIComponent(token()) },
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
      if (answer.status >= 500) return undefined;
      return answer.type === "opaqueredirect" ? null : fragmentIn(await answer.text());
    } catch {
      return undefined;
    }
  };

  const send = async (pairs, draft) => {
    const key = new Map(pairs).get("key");
    isBusy = true;
    screen().setAttribute("aria-busy", "true");
    write((kept) => {
      kept.pending[key] = { pairs, draft };
    });
    let wait = FIRST_WAIT;
    try {
      for (;;) {
        const fragment = await ask(pairs);
        if (fragment) {
          settle(fragment, key, draft);
          return;
        }
        alarm(fragment === null ? NOT_KNOWN : NO_ANSWER);
        await pause(fragment === null ? FOR_THE_PERSON : wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      }
    } finally {
      isBusy = false;
      screen().removeAttribute("aria-busy");
    }
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-resend]")) wakeUp();
  });

  const settle = (fragment, key, draft) => {
    const isStored = fragment.dataset.status === "200";
    // What was typed elsewhere on the page goes over to the new one.
    document.querySelectorAll("#tenue form[data-draft]").forEach((form) => {
      if (form.dataset.draft !== draft && !isAsRendered(form)) keepForm(form);
    });
    clearTimeout(waiting);
    write((kept) => {
      delete kept.pending[key];
      if (isStored && draft) delete kept.forms[draft];
    });
    alarm("");
    screen().replaceWith(fragment);
    restoreForms();
    announce(fragment.dataset.announce);
    place(isStored);
  };

  const place = (isStored) => {
    if (!isStored) {
      const inPanel = document.querySelector("#tenue details.live-act[open]");
      const faulty = inPanel?.querySelector(".field--error :is(input, select, textarea)");
      const again = inPanel?.querySelector("button[type=submit]") || document.getElementById("refaire");
      const isOvertaken = screen().dataset.status === "409";
      (isOvertaken ? again : faulty || document.getElementById("refus"))?.focus();
      return;
    }
    // The roll to call, or the heading, from where a letter leads anywhere.
    const called = document.querySelector("#tenue .live-main > form .live-row input[type=radio]");
    (called || document.getElementById("affaire"))?.focus();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest("#tenue") || form.hasAttribute("data-plain")) return;
    event.preventDefault();
    if (isBusy) {
      announce("Un instant : la saisie précédente s’enregistre.");
      return;
    }
    const pairs = [...new FormData(form, event.submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
    send(pairs, form.dataset.draft || "");
  });

  // ---------------------------------------------------------------- keyboard
  const areLettersOff = () => {
    try {
      return localStorage.getItem(LETTERS_OFF) === "1";
    } catch {
      return false;
    }
  };
  const showSwitch = () => {
    const button = document.querySelector("[data-letters-switch]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(!areLettersOff()));
    button.textContent = `Raccourcis d’une lettre : ${areLettersOff() ? "coupés" : "actifs"}`;
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-letters-switch]")) return;
    try {
      localStorage.setItem(LETTERS_OFF, areLettersOff() ? "0" : "1");
    } catch {
      // Not kept: letters stay active.
    }
    showSwitch();
  });

  const isTyping = (element) =>
    element.matches?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
  const moveIn = (list, radio, step) => {
    const rows = [...list.querySelectorAll(".live-row")];
    const next = rows[rows.indexOf(radio.closest(".live-row")) + step];
    if (!next) return;
    (next.querySelector("input:checked") || next.querySelector("input[type=radio]")).focus();
  };
  const onRow = (event, list) => {
    const radio = event.target;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      moveIn(list, radio, event.key === "ArrowDown" ? 1 : -1);
      return true;
    }
    if (event.key === "Enter") {
      radio.form.requestSubmit(radio.form.querySelector("button[type=submit]"));
      return true;
    }
    const choices = new Map(list.dataset.rows.split(",").map((pair) => pair.split(":")));
    const value = choices.get(event.key.toUpperCase());
    if (!value) return false;
    const chosen = radio.closest(".live-row").querySelector(`input[value="${value}"]`);
    chosen.checked = true;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    chosen.focus();
    moveIn(list, chosen, 1);
    return true;
  };
  const goTo = (target) => {
    if (target.tagName !== "SUMMARY") {
      target.focus();
      target.scrollIntoView({ block: "nearest" });
      return;
    }
    const details = target.parentElement;
    document.querySelectorAll("#tenue details.live-act[open]").forEach((other) => {
      if (other !== details) other.open = false;
    });
    details.open = true;
    const first =
      details.querySelector(".live-row input:checked") ||
      details.querySelector("form :is(input:not([type=hidden]), select, textarea:not([tabindex='-1']))");
    (first || target).focus();
    if (first?.select && first.type !== "radio") first.select();
    details.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!event.target.closest?.("#tenue, body")) return;
    if (event.key === "Escape") {
      const details = event.target.closest("details.live-act[open]");
      if (!details) return;
      details.open = false;
      details.querySelector("summary").focus();
      return;
    }
    if (event.key === "Enter" && event.target.matches("#tenue select")) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (isTyping(event.target)) return;
    const list = event.target.matches("input[type=radio]") && event.target.closest("[data-rows]");
    if (list && onRow(event, list)) {
      event.preventDefault();
      return;
    }
    if (areLettersOff() || event.key.length !== 1 || event.target.closest(".top")) return;
    const letter = event.key.toLowerCase();
    const target = [...document.querySelectorAll("#tenue [data-letter]")].find(
      (one) => one.dataset.letter === letter && one.offsetParent !== null,
    );
    if (!target) return;
    event.preventDefault();
    goTo(target);
  });

  // ---------------------------------------------------------------- a page opened again
  const takeUp = async () => {
    for (const [key, { pairs, draft }] of Object.entries(read().pending)) {
      announce("Une saisie n’avait pas reçu de réponse : elle est renvoyée.");
      // Sent under the same key: stored already, it is only recognised.
      await send(pairs, draft || key);
    }
  };
  read();
  restoreForms();
  showSwitch();
  document.querySelector("#refus")?.focus();
  takeUp();
})();
