// Does the sender's proof of work: for each puzzle the first number whose SHA-256 begins with enough zero bits.
// Written out here because a browser's own SHA-256 answers one question at a time, a hundred times more slowly.
"use strict";

const K = new Uint32Array(64);
const START = new Uint32Array(8);
for (let prime = 2, found = 0; found < 64; prime += 1) {
  if ([...Array(prime).keys()].slice(2).some((each) => each * each <= prime && prime % each === 0)) continue;
  const bits = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  if (found < 8) START[found] = bits(Math.sqrt(prime));
  K[found] = bits(Math.cbrt(prime));
  found += 1;
}
const W = new Uint32Array(64);

/** The first 32 bits of the SHA-256 of a text of at most 55 ASCII letters. */
function firstBits(text) {
  W.fill(0, 0, 16);
  for (let at = 0; at < text.length; at += 1) W[at >> 2] |= text.charCodeAt(at) << (24 - 8 * (at & 3));
  W[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  W[15] = text.length * 8;
  for (let at = 16; at < 64; at += 1) {
    const early = W[at - 15];
    const late = W[at - 2];
    const first = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const second = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    W[at] = (W[at - 16] + first + W[at - 7] + second) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let at = 0; at < 64; at += 1) {
    const up = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + up + ((e & f) ^ (~e & g)) + K[at] + W[at]) | 0;
    const down = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (down + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  return (START[0] + a) >>> 0;
}

self.addEventListener("message", ({ data: { challenge, puzzles, bits } }) => {
  const answers = [];
  for (let puzzle = 0; puzzle < puzzles; puzzle += 1) {
    let answer = 0;
    while (firstBits(`${challenge}.${puzzle}.${answer}`) >>> (32 - bits) !== 0) answer += 1;
    answers.push(answer);
  }
  self.postMessage(answers.join(","));
});
