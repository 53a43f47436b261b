// Shows one item at a time and hands every change in at once. What the server did not acknowledge
// stays here and is tried again, so that a server that dies and comes back loses nothing.
"use strict";

const SIDES = ["left", "right"];
const CRITERIA = {
  tone: ["Tone", "Right for the supplier’s mood", "t"],
  grounding: ["Grounding", "Says nothing that message and context do not support", "g"],
  next_step: ["Next step", "Ends in one step the supplier can take", "s"],
};
const RATINGS = [1, 2, 3, 4, 5];
const TYPING_PAUSE = 400;
const RETRY = 500;
const LONGEST_RETRY = 4000;
const APPROVAL = "approval";

// Behind the #, so that browsers keep it to themselves: no request line or log ever holds it.
const token = location.hash.slice(1);
const byId = (id) => document.getElementById(id);

let items = [];
let opinions = {};
let approval = { state: "pending", reason: "" };
let current = 0;
let typing;

// --- Handing in -----------------------------------------------------------------------------------

/** What waits to be handed in: item id, or APPROVAL, to how often it changed. */
const waiting = new Map();
let sending = false;

function request(method, path, body) {
  return fetch(path, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

function handIn(key) {
  waiting.set(key, (waiting.get(key) ?? 0) + 1);
  tellSaved("saving", "Saving…");
  if (!sending) send();
}

async function send() {
  sending = true;
  let retry = RETRY;
  let refused = false;
  while (waiting.size > 0) {
    const [key, change] = waiting.entries().next().value;
    const outcome = await put(key);
    if (outcome === "failed") {
      tellSaved("waiting", "Not saved yet: the server does not answer. Keep this page open.");
      await new Promise((resume) => setTimeout(resume, retry));
      retry = Math.min(2 * retry, LONGEST_RETRY);
      continue;
    }
    retry = RETRY;
    refused ||= outcome === "refused";
    // What changed on the way is handed in once more.
    if (outcome === "refused" || waiting.get(key) === change) waiting.delete(key);
  }
  sending = false;
  if (!refused) tellSaved("saved", "All saved");
}

async function put(key) {
  try {
    const reply =
      key === APPROVAL
        ? await request("PUT", "api/approval", approval)
        : await request("PUT", `api/opinions/${key}`, opinions[key]);
    if (reply.ok) return "kept";
    if (reply.status >= 500) return "failed";
    tellSaved("refused", `Not saved: ${(await reply.json()).error}`);
    return "refused";
  } catch {
    return "failed";
  }
}

function tellSaved(state, words) {
  byId("saved").dataset.state = state;
  byId("saved").textContent = words;
}

addEventListener("beforeunload", (event) => {
  keepTyping();
  if (waiting.size > 0) event.preventDefault();
});

// --- Opinions -------------------------------------------------------------------------------------

const atEnd = () => current === items.length;
const item = () => items[current];
const opinion = () => (opinions[item().id] ??= { left: {}, right: {}, comment: "" });

function isComplete(id) {
  const said = opinions[id];
  return Boolean(said?.preference) && SIDES.every((side) => Object.keys(CRITERIA).every((name) => said[side][name]));
}

function prefer(side) {
  opinion().preference = side;
  changed();
}

function rate(side, criterion, rating) {
  opinion()[side][criterion] = rating;
  changed();
}

function approve(state) {
  approval.state = state;
  handIn(APPROVAL);
  mark();
}

function changed() {
  handIn(item().id);
  mark();
}

/** Takes over what stands in the text box, if it is new. */
function keepTyping() {
  clearTimeout(typing);
  if (items.length === 0) return;
  if (atEnd()) {
    if (byId("reason").value === approval.reason) return;
    approval.reason = byId("reason").value;
    if (approval.state !== "pending") handIn(APPROVAL);
  } else if (byId("comment").value !== (opinions[item().id]?.comment ?? "")) {
    opinion().comment = byId("comment").value;
    changed();
  }
}

// --- Showing --------------------------------------------------------------------------------------

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function go(to) {
  keepTyping();
  show(Math.max(0, Math.min(items.length, to)));
  document.querySelector("main:not([hidden]) h2").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function firstOpen() {
  const open = items.findIndex(({ id }) => !isComplete(id));
  return open < 0 ? items.length : open;
}

function show(index) {
  current = index;
  byId("item").hidden = atEnd();
  byId("end").hidden = !atEnd();
  if (atEnd()) {
    byId("reason").value = approval.reason;
  } else {
    byId("position").textContent = `Item ${current + 1} of ${items.length}`;
    byId("message").textContent = item().message;
    showContext(item().context);
    for (const side of SIDES) {
      const text = document.querySelector(`#${side} .text`);
      text.textContent = item()[side] || "This answer is empty.";
      text.classList.toggle("empty", !item()[side]);
    }
    byId("comment").value = opinions[item().id]?.comment ?? "";
  }
  mark();
}

/** "Key: value" lines are facts; what follows "Earlier:" is the conversation so far. */
function showContext(context) {
  const [head, earlier = ""] = context.split(/^Earlier:\n/m);
  byId("facts").replaceChildren(
    ...head.split("\n").filter(Boolean).map((line) => {
      const [, name, value] = line.match(/^([^:]{1,40}): (.*)$/) ?? [undefined, "", line];
      const row = element("div");
      row.append(element("dt", name), element("dd", value));
      return row;
    }),
  );
  byId("earlier").replaceChildren(
    ...earlier.split(/\n(?=Supplier: |Buyer: )/).filter(Boolean).map((turn) => element("li", turn)),
  );
}

/** Shows what was said: checked buttons, what is missing, how far it is. */
function mark() {
  const said = (!atEnd() && opinions[item().id]) || { left: {}, right: {} };
  for (const input of document.querySelectorAll("#item input[type=radio]")) {
    const { side, criterion } = input.dataset;
    input.checked = side ? String(said[side][criterion]) === input.value : said.preference === input.value;
  }
  for (const input of document.querySelectorAll("#approval input")) {
    input.checked = input.value === approval.state;
  }
  byId("missing").textContent = atEnd() ? "" : missing(said);
  const done = items.filter(({ id }) => isComplete(id)).length;
  byId("progress").max = items.length;
  byId("progress").value = done;
  byId("count").textContent = `${done} of ${items.length} finished`;
  byId("summary").textContent =
    done === items.length
      ? "Every item is finished. You can still go back and change your mind, or close this page."
      : `${items.length - done} of ${items.length} items are still open.`;
  [...byId("map").querySelectorAll("button")].forEach((button, index) => {
    const id = items[index]?.id;
    const state = id === undefined ? "" : isComplete(id) ? "finished" : opinions[id] ? "begun" : "open";
    button.dataset.state = state;
    button.setAttribute("aria-label", id === undefined ? "The end" : `Item ${index + 1}, ${state}`);
    if (index === current) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  });
}

function missing(said) {
  const open = Object.entries(CRITERIA)
    .filter(([name]) => SIDES.some((side) => !said[side][name]))
    .map(([, [label]]) => label.toLowerCase());
  if (!said.preference) open.unshift("preference");
  return open.length === 0 ? "Finished" : `Open: ${open.join(", ")}`;
}

function build() {
  for (const side of SIDES) {
    const article = byId("answer").content.cloneNode(true).firstElementChild;
    article.id = side;
    article.querySelector("h3").textContent = side === "left" ? "Left answer" : "Right answer";
    const rubric = article.querySelector(".rubric");
    for (const [name, [label, meaning, key]] of Object.entries(CRITERIA)) rubric.append(scale(side, name, label, meaning, key));
    byId("answers").append(article);
  }
  byId("map").append(
    ...[...items, undefined].map((one, index) => {
      const entry = element("li");
      const button = element("button", one ? String(index + 1) : "End", { type: "button" });
      button.addEventListener("click", () => go(index));
      entry.append(button);
      return entry;
    }),
  );
}

function scale(side, criterion, label, meaning, key) {
  const group = element("fieldset", undefined, { id: `${side}-${criterion}`, title: meaning });
  const legend = element("legend", `${label} `);
  legend.append(element("kbd", key), element("small", meaning));
  group.append(legend);
  const row = element("div", undefined, { class: "scale" });
  for (const rating of RATINGS) {
    const choice = element("label");
    const input = element("input", undefined, { type: "radio", name: group.id, value: rating, "aria-label": `${label} of the ${side} answer: ${rating} of 5` });
    Object.assign(input.dataset, { side, criterion });
    choice.append(input, element("span", String(rating)));
    row.append(choice);
  }
  group.append(row);
  return group;
}

// --- Keys and clicks ------------------------------------------------------------------------------

/** The rating a key would give now: a group of ratings that has the focus takes digits. */
function focusedScale() {
  return document.activeElement?.dataset?.criterion ? document.activeElement.dataset : undefined;
}

function focusScale(side, criterion) {
  const group = byId(`${side}-${criterion}`);
  (group.querySelector(":checked") ?? group.querySelector("input")).focus();
}

function digit(key) {
  const scaled = focusedScale();
  if (!scaled) {
    const side = { 1: "left", 2: "right", 0: "tie" }[key];
    if (side) prefer(side);
  } else if (RATINGS.includes(Number(key))) {
    const { side, criterion } = scaled;
    rate(side, criterion, Number(key));
    if (side === "left") focusScale("right", criterion);
    else document.activeElement.blur();
  }
}

const ITEM_KEYS = {
  ...Object.fromEntries(Object.entries(CRITERIA).map(([name, [, , key]]) => [key, () => focusScale("left", name)])),
  c: () => byId("comment").focus(),
  n: () => go(current + 1),
};
const END_KEYS = {
  a: () => approve("approved"),
  x: () => approve("rejected"),
  c: () => byId("reason").focus(),
};
const KEYS = {
  p: () => go(current - 1),
  o: () => go(firstOpen()),
  "?": () => byId("keys").showModal(),
};

function pressed(event) {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open || items.length === 0) return;
  if (key === "Escape") {
    document.activeElement.blur();
    return;
  }
  if (target.tagName === "TEXTAREA" || !byId("shortcuts").checked) return;
  if (/^\d$/.test(key) && !atEnd()) {
    digit(key);
    event.preventDefault();
    return;
  }
  const action = (atEnd() ? END_KEYS : ITEM_KEYS)[key.toLowerCase()] ?? KEYS[key.toLowerCase()];
  if (action) {
    action();
    // Or the key that opened a text box would be its first letter.
    event.preventDefault();
  }
}

function chosen({ target }) {
  if (target.name === "preference") prefer(target.value);
  else if (target.name === "approval") approve(target.value);
  else if (target.dataset.criterion) rate(target.dataset.side, target.dataset.criterion, Number(target.value));
}

function listen() {
  document.addEventListener("keydown", pressed);
  document.addEventListener("change", chosen);
  // A mouse leaves no focus behind, or the next digit would be a rating.
  document.addEventListener("click", ({ target, detail }) => {
    if (detail > 0 && target.type === "radio") target.blur();
  });
  for (const id of ["comment", "reason"]) {
    byId(id).addEventListener("blur", keepTyping);
    byId(id).addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(keepTyping, TYPING_PAUSE);
    });
  }
  byId("previous").addEventListener("click", () => go(current - 1));
  byId("back").addEventListener("click", () => go(current - 1));
  byId("next").addEventListener("click", () => go(current + 1));
  byId("open").addEventListener("click", () => go(firstOpen()));
  byId("help").addEventListener("click", () => byId("keys").showModal());
}

async function start() {
  try {
    const reply = await request("GET", "api/review");
    const review = await reply.json();
    if (!reply.ok) throw new Error(review.error);
    ({ items, opinions } = review);
    approval = { state: review.approval?.state ?? "pending", reason: review.approval?.reason ?? "" };
    byId("reviewer").textContent = review.reviewer;
    build();
    listen();
    tellSaved("saved", "All saved");
    show(firstOpen());
  } catch (error) {
    byId("reason-of-trouble").textContent = error.message;
    byId("trouble").hidden = false;
  }
}

start();
