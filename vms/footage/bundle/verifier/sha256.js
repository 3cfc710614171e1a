// SHA-256 (FIPS 180-4) over bytes as they come: a browser's own digests whole buffers only, and a film has ten gigabytes.

const SHA256_PRIMES = [];
for (let number = 2; SHA256_PRIMES.length < 64; number++) {
  if (SHA256_PRIMES.every((prime) => number % prime)) SHA256_PRIMES.push(number);
}
const fractionOf = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const SHA256_START = Int32Array.from(SHA256_PRIMES.slice(0, 8), (prime) => fractionOf(Math.sqrt(prime)));
const SHA256_ROUND = Int32Array.from(SHA256_PRIMES, (prime) => fractionOf(Math.cbrt(prime)));

class Sha256 {
  constructor() {
    this.state = Int32Array.from(SHA256_START);
    this.words = new Int32Array(64);
    this.block = new Uint8Array(64);
    this.filled = 0;
    this.total = 0;
  }

  update(bytes) {
    let at = 0;
    this.total += bytes.length;
    if (this.filled) {
      at = Math.min(64 - this.filled, bytes.length);
      this.block.set(bytes.subarray(0, at), this.filled);
      this.filled += at;
      if (this.filled < 64) return this;
      this.mix(this.block, 0);
      this.filled = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) this.mix(bytes, at);
    this.block.set(bytes.subarray(at));
    this.filled = bytes.length - at;
    return this;
  }

  // Ends it: nothing may be added afterwards.
  digest() {
    const padding = new Uint8Array(this.filled < 56 ? 64 - this.filled : 128 - this.filled);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(this.total / 2 ** 29));
    view.setUint32(padding.length - 4, (this.total % 2 ** 29) * 8);
    this.update(padding);
    const out = new DataView(new ArrayBuffer(32));
    this.state.forEach((word, index) => out.setInt32(4 * index, word));
    return new Uint8Array(out.buffer);
  }

  mix(bytes, at) {
    const w = this.words;
    for (let i = 0; i < 16; i++, at += 4) {
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = this.state;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + SHA256_ROUND[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    const s = this.state;
    s[0] += a;
    s[1] += b;
    s[2] += c;
    s[3] += d;
    s[4] += e;
    s[5] += f;
    s[6] += g;
    s[7] += h;
  }
}

const sha256 = (bytes) => new Sha256().update(bytes).digest();
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

// The vectors of FIPS 180-4 and one that crosses every border of a block; a browser that fails them proves nothing.
function sha256Works() {
  const text = (value) => new TextEncoder().encode(value);
  const vectors = [
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
    ["a".repeat(1000000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ];
  return vectors.every(([value, expected]) => {
    const bytes = text(value);
    const running = new Sha256();
    for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7 + 1) % 977) {
      running.update(bytes.subarray(at, at + step));
    }
    return toHex(running.digest()) === expected && toHex(sha256(bytes)) === expected;
  });
}
