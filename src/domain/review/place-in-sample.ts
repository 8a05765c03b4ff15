/**
 * Which talks are read again: each is given, by its id and the week alone, one of the places of a sample and a rank in
 * it, both as if drawn by lot; each place keeps the talk of the lowest rank. So every talk of a week has the same chance,
 * any number of processes agree without speaking, and a talk with many messages counts once.
 *
 * How low the ranks are tells how many talks there were (Bar-Yossef et al., 2002), and nothing has to be counted.
 */
export interface PlaceInSample {
  readonly place: number;
  /** From 0 to 1. */
  readonly rank: number;
}

export function placeInSample(id: string, week: string, places: number): PlaceInSample {
  const drawn = fractionOf(`${week} ${id}`) * places;
  const place = Math.floor(drawn);
  return { place, rank: drawn - place };
}

/** About how many talks there were, from the lowest rank of each place; an empty place has rank 1. */
export function estimateTalks(ranks: readonly number[]): number {
  const places = ranks.length;
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / Math.max(1, places);
  if (mean <= 0 || mean >= 1) return 0;
  // With x talks on a place, as if drawn by lot, its lowest rank is (1 - exp(-x)) / x on average, which falls with x.
  let [low, high] = [0, 2 / mean];
  for (let step = 0; step < 60; step++) {
    const x = (low + high) / 2;
    if (-Math.expm1(-x) / x > mean) low = x;
    else high = x;
  }
  // The inverse of a mean of `places` draws comes out too large by one part in `places`.
  return Math.round(low * (places - 1));
}

/** A number from 0 to 1 that depends on every letter: murmur3's mixing, twice, for 53 bits. */
function fractionOf(text: string): number {
  const high = hash(text, 0x9747b28c);
  const low = hash(text, 0x3c6ef372);
  return (high * 2 ** 21 + (low >>> 11)) / 2 ** 53;
}

function hash(text: string, seed: number): number {
  let h = seed;
  for (let at = 0; at < text.length; at++) {
    let k = Math.imul(text.charCodeAt(at), 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  h ^= text.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
