// The package's files, read in pieces; the verdict on them.

const CHUNK_BYTES = 4 << 20;
const MANIFEST = "manifest.json";
const SIGNATURE = "manifest.p7s";
const STAMP = "manifest.tsr";
const CHECKSUMS = "SHA256SUMS.txt";

const LEFT_BY_SYSTEMS = /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/;

// What was picked, by the name it has in the package: a chosen folder's own name falls away.
function namedFiles(picked) {
  const files = new Map();
  for (const file of picked) {
    if (LEFT_BY_SYSTEMS.test(file.name)) continue;
    const path = file.webkitRelativePath || file.name;
    files.set(file.webkitRelativePath ? path.split("/").slice(1).join("/") : path, file);
  }
  return files;
}

// Files that were picked one by one know no folder: each takes the place of the listed one with its name.
function placed(files, listed) {
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

function parseManifest(bytes) {
  try {
    const manifest = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (manifest.format !== "nazar-export/1") return null;
    return listedFiles(manifest).every((one) => typeof one.file === "string") ? manifest : null;
  } catch {
    return null;
  }
}

// {problems, notes, manifest, signer, files}; problems and notes are functions of the words.
async function verifyPackage(picked, progress) {
  const report = { problems: [], notes: [], blamed: new Set(), digests: new Map(), manifest: null, signer: null, stamp: null };
  report.files = namedFiles(picked);
  if (!report.files.has(MANIFEST)) {
    report.problems.push((words) => words.notPackage);
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
  if (!isSigned && !report.problems.length) report.problems.push((words) => words.signature);
  if (report.manifest && !report.problems.length) await judgeStamp(report, proofs);
  if (report.manifest && !report.problems.length) {
    try {
      await addNotes(report, report.manifest);
    } catch {
      report.problems.push((words) => words.chainBroken); // signed, and yet not what a manifest is
    }
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

const readList = (text) => text.split("\n").map((line) => [line.slice(66), line.slice(0, 64)]);

function listedDigests(content) {
  const proofs = new Set(["", MANIFEST, SIGNATURE, STAMP]);
  const lines = readList(new TextDecoder().decode(content ?? new Uint8Array()));
  return lines.filter(([file]) => !proofs.has(file)).map(([file, sha256]) => ({ file, sha256 }));
}

// A byte changed in the list shows as a digest that differs in a letter or two; a changed file's is another altogether.
function compareChecksums(report, content) {
  if (!content) return;
  const text = new TextDecoder().decode(content);
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
  if (!proofs.has(SIGNATURE)) return false;
  if (!globalThis.crypto?.subtle) {
    report.problems.push((words) => words.noCrypto);
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
  const authority = report.manifest.time_stamp?.authority;
  if (!proofs.has(STAMP)) {
    report.stamp = authority === undefined ? { state: "notAsked" } : { state: "missing", authority: String(authority) };
    if (authority !== undefined) report.notes.push((words) => words.stampMissing(authority));
    return;
  }
  try {
    report.stamp = { state: "proven", ...(await checkStamp(proofs.get(STAMP), proofs.get(SIGNATURE))) };
  } catch (error) {
    if (error instanceof Broken) report.problems.push((words) => words.stampBroken);
    else report.stamp = { state: "unchecked" }; // of a kind that this page does not know
  }
}

async function addNotes(report, manifest) {
  const chain = await judgeChain(manifest);
  const claimed = manifest.chain.proofs.some((proof) => proof.state === "broken");
  const word = { proven: "chainProven", not_signed_yet: "chainUnsigned", unknown: "chainUnchecked" }[chain];
  if (word) report.notes.push((words) => words[word]);
  else if (claimed) report.notes.push((words) => words.chainBrokenThen);
  else report.problems.push((words) => words.chainBroken);
  for (const { file, original } of derivedFilms(manifest)) {
    report.notes.push((words) => words.derived(file, original.file));
  }
  for (const { file, start, end } of manifest.damaged) {
    report.notes.push((words, time) =>
      file ? words.damaged(file, time(start), time(end)) : words.damagedLost(time(start), time(end)),
    );
  }
}
