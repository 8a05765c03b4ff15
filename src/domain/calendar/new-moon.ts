const MEAN_MONTH_DAYS = 29.530588861;
/** New moon number 0 fell on 6 January 2000; as a Julian ephemeris day. */
const FIRST_NEW_MOON = 2451550.09766;
const JULIAN_DAY_OF_1970 = 2440587.5;
const DAY_MS = 86_400_000;

/**
 * By how much the even time of the planets runs ahead of our clocks. It is 69 s in the 2020s and drifts by well under
 * a minute until 2050; nobody can foretell it exactly.
 */
export const EPHEMERIS_LEAD_MS = 69_000;

/** One row of the series: an amplitude in days, and how often each angle is counted. */
type Term = readonly [amplitude: number, sun: number, moon: number, latitude: number];

/**
 * Jean Meeus, Astronomical Algorithms, chapter 49: how far a true new moon is from the mean one.
 * `sun` and `moon` count the mean anomalies, `latitude` the moon's argument of latitude.
 */
const TERMS: readonly Term[] = [
  [-0.4072, 0, 1, 0],
  [0.17241, 1, 0, 0],
  [0.01608, 0, 2, 0],
  [0.01039, 0, 0, 2],
  [0.00739, -1, 1, 0],
  [-0.00514, 1, 1, 0],
  [0.00208, 2, 0, 0],
  [-0.00111, 0, 1, -2],
  [-0.00057, 0, 1, 2],
  [0.00056, 1, 2, 0],
  [-0.00042, 0, 3, 0],
  [0.00042, 1, 0, 2],
  [0.00038, 1, 0, -2],
  [-0.00024, -1, 2, 0],
  [-0.00007, 2, 1, 0],
  [0.00004, 0, 2, -2],
  [0.00004, 3, 0, 0],
  [0.00003, 1, 1, -2],
  [0.00003, 0, 2, 2],
  [-0.00003, 1, 1, 2],
  [0.00003, -1, 1, 2],
  [-0.00002, -1, 1, -2],
  [-0.00002, 1, 3, 0],
  [0.00002, 0, 4, 0],
];

/** Pulls of the planets: amplitude in days, angle at new moon 0 and its growth per new moon, in degrees. */
const PULLS: readonly (readonly [amplitude: number, angle: number, perMonth: number])[] = [
  [0.000325, 299.77, 0.107408],
  [0.000165, 251.88, 0.016321],
  [0.000164, 251.83, 26.651886],
  [0.000126, 349.42, 36.412478],
  [0.00011, 84.66, 18.206239],
  [0.000062, 141.74, 53.303771],
  [0.00006, 207.14, 2.453732],
  [0.000056, 154.84, 7.30686],
  [0.000047, 34.52, 27.261239],
  [0.000042, 207.19, 0.121824],
  [0.00004, 291.34, 1.844379],
  [0.000037, 161.72, 24.198154],
  [0.000035, 239.56, 25.513099],
  [0.000023, 331.55, 3.592518],
];

const sine = (degrees: number) => Math.sin((degrees * Math.PI) / 180);

/** The moment (ms since 1970) of new moon `index`, counted from the first of the year 2000; good to a minute up to 2050. */
export function newMoonAt(index: number): number {
  const t = index / 1236.85;
  const mean = FIRST_NEW_MOON + MEAN_MONTH_DAYS * index + (0.00015437 - 0.00000015 * t) * t * t;
  const sun = 2.5534 + 29.1053567 * index - 0.0000014 * t * t;
  const moon = 201.5643 + 385.81693528 * index + 0.0107582 * t * t;
  const latitude = 160.7108 + 390.67050284 * index - 0.0016118 * t * t;
  const node = 124.7746 - 1.56375588 * index + 0.0020672 * t * t;
  // The earth's orbit grows rounder, and with it the terms that rest on the sun's anomaly grow smaller.
  const roundness = 1 - 0.002516 * t - 0.0000074 * t * t;
  let days = -0.00017 * sine(node);
  for (const [amplitude, bySun, byMoon, byLatitude] of TERMS) {
    const angle = bySun * sun + byMoon * moon + byLatitude * latitude;
    days += amplitude * roundness ** Math.abs(bySun) * sine(angle);
  }
  for (const [amplitude, angle, perMonth] of PULLS) days += amplitude * sine(angle + perMonth * index);
  return (mean + days - JULIAN_DAY_OF_1970) * DAY_MS - EPHEMERIS_LEAD_MS;
}

/** The index of the last new moon at or before `at` (ms since 1970). */
export function newMoonBefore(at: number): number {
  const days = at / DAY_MS + JULIAN_DAY_OF_1970 - FIRST_NEW_MOON;
  let index = Math.floor(days / MEAN_MONTH_DAYS) + 1;
  while (newMoonAt(index) > at) index -= 1;
  return index;
}
