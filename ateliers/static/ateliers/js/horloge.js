// The server's clock, as seen from this device: phones are often minutes off.

const ECHANTILLONS = 8;
const ecarts = [];

/**
 * The offset to use among the last few measured, in ms (server minus device). A late message makes the offset look
 * smaller than it is, so the largest is the nearest to the truth.
 */
export function ecartRetenu(mesures) {
  return mesures.length ? Math.max(...mesures) : 0;
}

export const horloge = {
  /** Take a time just received from the server, in ms since 1970. */
  caler(serveur) {
    if (!Number.isFinite(serveur)) return;
    ecarts.push(serveur - Date.now());
    if (ecarts.length > ECHANTILLONS) ecarts.shift();
  },
  /** Server time now, in ms since 1970; the device's own until the server was heard. */
  maintenant: () => Date.now() + ecartRetenu(ecarts),
};
