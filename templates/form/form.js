// Without this file the form works by its buttons alone. With it: what is typed is saved by itself, and what is found is
// shown where it belongs.
"use strict";

const state = document.getElementById("state");
const form = document.querySelector("form[data-live]");
const say = (words) => { if (state.textContent !== words) state.textContent = words; };

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const signs = { error: "To put right:", warning: "To look at:", info: "To know:" };

function remark(severity, words, why, code, answer) {
  const line = element("p", `remark ${severity}`);
  line.append(element("span", "sign", signs[severity]), ` ${words}`);
  if (!why) return [line];
  const details = element("details", "why");
  const summary = element("summary", "", "Why is this asked? ");
  summary.append(element("span", "code", code));
  details.append(summary, element("p", "", why));
  if (answer) {
    const link = element("a", "", "It was considered: answer it");
    link.href = answer;
    const line = element("p");
    line.append(link);
    details.append(line);
  }
  return [line, details];
}

let late = null;
document.addEventListener("focusout", () => setTimeout(() => {
  const answer = late;
  late = null;
  if (answer) show(answer);
}));

function show(answer) {
  const unread = new Map(answer.unread);
  const conflicts = new Map(answer.conflicts);
  for (const place of form.querySelectorAll(".remarks")) {
    const path = place.dataset.for;
    const parts = [];
    for (const [at, found] of answer.remarks) {
      if (at === path) parts.push(...remark(found.severity, `${found.message}. ${found.help}`, found.why, found.code, found.answer));
    }
    if (unread.has(path)) {
      const line = element("p", "remark error");
      line.append(element("span", "sign", "Not saved:"), ` ${unread.get(path)}`);
      parts.push(line);
    }
    if (conflicts.has(path)) {
      const line = element("p", "remark error");
      line.append(element("span", "sign", "Not saved:"), " somebody else has changed this meanwhile. In the record now: ");
      line.append(element("span", "exact", conflicts.get(path) || "(empty)"), ". Press “Save and stay” to see both, and decide.");
      parts.push(line);
    }
    // What stays the same stays as it is: a reader of the screen is not told again.
    const plain = (text) => text.replace(/\s+/g, "");
    const same = plain(place.textContent) === plain(parts.map((part) => part.textContent).join(""));
    if (same) continue;
    // Nobody loses the place where the keyboard is: it changes when the keyboard has left.
    if (place.contains(document.activeElement)) late = answer;
    else place.replaceChildren(...parts);
  }
  say(unread.size || conflicts.size ? "Not everything is saved: see above." : "Saved.");
}

if (form) {
  let timer = 0;
  let sent = new URLSearchParams(new FormData(form)).toString();
  let waiting = false;
  let again = false;
  const body = () => new URLSearchParams(new FormData(form));
  const answers = (of) => { for (const own of ["digest", "turn"]) of.delete(own); return of.toString(); };
  const isNew = () => answers(body()) !== answers(new URLSearchParams(sent));
  // Saves may overtake one another on the way: each has its number.
  let turn = Number(form.elements.turn.value);
  const number = () => { turn += 1; form.elements.turn.value = turn; };
  async function save(leaving) {
    clearTimeout(timer);
    if (!isNew()) return;
    if (waiting && !leaving) { again = true; return; }
    number();
    const now = body();
    waiting = true;
    say("Saving …");
    try {
      const response = await fetch(form.action, { method: "POST", body: now, headers: { "X-Live": "1" }, keepalive: leaving });
      if (!response.ok || !response.headers.get("content-type").startsWith("application/json")) throw new Error("refused");
      const answer = await response.json();
      for (const one of document.querySelectorAll("input[name=digest]")) one.value = answer.digest;
      late = null;
      show(answer);
      sent = now.toString();
      draw();
    } catch {
      say("Not saved. Is handover still running? Press “Save and stay”.");
    }
    waiting = false;
    if (again) { again = false; save(false); }
  }
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => save(false), 300); });
  form.addEventListener("change", () => save(false));
  // What a button sends need not be sent by the page as well.
  let isSent = false;
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && !isSent) save(true); });
  window.addEventListener("pageshow", () => { isSent = false; });
  form.addEventListener("submit", () => { clearTimeout(timer); number(); isSent = true; setTimeout(() => { isSent = false; }, 5000); });
}

// The family is drawn anew when something about it is saved.
async function draw() {
  const place = document.getElementById("drawing");
  if (!place) return;
  const response = await fetch(place.dataset.from);
  if (!response.ok) return;
  const drawn = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("figure");
  if (drawn) place.replaceChildren(document.importNode(drawn, true));
}

// A question that is led to is opened.
function opened() {
  const wanted = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = wanted; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (wanted) wanted.scrollIntoView();
}
window.addEventListener("hashchange", opened);
opened();

// The sums of a year in the register, as one types.
const figure = (name) => form && form.querySelector(`[name^="attendance.periods["][name$="].${name}"]`);
const year = ["possible", "attended", "authorised", "unauthorised"].map(figure);
if (year.every(Boolean)) {
  const sum = element("p", "sum");
  sum.setAttribute("role", "status");
  year[3].closest("fieldset, form").append(sum);
  const belowLine = document.getElementById("below-line");
  const number = (field) => Number(field.value.replace(/[,\s]/g, ""));
  const add = () => {
    const [possible, attended, authorised, unauthorised] = year.map(number);
    const all = attended + authorised + unauthorised;
    if (!possible || Number.isNaN(all)) { sum.textContent = ""; return; }
    // Cut, not rounded: 84.97 is not 85.
    const percent = (Math.floor((attended / possible) * 1000) / 10).toFixed(1);
    const fits = all === possible ? "The sums agree." : `Attended and absent are ${all} together, and ${possible} were possible.`;
    sum.textContent = `Attendance: ${percent} %. ${fits}`;
    if (belowLine) belowLine.hidden = attended * 100 >= possible * 85;
  };
  form.addEventListener("input", add);
  add();
}

const drop = document.getElementById("drop");
if (drop) {
  const stop = (event) => { event.preventDefault(); };
  document.addEventListener("dragover", (event) => { stop(event); drop.classList.add("over"); });
  document.addEventListener("dragleave", () => drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    stop(event);
    drop.classList.remove("over");
    if (event.dataTransfer.files.length === 1) {
      drop.elements.file.files = event.dataTransfer.files;
      drop.submit();
    }
  });
}
