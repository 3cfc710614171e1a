// What is shown of it.

const page = (id) => document.getElementById(id);
let language = "tr";
let report = null;
let played = null;

function element(kind, text = "", className = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

// As each language is written in papers: 29.11.2026 14:05:09, 29 Nov 2026, 14:05:09.
const LOCALES = { tr: "tr-TR", en: "en-GB" };
const DATES = { tr: "short", en: "medium" };

function timeIn(zone) {
  const options = { dateStyle: DATES[language], timeStyle: "medium", timeZone: zone };
  let format;
  try {
    format = new Intl.DateTimeFormat(LOCALES[language], options);
  } catch {
    format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: "UTC" });
  }
  return (at) => {
    const moment = new Date(at ?? NaN);
    return Number.isNaN(moment.getTime()) ? "–" : format.format(moment);
  };
}

// A day that belongs to no hour: "2026-11-20".
function day(text) {
  const moment = new Date(text);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(moment.getTime())) return text;
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: DATES[language], timeZone: "UTC" }).format(moment);
}

const worded = (words, code) => (Object.hasOwn(words, code) ? words[code] : String(code));

// Never "-0,0": a hair below nothing is nothing.
const decimal = (number) => (Math.round(number * 10) / 10 || 0).toLocaleString(LOCALES[language], { minimumFractionDigits: 1 });

function show() {
  const words = WORDS[language];
  document.documentElement.lang = language;
  document.title = words.title;
  for (const id of ["title", "lead", "chooseFolder", "chooseFiles", "chooseHint", "other"]) {
    page(id).textContent = words[id];
  }
  const result = page("result");
  result.replaceChildren();
  if (!report) return;
  const time = timeIn(report.manifest?.zone ?? "UTC");
  result.append(verdict(words, time));
  if (!report.manifest) return;
  try {
    const cameras = report.manifest.cameras.map((camera) => cameraPart(camera, words, time));
    result.append(signer(words, time), facts(words, time), ...cameras);
  } catch {
    blame(report, MANIFEST, "changed"); // signed, and yet not what a manifest is
    result.replaceChildren(verdict(words, time));
  }
}

const typedDigits = () => report.typed.toLowerCase().replace(/[\s\u200b:.-]/g, "");

// What somebody typed from the minutes beside the signer's fingerprint: "same", "different", or "open" up to its end.
function comparison() {
  const typed = typedDigits();
  if (typed === report.signer.fingerprint) return "same";
  return report.signer.fingerprint.startsWith(typed) ? "open" : "different";
}

// "unchecked", "unsound", "open" or "sound": only the minutes can say whose signature it is.
function verdictState() {
  if (report.problems.length) return "unsound";
  if (report.obstacle) return "unchecked";
  return { same: "sound", different: "unsound", open: "open" }[comparison()];
}

function verdict(words, time) {
  const state = verdictState();
  const box = element("section", "", `verdict ${state}`);
  box.append(element("h2", words[state]));
  if (state === "unchecked") box.append(element("p", report.obstacle(words)));
  if (state === "open") box.append(element("p", words.openHint));
  if (state === "unsound") {
    const problems = report.problems.map((problem) => problem(words, time));
    box.append(list(problems.length ? problems : [words.otherCertificate]));
  } else if (report.notes.length) {
    box.append(element("h3", words.notes), list(report.notes.map((note) => note(words, time))));
  }
  return box;
}

function list(sentences) {
  const made = element("ul");
  made.append(...sentences.map((sentence) => element("li", sentence)));
  return made;
}

function described(pairs) {
  const made = element("dl");
  for (const [name, value] of pairs) made.append(element("dt", name), element("dd", value));
  return made;
}

function signer(words, time) {
  const box = element("section");
  const { name, fingerprint, at } = report.signer;
  const spaced = fingerprint.match(/.{4}/g).join(" ");
  const rows = [[words.signedBy, name], [words.signedAt, time(at)], [words.fingerprint, spaced]];
  const label = element("label", words.compare);
  const field = element("input");
  field.id = "minutes";
  field.autocomplete = "off";
  field.spellcheck = false;
  field.value = report.typed;
  const said = element("p");
  said.setAttribute("role", "status");
  const say = () => {
    const state = comparison();
    said.textContent = state === "open" ? compareHint(words, fingerprint) : words[state];
    said.className = state;
  };
  field.addEventListener("input", () => {
    report.typed = field.value;
    const [before, now] = [document.querySelector(".verdict"), verdict(words, time)];
    if (before.className !== now.className) before.replaceWith(now); // it is read out when it changes
    say();
  });
  say();
  label.append(field);
  box.append(label, said, described([...rows, ...stampRows(words, time)]));
  return box;
}

function compareHint(words, fingerprint) {
  const typed = typedDigits();
  return typed ? words.compareMore(fingerprint.length - typed.length) : words.compareHint;
}

function stampRows(words, time) {
  const { stamp } = report;
  if (!stamp) return [];
  if (stamp.state === "notAsked") return [[words.stamp, words.stampNotAsked]];
  if (stamp.state === "unchecked") return [[words.stamp, words.stampUnchecked]];
  if (stamp.state === "missing") return [[words.stamp, words.stampMissing(stamp.authority)]];
  return [[words.stamp, words.stampProven(time(stamp.at), stamp.name)], [words.stampFingerprint, stamp.fingerprint.match(/.{4}/g).join(" ")]];
}

function facts(words, time) {
  const { manifest } = report;
  const readable = { served_at: time, letter_date: day, authority_kind: (code) => worded(words.authorityKinds, code) };
  const told = Object.entries(manifest.request).map(([name, value]) => [
    worded(words.request, name),
    Object.hasOwn(readable, name) ? readable[name](value) : typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const own = [[words.package, manifest.package], [words.institution, manifest.institution], [words.madeAt, time(manifest.made_at)]];
  const box = element("section");
  box.append(described([...own, ...told]));
  return box;
}

function cameraPart({ camera, asked, given, missing, films }, words, time) {
  const box = element("section");
  box.append(element("h2", `${words.camera} ${camera.number} · ${camera.name}${camera.place ? ` · ${camera.place}` : ""}`));
  const table = element("table");
  const row = (kind, span, cause = "") => {
    const made = element("tr");
    made.append(element("th", kind), element("td", span ? `${time(span.start)} – ${time(span.end)}` : words.none), element("td", cause));
    table.append(made);
  };
  const rows = (kind, spans, causeOf = () => "") => {
    if (!spans.length) row(kind, null);
    for (const span of spans) row(kind, span, causeOf(span));
  };
  rows(words.asked, asked);
  rows(words.given, given);
  rows(words.missingTitle, missing, ({ cause, detail }) =>
    [worded(words.causes, cause), detail ? worded(words.details, detail) : ""].filter(Boolean).join(": "),
  );
  box.append(table, element("h3", words.films));
  for (const film of films) box.append(filmPart(film, words, time));
  const derived = derivedFilms(report.manifest).filter((one) => one.camera === camera.id);
  if (derived.length) box.append(element("h3", words.derivedTitle));
  for (const one of derived) box.append(derivedPart(one, words, time));
  return box;
}

function derivedPart(one, words, time) {
  const box = element("div", "", "film");
  const said = [words.derivedOf(one.original.file), words.masks(one.masks.length)];
  if (one.watermark) said.push(words.watermark(one.watermark));
  for (const { start, end } of one.undecoded) said.push(words.undecoded(time(start), time(end)));
  box.append(element("h4", one.file), element("p", said.join(" ")), element("p", `SHA-256 ${one.sha256}`, "digest"));
  addPlayer(box, one.file, words);
  return box;
}

function filmPart(film, words, time) {
  const box = element("div", "", "film");
  const said = [words.filmStarts(time(film.start))];
  if (film.before_asked_ms) said.push(words.early(decimal(film.before_asked_ms / 1000)));
  if (film.clock_offset_us) {
    const { least, most } = film.clock_offset_us;
    said.push(words.clockOffset(decimal(least / 1e6), decimal(most / 1e6)));
  }
  box.append(element("h4", film.file), element("p", said.join(" ")), element("p", `SHA-256 ${film.sha256}`, "digest"));
  addPlayer(box, film.file, words);
  return box;
}

function addPlayer(box, name, words) {
  const file = report.files.get(name);
  if (!file) return;
  const button = element("button", words.play);
  button.type = "button";
  button.addEventListener("click", () => playIn(box, button, file, words));
  box.append(button);
}

function playIn(box, button, file, words) {
  if (played) URL.revokeObjectURL(played);
  for (const other of document.querySelectorAll("video")) other.remove();
  played = URL.createObjectURL(file);
  const video = element("video");
  video.controls = true;
  video.addEventListener("error", () => video.replaceWith(element("p", words.unplayable)));
  video.src = played;
  button.before(video);
  video.play().catch(() => {}); // a browser that wants another click shows its own button
}

async function verifyPicked(event) {
  const picked = event.target.files;
  if (!picked.length) return;
  report = null;
  show();
  const inputs = document.querySelectorAll("input[type=file]");
  inputs.forEach((input) => (input.disabled = true));
  const state = page("state");
  try {
    report = await verifyPackage(picked, (name, share) => (state.textContent = WORDS[language].reading(name, share)));
    report.typed = "";
  } finally {
    state.textContent = "";
    inputs.forEach((input) => (input.disabled = false));
  }
  show();
  page("result").focus();
}

function start() {
  page("other").addEventListener("click", () => {
    language = language === "tr" ? "en" : "tr";
    show();
  });
  for (const id of ["folder", "files"]) page(id).addEventListener("change", verifyPicked);
  show();
  if (!sha256Works()) {
    for (const input of document.querySelectorAll("input[type=file]")) input.disabled = true;
    page("result").append(element("p", WORDS[language].broken, "verdict unsound"));
  }
}

start();
