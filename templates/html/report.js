// The page works without this: it adds a filter, a search, keys, a theme of one's own and buttons to copy.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const one = (id) => document.getElementById(id);
  root.classList.add("scripted");

  // Theme: the system's, until somebody chooses. A page opened from a file may have no storage.
  const remembered = {
    get() { try { return localStorage.getItem("git-gate-theme"); } catch { return null; } },
    set(value) { try { localStorage.setItem("git-gate-theme", value); } catch { /* forgotten, then */ } },
  };
  const wear = (theme) => { if (theme === "dark" || theme === "light") root.dataset.theme = theme; };
  wear(remembered.get());
  one("theme")?.addEventListener("click", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    wear((root.dataset.theme || system) === "dark" ? "light" : "dark");
    remembered.set(root.dataset.theme);
  });

  // Filter and search. The text of a finding is read once, when it is first searched.
  const search = one("search");
  const findings = all("article.finding");
  const groups = all("#findings details.group:not(.waived)");
  const opened = new Set(groups.filter((group) => group.open));
  const texts = new Map();
  const text = (finding) => {
    if (!texts.has(finding)) {
      const about = finding.closest("details").querySelector("summary").textContent;
      texts.set(finding, `${about} ${finding.textContent}`.toLowerCase());
    }
    return texts.get(finding);
  };
  const asked = () => ({
    words: search.value.toLowerCase().split(/\s+/).filter(Boolean),
    severities: new Set(all("[name=severity]:checked").map((box) => box.value)),
    code: one("code").value,
    stream: one("stream").value,
  });
  const fits = (finding, wanted) =>
    wanted.severities.has(finding.dataset.severity) &&
    (!wanted.code || wanted.code === finding.dataset.code) &&
    (!wanted.stream || finding.dataset.streams.split(" ").includes(wanted.stream)) &&
    wanted.words.every((word) => text(finding).includes(word));
  const few = 60;
  const filter = () => {
    const wanted = asked();
    const fitting = findings.filter((finding) => fits(finding, wanted));
    const shown = new Set(fitting);
    const narrowed = fitting.length < findings.length;
    for (const finding of findings) finding.classList.toggle("hidden", !shown.has(finding));
    const full = new Set(fitting.map((finding) => finding.closest("details")));
    for (const group of groups) {
      group.classList.toggle("hidden", !full.has(group));
      group.open = narrowed && fitting.length <= few ? full.has(group) : opened.has(group);
    }
    one("found").textContent = narrowed ? `${fitting.length} of ${findings.length} findings` : "";
  };
  if (search) {
    let waiting = 0;
    search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
    search.form.addEventListener("submit", (event) => event.preventDefault());
    search.form.addEventListener("change", filter);
    one("unfold").addEventListener("click", () => {
      const open = groups.some((group) => !group.open && !group.classList.contains("hidden"));
      for (const group of groups) group.open = open;
      one("unfold").textContent = open ? "Fold all" : "Unfold all";
    });
  }
  const reset = () => {
    if (!search) return;
    search.form.reset();
    filter();
    document.activeElement.blur();
  };

  // Keys.
  const go = (step) => {
    const visible = findings.filter((finding) => !finding.classList.contains("hidden"));
    const here = visible.indexOf(document.activeElement.closest?.("article.finding"));
    const next = visible[Math.min(Math.max(here + step, 0), visible.length - 1)];
    if (!next) return;
    next.closest("details").open = true;
    next.scrollIntoView({ block: "nearest" }); // first: what is not laid out yet takes no focus
    next.focus({ preventScroll: true });
  };
  const fold = (event) => {
    const finding = document.activeElement;
    if (!finding.matches?.("article.finding")) return;
    event.preventDefault();
    const group = finding.closest("details");
    group.open = false;
    group.querySelector("summary").focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const within = document.activeElement;
    if (event.key === "Escape") return reset();
    if (within.matches?.("input, select, textarea")) return;
    const arrows = within.matches?.("article.finding");
    if (event.key === "/" && search) { event.preventDefault(); search.focus(); search.select(); }
    else if (event.key === "j" || (arrows && event.key === "ArrowDown")) { event.preventDefault(); go(1); }
    else if (event.key === "k" || (arrows && event.key === "ArrowUp")) { event.preventDefault(); go(-1); }
    else if (event.key === "Enter") fold(event);
  });

  // A link to something folded unfolds it.
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const aim = id && one(id);
    if (!aim) return;
    const folded = aim.closest("details");
    if (folded && !folded.open) { folded.open = true; aim.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Buttons to copy commands.
  if (navigator.clipboard) {
    for (const block of all("pre.shell")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(block.querySelector("code").textContent);
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
      block.append(button);
    }
  }

  // Paper shows what is folded, as long as that is readable.
  addEventListener("beforeprint", () => {
    if (findings.length > 200) return;
    for (const group of groups) group.open = true;
  });
})();
