// What is wrong with the page that is open, a sentence each; an empty list where nothing is. Runs in the page itself, so
// that it judges what the browser made of markup and style. Figures are those of WCAG 2.2, level AA.
const [width] = arguments;
const TEXT_CONTRAST = 4.5;
const LARGE_TEXT_CONTRAST = 3;
const PART_CONTRAST = 3;
const LARGE = 24;
const LARGE_BOLD = 18.66;
const TARGET = 24;
const findings = [];

const name = (element) =>
  `<${element.tagName.toLowerCase()}${element.id ? ` id=${element.id}` : ""} class="${element.getAttribute("class") ?? ""}">` +
  ` "${(element.textContent ?? "").trim().slice(0, 40)}"`;
const shown = (element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
const unseen = (element) => element.closest(".hidden, .skip:not(:focus)") !== null;

// --- Colours --------------------------------------------------------------------------------------

const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
function rgba(colour) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return { red, green, blue, alpha: alpha / 255 };
}
const over = (top, below) => ({
  red: top.red * top.alpha + below.red * (1 - top.alpha),
  green: top.green * top.alpha + below.green * (1 - top.alpha),
  blue: top.blue * top.alpha + below.blue * (1 - top.alpha),
  alpha: 1,
});
function background(element) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((below, top) => over(top, below), rgba(matchMedia("(prefers-color-scheme: dark)").matches ? "black" : "white"));
}
function luminance({ red, green, blue }) {
  const linear = [red, green, blue].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}
function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function lookAtText() {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || !shown(element) || unseen(element) || element.closest(":disabled, noscript, script, title")) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= LARGE || (size >= LARGE_BOLD && parseInt(style.fontWeight) >= 700);
    const behind = background(element);
    const ratio = contrast(over(rgba(element.closest("svg") ? style.fill : style.color), behind), behind);
    if (ratio < (large ? LARGE_TEXT_CONTRAST : TEXT_CONTRAST)) findings.push(`contrast ${ratio.toFixed(2)} of ${name(element)}`);
  }
}

function lookAtCurves() {
  for (const curve of document.querySelectorAll("svg .curve")) {
    const behind = background(curve.closest("figure") ?? document.body);
    const ratio = contrast(over(rgba(getComputedStyle(curve).stroke), behind), behind);
    if (ratio < PART_CONTRAST) findings.push(`contrast ${ratio.toFixed(2)} of the curve ${curve.getAttribute("class")}`);
  }
}

// --- Widths and targets ---------------------------------------------------------------------------

function lookAtWidth() {
  const wide = document.scrollingElement.scrollWidth;
  if (wide > width) {
    const culprits = [...document.body.querySelectorAll("*")].filter(
      (element) => shown(element) && !unseen(element) && element.getBoundingClientRect().right > width + 1 && !element.closest(".scroll *, pre *"),
    );
    findings.push(`${wide} pixels wide, of ${width}: ${culprits.slice(0, 3).map(name).join(", ")}`);
  }
}

// A link within a sentence may be as high as its line.
const isInSentence = (element) =>
  element.tagName === "A" && [...element.parentNode.childNodes].some((other) => other.nodeType === Node.TEXT_NODE && other.data.trim());

function lookAtTargets() {
  for (const target of document.querySelectorAll("a, button, input, textarea, select, summary")) {
    if (!shown(target) || unseen(target) || target.type === "hidden" || isInSentence(target)) continue;
    const box = (target.matches("label input") ? target.closest("label") : target).getBoundingClientRect();
    if (box.height < TARGET || box.width < TARGET)
      findings.push(`a target of ${box.width.toFixed(0)} by ${box.height.toFixed(0)} pixels: ${name(target)}`);
  }
}

// --- Structure ------------------------------------------------------------------------------------

function lookAtStructure() {
  if (!document.documentElement.lang) findings.push("the page has no language");
  if (!document.title.trim()) findings.push("the page has no title");
  for (const landmark of ["main", "h1"]) {
    const count = [...document.querySelectorAll(landmark)].filter(shown).length;
    if (count !== 1) findings.push(`${count} of ${landmark}`);
  }
  let level = 1;
  for (const heading of [...document.querySelectorAll("h1, h2, h3, h4")].filter(shown)) {
    const now = Number(heading.tagName[1]);
    if (now > level + 1) findings.push(`a heading skips a level: ${name(heading)}`);
    level = now;
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) findings.push(`two have the id ${id}`);
  for (const [attribute, kind] of [["aria-labelledby", "label"], ["for", "field"]])
    for (const element of document.querySelectorAll(`[${attribute}]`))
      if (!document.getElementById(element.getAttribute(attribute))) findings.push(`no ${kind} for ${name(element)}`);
}

function lookAtNames() {
  for (const field of document.querySelectorAll("input, textarea, select")) {
    if (field.type !== "hidden" && !field.labels?.length && !field.getAttribute("aria-label")) findings.push(`no label for ${name(field)}`);
  }
  for (const one of document.querySelectorAll("a, button, summary")) {
    if (!one.textContent.trim() && !one.getAttribute("aria-label")) findings.push(`no words for ${name(one)}`);
  }
  for (const picture of document.querySelectorAll("img:not([alt]), svg[role=img]:not([aria-label])")) findings.push(`no words for ${name(picture)}`);
  for (const nav of document.querySelectorAll("nav")) if (!nav.getAttribute("aria-label")) findings.push("a navigation has no name");
  // What scrolls must be reached without a mouse.
  for (const box of document.querySelectorAll("body *")) {
    const scrolls = /auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1;
    if (shown(box) && scrolls && box.tabIndex < 0 && !box.querySelector("a, button")) findings.push(`nobody can scroll ${name(box)}`);
  }
}

// A colour that is on its way to another is neither.
document.getAnimations().forEach((animation) => animation.finish());
lookAtWidth();
lookAtText();
lookAtCurves();
lookAtTargets();
lookAtStructure();
lookAtNames();
return findings;
