// Parts of a page that follow by themselves: the server sends their HTML when it changes, and browsers reconnect by themselves.
"use strict";

for (const part of document.querySelectorAll("[data-live]")) {
  const events = new EventSource(part.dataset.live);
  events.addEventListener("part", (event) => {
    if (!part.contains(document.activeElement) || document.activeElement === part) {
      part.innerHTML = event.data;
      return;
    }
    // Whoever is in there with the keyboard stays where they are.
    const links = [...part.querySelectorAll("a, [tabindex]")];
    const position = links.indexOf(document.activeElement);
    part.innerHTML = event.data;
    part.querySelectorAll("a, [tabindex]")[position]?.focus();
  });
  addEventListener("pagehide", () => events.close());
}
