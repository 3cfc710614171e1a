// The package's files, read in pieces; the verdict on them.

const CHUNK_BYTES = 4 << 20;
const MANIFEST = "manifest.json";
const SIGNATURE = "manifest.p7s";
const STAMP = "manifest.tsr";
const CHECKSUMS = "SHA256SUMS.txt";
const FORMAT = "nazar-export/1";

// What systems leave in folders they have shown, by how it begins, and how large it is at most: no place to hide a film.
const LEFT_BY_SYSTEMS = { ".DS_Store": "0000000142756431", "Thumbs.db": "d0cf11e0a1b11ae1", "desktop.ini": "" };
const APPLE_DOUBLE = "._"; // `._X` beside X: what macOS knows of X
const APPLE_BEGINNING = "00051607";
const LEFT_LIMIT_BYTES = 1 << 18;

// What was picked, by the name it has in the package: a chosen folder's own name falls away.
async function namedFiles(report, picked) {
  const files = new Map();
  for (const file of picked) {
    const path = file.webkitRelativePath || file.name;
    const name = file.webkitRelativePath ? path.split("/").slice(1).join("/") : path;
    if (files.has(name)) blame(report, name, "changed"); // picked from two places: nobody can say which is meant
    files.set(name, file);
  }
  const names = new Set([...files.keys()].flatMap((name) => name.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"))));
  for (const [name, file] of files) if (await isLeftBySystem(name, file, names)) files.delete(name);
  return files;
}

async function isLeftBySystem(name, file, names) {
  const folder = name.slice(0, name.lastIndexOf("/") + 1);
  const bare = name.slice(folder.length);
  const isAppleDouble = bare.startsWith(APPLE_DOUBLE) && names.has(folder + bare.slice(APPLE_DOUBLE.length));
  const beginning = Object.hasOwn(LEFT_BY_SYSTEMS, bare) ? LEFT_BY_SYSTEMS[bare] : isAppleDouble ? APPLE_BEGINNING : null;
  if (beginning === null || file.size > LEFT_LIMIT_BYTES) return false;
  return toHex(await wholeFile(file.slice(0, beginning.length / 2))) === beginning;
}

// Files that were picked one by one know no folder: each takes the place of the listed one with its name.
function placed(files, listed) {
  if ([...files.values()].some((file) => file.webkitRelativePath)) return files;
  const found = new Map(files);
  for (const { file } of listed) {
    const bare = file.split("/").pop();
    if (!found.has(file) && found.has(bare)) {
      found.set(file, found.get(bare));
      found.delete(bare);
    }
  }
  return found;
}

const wholeFile = async (file) => new Uint8Array(await file.arrayBuffer());

async function digestFile(file, progress) {
  const running = new Sha256();
  for (let at = 0; at < file.size; at += CHUNK_BYTES) {
    running.update(new Uint8Array(await file.slice(at, at + CHUNK_BYTES).arrayBuffer()));
    progress(Math.min(at + CHUNK_BYTES, file.size));
  }
  return toHex(running.digest());
}

const listedFiles = (manifest) => [...manifest.cameras.flatMap((camera) => camera.films), ...manifest.files];

// Copies with masks or words drawn in; one that could not be made has no file.
const derivedFilms = (manifest) => (manifest.derived ?? []).filter((one) => one.file !== null);

// Only what every reader reads alike is a manifest: UTF-8 without a mark, no name twice in an object.
function parseManifest(bytes) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const manifest = JSON.parse(text);
    const isReadAlike = manifest.format === FORMAT && namesIn(text) === namesOf(manifest);
    return isReadAlike && hasForm(manifest) && isClear(listedFiles(manifest)) ? manifest : null;
  } catch {
    return null;
  }
}

// How many names stand in a text of JSON, and how many were read: fewer when one stands twice in an object.
const namesIn = (text) => text.match(/"(?:[^"\\]|\\.)*"(?:\s*:)?/g).filter((token) => token.endsWith(":")).length;

function namesOf(value) {
  if (value === null || typeof value !== "object") return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum, one) => sum + namesOf(one), own);
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function hasForm({ request, cameras, files, damaged = [], derived = [] }) {
  const isCamera = ({ camera, asked, given, missing, films }) =>
    isObject(camera) && Number.isInteger(camera.number) && [asked, given, missing, films].every(Array.isArray);
  return isObject(request) && [cameras, files, damaged, derived].every(Array.isArray) && cameras.every(isCamera);
}

// Whether each listed file stands there once, with one size and one hash.
function isClear(listed) {
  const isPromise = ({ file, size_bytes, sha256 }) =>
    typeof file === "string" && Number.isSafeInteger(size_bytes) && size_bytes >= 0 && typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256);
  return listed.every(isPromise) && new Set(listed.map((one) => one.file)).size === listed.length;
}

// {problems, notes, obstacle, manifest, signer, files}; the first three are functions of the words. `obstacle`: why
// nothing can be said. Without problems the files agree with one another and with whoever signed them, no more.
async function verifyPackage(picked, progress) {
  const report = { problems: [], notes: [], obstacle: null, blamed: new Set(), digests: new Map(), manifest: null, signer: null, stamp: null };
  report.files = await namedFiles(report, picked);
  if (![MANIFEST, SIGNATURE, CHECKSUMS].some((name) => report.files.has(name))) {
    report.obstacle = (words) => words.notPackage;
    return report;
  }
  const proofs = await readProofs(report);
  const isSigned = await judgeSignature(report, proofs);
  if (isSigned) {
    report.manifest = parseManifest(proofs.get(MANIFEST));
    if (!report.manifest) blame(report, MANIFEST, "changed");
  }
  // Where the manifest or its signature was changed, the list of checksums still tells which other files are right.
  const listed = report.manifest ? listedFiles(report.manifest) : listedDigests(proofs.get(CHECKSUMS));
  report.files = placed(report.files, listed);
  await compareFiles(report, listed, progress);
  compareChecksums(report, proofs.get(CHECKSUMS));
  if (!isSigned && !report.problems.length && !report.obstacle) report.problems.push((words) => words.signature);
  if (report.manifest && !report.problems.length) await judgeStamp(report, proofs);
  if (report.manifest && !report.problems.length) {
    await judgeChain(report, report.manifest);
    noteDamageAndCopies(report, report.manifest);
  }
  return report;
}

async function readProofs(report) {
  const proofs = new Map();
  for (const name of [MANIFEST, SIGNATURE, STAMP, CHECKSUMS]) {
    const file = report.files.get(name);
    if (file) {
      proofs.set(name, await wholeFile(file));
      if (name !== CHECKSUMS) report.digests.set(name, toHex(sha256(proofs.get(name))));
    } else if (name !== STAMP) {
      blame(report, name, "missing");
    }
  }
  return proofs;
}

function blame(report, file, word) {
  if (report.blamed.has(file)) return;
  report.blamed.add(file);
  report.problems.push((words) => words[word](file));
}

async function compareFiles(report, listed, progress) {
  const names = new Set([...listed.map((one) => one.file), MANIFEST, SIGNATURE, STAMP, CHECKSUMS]);
  for (const name of report.files.keys()) if (!names.has(name)) blame(report, name, "unknown");
  const total = listed.reduce((sum, one) => sum + (report.files.get(one.file)?.size ?? 0), 0) || 1;
  let done = 0;
  for (const one of listed) {
    const file = report.files.get(one.file);
    report.digests.set(one.file, one.sha256); // so far: what is not here is no fault of the list
    if (!file) {
      blame(report, one.file, "missing");
      continue;
    }
    const digest = await digestFile(file, (bytes) => progress(one.file, Math.floor((100 * (done + bytes)) / total)));
    done += file.size;
    report.digests.set(one.file, digest);
    if (digest !== one.sha256 || file.size !== (one.size_bytes ?? file.size)) blame(report, one.file, "changed");
  }
}

const listText = (content) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);

// Names with digests, as far as the list can be read.
const readList = (text) => text.split("\n").filter((line) => line.slice(64, 66) === "  ").map((line) => [line.slice(66), line.slice(0, 64)]);

function listedDigests(content) {
  const proofs = new Set(["", MANIFEST, SIGNATURE, STAMP]);
  const found = new Map(readList(listText(content ?? new Uint8Array())).filter(([file]) => !proofs.has(file)));
  return [...found].map(([file, sha256]) => ({ file, sha256 }));
}

// A byte changed in the list shows as a digest that differs in a letter or two; a changed file's is another altogether.
function compareChecksums(report, content) {
  if (!content) return;
  const text = listText(content);
  const listed = new Map(readList(text));
  for (const name of [MANIFEST, SIGNATURE, STAMP]) {
    if (!listed.has(name) || report.digests.has(name)) continue;
    blame(report, name, "missing");
    report.digests.set(name, listed.get(name));
  }
  const names = [...report.digests.keys()].sort();
  const expected = names.map((name) => `${report.digests.get(name)}  ${name}\n`).join("");
  if (text === expected) return;
  const alike = (one, other) => [...one].filter((letter, index) => letter === other[index]).length;
  const changed = names.filter((name) => listed.has(name) && alike(listed.get(name), report.digests.get(name)) < 32);
  for (const name of changed.length ? changed : [CHECKSUMS]) blame(report, name, "changed");
}

// Whether the manifest can be believed.
async function judgeSignature(report, proofs) {
  if (!proofs.has(SIGNATURE) || !proofs.has(MANIFEST)) return false;
  if (!globalThis.crypto?.subtle) {
    report.obstacle = (words) => words.noCrypto;
    return false;
  }
  try {
    report.signer = await checkSignature(proofs.get(SIGNATURE), proofs.get(MANIFEST));
    return true;
  } catch {
    return false; // whatever a changed byte does to the structure, the sentence is the same
  }
}

// {state: "proven", name, fingerprint, at}, {state: "missing", authority}, {state: "notAsked"}, {state: "unchecked"}
async function judgeStamp(report, proofs) {
  const asked = report.manifest.time_stamp ?? null;
  if (!proofs.has(STAMP)) {
    if (asked === null) report.stamp = { state: "notAsked" };
    else if (!isObject(asked) || typeof asked.authority !== "string") blame(report, MANIFEST, "changed");
    else {
      report.stamp = { state: "missing", authority: asked.authority };
      report.notes.push((words) => words.stampMissing(asked.authority));
    }
    return;
  }
  try {
    report.stamp = { state: "proven", ...(await checkStamp(proofs.get(STAMP), proofs.get(SIGNATURE))) };
  } catch (error) {
    if (error instanceof Unknown || error instanceof DOMException) report.stamp = { state: "unchecked" };
    else report.problems.push((words) => words.stampBroken);
  }
}

function noteDamageAndCopies(report, manifest) {
  try {
    const notes = [...damageNotes(manifest), ...copyNotes(manifest)];
    report.notes.push(...notes);
  } catch {
    blame(report, MANIFEST, "changed"); // signed, and yet not what a manifest is
  }
}

function damageNotes(manifest) {
  return (manifest.damaged ?? []).map(({ file, camera, start, end }) => {
    if (![file ?? "", start, end].every((one) => typeof one === "string") || file === undefined) throw new Broken();
    if (file !== null) return (words, time) => words.damaged(file, time(start), time(end));
    const { number } = manifest.cameras.find((one) => one.camera.id === camera).camera;
    return (words, time) => words.damagedLost(number, time(start), time(end));
  });
}

// Which files are no originals, where what is told of them fits what is told of the files themselves.
function copyNotes(manifest) {
  const films = new Map(manifest.cameras.flatMap((one) => one.films).map((film) => [film.file, film.sha256]));
  const files = new Map(manifest.files.map((one) => [one.file, one.sha256]));
  for (const { file, sha256, original } of manifest.derived ?? []) {
    if (films.get(original.file) !== original.sha256) throw new Broken();
    if (file !== null && files.get(file) !== sha256) throw new Broken();
  }
  return derivedFilms(manifest).map(({ file, original }) => (words) => words.derived(file, original.file));
}
