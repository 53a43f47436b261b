// The chat page: conversations of this browser's session, answers piece by piece.
"use strict";

const at = (id) => document.getElementById(id);
const SESSION = "pipeline.chat.session";
let conversation = null;
let answering = null;

function session() {
  let id = localStorage.getItem(SESSION);
  if (!id) {
    id = crypto.randomUUID ? crypto.randomUUID() : String(Date.now());
    localStorage.setItem(SESSION, id);
  }
  return id;
}

async function json(path, options) {
  const reply = await fetch(path, options);
  if (!reply.ok) throw new Error((await reply.json()).error ?? `status ${reply.status}`);
  return reply.json();
}

function post(path, body, signal) {
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
}

function say(words) {
  at("state").textContent = words;
}

function bubble(role, text) {
  const item = document.createElement("li");
  item.className = role;
  const words = document.createElement("div");
  words.textContent = text;
  item.append(words);
  at("messages").append(item);
  at("empty").hidden = true;
  item.scrollIntoView({ block: "nearest" });
  return words;
}

function thumbs(words, question) {
  const tools = document.createElement("div");
  tools.className = "tools";
  for (const [thumb, sign, name] of [["up", "👍", "Good answer"], ["down", "👎", "Bad answer"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", async () => {
      const reply = await post("/feedback", { message: question, answer: words.textContent, thumb });
      say(reply.ok ? "Thank you; the next retraining hears of it." : "That could not be kept.");
      if (reply.ok) tools.remove();
    });
    tools.append(button);
  }
  words.parentElement.append(tools);
}

async function showConversations() {
  const list = await json(`/chat/session/${session()}/conversations`).catch(() => []);
  at("conversations").replaceChildren(
    ...list.map((one) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = one.title || "…";
      button.title = one.title;
      if (one.conversation_id === conversation) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => open(one.conversation_id));
      item.append(button);
      return item;
    }),
  );
  at("forget").hidden = conversation === null;
}

async function open(id) {
  if (answering) return;
  conversation = id;
  at("messages").replaceChildren();
  at("empty").hidden = id !== null;
  if (id !== null) {
    const history = await json(`/chat/history?conversation_id=${id}&limit=200`);
    let question = "";
    for (const message of history.messages) {
      const words = bubble(message.role, message.content);
      if (message.role === "user") question = message.content;
      else thumbs(words, question);
    }
  }
  await showConversations();
  at("question").focus();
}

// Asked apart from the page, since a server of vectors may be slow to answer, or absent.
async function showCollections() {
  const names = await json("/api/collections").catch(() => []);
  if (names.length === 0) return;
  at("filled").textContent = `may stay empty, or one of: ${names.join(", ")}`;
  at("collections").replaceChildren(
    ...names.map((name) => {
      const option = document.createElement("option");
      option.value = name;
      return option;
    }),
  );
}

// Server-sent events of one answer; EventSource cannot post.
async function* events(reply) {
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      const field = (name) =>
        lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length)).join("\n");
      yield { name: field("event:"), data: JSON.parse(field("data:")) };
    }
  }
}

function heard(event, words) {
  if (event.name === "queued") {
    conversation = event.data.conversation_id;
    say(event.data.position > 0
      ? `${event.data.position} before you, about ${event.data.wait_seconds} s`
      : "The model reads…");
  } else if (event.name === "piece") {
    say("");
    words.textContent += event.data.text;
  } else if (event.name === "done") {
    const done = event.data;
    say([`${done.tokens} tokens in ${done.seconds.toFixed(1)} s`, ...done.notes,
      ...done.sources.map((source) => source.source)].join(" · "));
  } else if (event.name === "error") {
    throw new Error([event.data.error, event.data.fix].filter(Boolean).join("; "));
  }
}

async function ask(question) {
  answering = new AbortController();
  at("send").disabled = true;
  at("stop").hidden = false;
  bubble("user", question);
  const words = bubble("assistant", "");
  try {
    const body = { query: question, session_id: session(), stream: true };
    if (conversation) body.conversation_id = conversation;
    if (at("collection")?.value) body.collection = at("collection").value;
    const reply = await post("/chat/query", body, answering.signal);
    if (!reply.ok) throw new Error((await reply.json()).error);
    for await (const event of events(reply)) heard(event, words);
    if (words.textContent) thumbs(words, question);
  } catch (trouble) {
    say(trouble.name === "AbortError" ? "Stopped." : trouble.message);
    if (!words.textContent) words.parentElement.remove();
  } finally {
    answering = null;
    at("send").disabled = false;
    at("stop").hidden = true;
    await showConversations();
  }
}

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = at("question").value.trim();
  if (!question || answering) return;
  at("question").value = "";
  ask(question);
});
at("question").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    at("ask").requestSubmit();
  }
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") answering?.abort();
});
at("stop").addEventListener("click", () => answering?.abort());
at("new").addEventListener("click", () => open(null));
at("forget").addEventListener("click", async () => {
  await fetch(`/chat/history?conversation_id=${conversation}`, { method: "DELETE" });
  await open(null);
});
showCollections();
open(null).then(() => {
  at("talk").dataset.ready = "";
});
