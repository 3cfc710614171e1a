// The archive's own chain: each segment's link follows from the one before, up to a link that the recorder signed.

const CHAIN_FIELDS_BYTES = 24;

const CHAIN_WORDS = { broken: "chainBrokenThen", unknown: "chainUnchecked", not_signed_yet: "chainUnsigned", proven: "chainProven" };

// Notes what of each camera is proven; a proof that does not hold is a problem unless the manifest itself says so of it.
async function judgeChain(report, manifest) {
  try {
    for (const [state, numbers] of await judgeProofs(manifest)) {
      const cameras = [...numbers].sort((one, other) => one - other).join(", ");
      report.notes.push((words) => words[CHAIN_WORDS[state]](cameras));
    }
  } catch {
    report.problems.push((words) => words.chainBroken); // or it is not what a chain is
  }
}

// Numbers of cameras by state: "broken" (when the footage was given), "unknown" (the browser knows no Ed25519),
// "not_signed_yet", "proven". Throws Broken.
async function judgeProofs(manifest) {
  if (!/^[0-9a-f]{64}$/.test(manifest.node_public_key)) throw new Broken();
  const key = await nodeKey(fromHex(manifest.node_public_key));
  const named = new Map(manifest.cameras.map(({ camera }) => [[camera.id, camera.stream].join(), camera.number]));
  const states = new Map(Object.keys(CHAIN_WORDS).map((state) => [state, new Set()]));
  const known = new Map();
  for (const proof of manifest.chain.proofs) {
    const stream = [proof.camera, proof.stream].join();
    const links = followLinks(proof);
    const state = links ? await judgeSigned(proof, links, manifest.chain.checkpoints, key) : "broken";
    if (!named.has(stream) || (state === "broken" && proof.state !== "broken")) throw new Broken();
    states.get(state).add(named.get(stream));
    for (const [sequence, , , sha256Hex, link] of proof.links) {
      known.set([proof.volume, stream, sequence].join(), sha256Hex + link);
    }
  }
  for (const { camera, films } of manifest.cameras) {
    for (const one of films.flatMap((film) => film.segments)) {
      const place = [one.volume, camera.id, camera.stream, one.sequence].join();
      if (one.sha256 === null) states.get("not_signed_yet").add(camera.number); // it was not closed
      else if (known.get(place) !== one.sha256 + one.link) throw new Broken();
    }
  }
  return [...states].filter(([, numbers]) => numbers.size);
}

async function nodeKey(raw) {
  try {
    return await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null;
  }
}

// Links by sequence; null when one does not follow.
function followLinks(proof) {
  const stream = new TextEncoder().encode(`${proof.stream}\0`);
  const camera = fromHex(proof.camera.replaceAll("-", ""));
  const found = new Map();
  let previous = proof.previous === null ? null : fromHex(proof.previous);
  let expected = null;
  for (const [sequence, start, end, sha256Hex, link] of proof.links) {
    if (expected !== null && sequence !== expected) return null;
    if (previous !== null) {
      const fields = new DataView(new ArrayBuffer(CHAIN_FIELDS_BYTES));
      [sequence, start, end].forEach((number, index) => fields.setBigInt64(8 * index, BigInt(number)));
      const running = new Sha256().update(previous).update(fromHex(sha256Hex)).update(camera).update(stream);
      if (toHex(running.update(new Uint8Array(fields.buffer)).digest()) !== link) return null;
    }
    found.set(sequence, link);
    previous = fromHex(link);
    expected = sequence + 1;
  }
  return found;
}

async function judgeSigned(proof, links, checkpoints, key) {
  if (proof.checkpoint === null) return "not_signed_yet";
  const { body, signature } = checkpoints[proof.checkpoint];
  const said = JSON.parse(body);
  const head = said.heads.find((one) => one.camera === proof.camera && one.stream === proof.stream);
  if (said.volume !== proof.volume || !head || links.get(head.sequence) !== head.link) return "broken";
  if (!key) return "unknown";
  const isSigned = await crypto.subtle.verify({ name: "Ed25519" }, key, fromHex(signature), new TextEncoder().encode(body));
  return isSigned ? "proven" : "broken";
}
