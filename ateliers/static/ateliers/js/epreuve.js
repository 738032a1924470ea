// The small work that the server asks when too many codes are tried (ateliers/epreuve.py).

const octets = (texte) => new TextEncoder().encode(texte);

/** Find n such that PBKDF2("<piece>.<n>", defi.texte) begins with `defi.bits` zero bits. */
async function trouver(defi, piece) {
  const regle = { name: "PBKDF2", hash: "SHA-256", salt: octets(defi.texte), iterations: defi.tours };
  for (let n = 0; ; n += 1) {
    const cle = await crypto.subtle.importKey("raw", octets(`${piece}.${n}`), "PBKDF2", false, ["deriveBits"]);
    const [premier] = new Uint8Array(await crypto.subtle.deriveBits(regle, cle, 256));
    if (premier >> (8 - defi.bits) === 0) return n;
  }
}

/**
 * The fields that answer a challenge {texte, bits, pieces, tours, attente}. Where the browser has no SubtleCrypto (a site without
 * https), it waits instead.
 */
export async function prouver(defi) {
  if (!globalThis.crypto?.subtle) {
    await new Promise((suite) => setTimeout(suite, defi.attente * 1000 + 500));
    return { defi: defi.texte, preuve: "" };
  }
  const pieces = await Promise.all(Array.from({ length: defi.pieces }, (_, piece) => trouver(defi, piece)));
  return { defi: defi.texte, preuve: pieces.join(".") };
}
