/**
 * A second way to the same sky, for the tests: the moon by its own theory (the main terms of Meeus chapter 47)
 * instead of the series of new moons, the sun by Kepler's equation, the solstice by the tables of chapter 27.
 */
const DAY = 86_400_000;
const NOON_OF_2000 = Date.UTC(2000, 0, 1, 12);
const LEAD = 69_000;
const rad = (degrees: number) => (degrees * Math.PI) / 180;
const sin = (degrees: number) => Math.sin(rad(degrees));
const turn = (degrees: number) => ((degrees % 360) + 360) % 360;
const centuries = (at: number) => (at + LEAD - NOON_OF_2000) / (36_525 * DAY);

/** Millionths of a degree, then multiples of elongation, sun's anomaly, moon's anomaly, argument of latitude. */
const MOON: readonly (readonly [number, number, number, number, number])[] = [
  [6288774, 0, 0, 1, 0],
  [1274027, 2, 0, -1, 0],
  [658314, 2, 0, 0, 0],
  [213618, 0, 0, 2, 0],
  [-185116, 0, 1, 0, 0],
  [-114332, 0, 0, 0, 2],
  [58793, 2, 0, -2, 0],
  [57066, 2, -1, -1, 0],
  [53322, 2, 0, 1, 0],
  [45758, 2, -1, 0, 0],
  [-40923, 0, 1, -1, 0],
  [-34720, 1, 0, 0, 0],
  [-30383, 0, 1, 1, 0],
  [15327, 2, 0, 0, -2],
  [-12528, 0, 0, 1, 2],
  [10980, 0, 0, 1, -2],
  [10675, 4, 0, -1, 0],
  [10034, 0, 0, 3, 0],
  [8548, 4, 0, -2, 0],
  [-7888, 2, 1, -1, 0],
  [-6766, 2, 1, 0, 0],
  [-5163, 1, 0, -1, 0],
  [4987, 1, 1, 0, 0],
  [4036, 2, -1, 1, 0],
  [3994, 2, 0, 2, 0],
  [3861, 4, 0, 0, 0],
  [3665, 2, 0, -3, 0],
  [-2689, 0, 1, -2, 0],
  [-2602, 2, 0, -1, 2],
  [2390, 2, -1, -2, 0],
  [-2348, 1, 0, 1, 0],
  [2236, 2, -2, 0, 0],
];

/** Apparent longitude of the moon, without the nutation that it shares with the sun. */
function moonAt(at: number): number {
  const t = centuries(at);
  const mean = 218.3164477 + 481267.88123421 * t - 0.0015786 * t * t;
  const elongation = 297.8501921 + 445267.1114034 * t - 0.0018819 * t * t;
  const sun = 357.5291092 + 35999.0502909 * t - 0.0001536 * t * t;
  const moon = 134.9633964 + 477198.8675055 * t + 0.0087414 * t * t;
  const latitude = 93.272095 + 483202.0175233 * t - 0.0036539 * t * t;
  const roundness = 1 - 0.002516 * t;
  let sum = 3958 * sin(119.75 + 131.849 * t) + 1962 * sin(mean - latitude) + 318 * sin(53.09 + 479264.29 * t);
  for (const [amplitude, d, m, mm, f] of MOON)
    sum += amplitude * roundness ** Math.abs(m) * sin(d * elongation + m * sun + mm * moon + f * latitude);
  return mean + sum / 1e6;
}

/** Longitude of the sun on its ellipse, with aberration, without nutation. */
function sunAt(at: number): number {
  const t = centuries(at);
  const anomaly = rad(turn(357.52911 + 35999.05029 * t - 0.0001537 * t * t));
  const eccentricity = 0.016708634 - 0.000042037 * t;
  let eccentric = anomaly;
  for (let round = 0; round < 6; round++) eccentric = anomaly + eccentricity * Math.sin(eccentric);
  const stretch = Math.sqrt((1 + eccentricity) / (1 - eccentricity));
  const trueAnomaly = 2 * Math.atan(stretch * Math.tan(eccentric / 2));
  const perihelion = 282.93735 + 1.71946 * t + 0.00046 * t * t;
  return (trueAnomaly * 180) / Math.PI + perihelion - 0.00569;
}

const ahead = (at: number) => ((moonAt(at) - sunAt(at) + 540) % 360) - 180;

/** All new moons (ms since 1970) between two moments. */
export function newMoons(from: number, until: number): number[] {
  const found: number[] = [];
  const offset = (at: number) => turn(ahead(at) + 180) - 180;
  for (let at = from; at < until; at += DAY) {
    if (!(offset(at) < 0 && offset(at + DAY) >= 0 && offset(at + DAY) < 90)) continue;
    let [low, high] = [at, at + DAY];
    while (high - low > 1000) {
      const middle = (low + high) / 2;
      if (offset(middle) < 0) low = middle;
      else high = middle;
    }
    found.push(low);
  }
  return found;
}

const SOLSTICE: readonly (readonly [number, number, number])[] = [
  [485, 324.96, 1934.136],
  [203, 337.23, 32964.467],
  [199, 342.08, 20.186],
  [182, 27.85, 445267.112],
  [156, 73.14, 45036.886],
  [136, 171.52, 22518.443],
  [77, 222.54, 65928.934],
  [74, 296.72, 3034.906],
  [70, 243.58, 9037.513],
  [58, 119.81, 33718.147],
  [52, 297.17, 150.678],
  [50, 21.02, 2281.226],
  [45, 247.54, 29929.562],
  [44, 325.15, 31555.956],
];

/** The December solstice of a year, ms since 1970. */
export function solsticeOf(year: number): number {
  const y = (year - 2000) / 1000;
  const mean = 2451900.05952 + 365242.74049 * y - 0.06223 * y * y - 0.00823 * y ** 3;
  const t = (mean - 2451545) / 36_525;
  const w = 35999.373 * t - 2.47;
  const slow = 1 + 0.0334 * Math.cos(rad(w)) + 0.0007 * Math.cos(rad(2 * w));
  let sum = 0;
  for (const [amplitude, angle, rate] of SOLSTICE) sum += amplitude * Math.cos(rad(angle + rate * t));
  return (mean + (0.00001 * sum) / slow - 2440587.5) * DAY - LEAD;
}

const dayInVietnam = (at: number) => Math.floor((at + 7 * 3_600_000) / DAY);
const twelfthAtMidnight = (day: number) => Math.floor(turn(sunAt(day * DAY - 7 * 3_600_000)) / 30);

/** The day of Tết (days since 1970): the second new moon after month 11, or the third if a leap month comes between. */
export function refereeTet(year: number): number {
  const starts = newMoons(Date.UTC(year - 1, 9, 1), Date.UTC(year + 1, 1, 1)).map(dayInVietnam);
  const holding = (day: number) => starts.findLastIndex((start) => start <= day);
  const eleventh = holding(dayInVietnam(solsticeOf(year - 1)));
  const isLong = holding(dayInVietnam(solsticeOf(year))) - eleventh === 13;
  const isBare = (index: number) =>
    twelfthAtMidnight(starts[index] ?? 0) === twelfthAtMidnight(starts[index + 1] ?? 0);
  const leapBefore = isLong && (isBare(eleventh + 1) || isBare(eleventh + 2));
  return starts[eleventh + (leapBefore ? 3 : 2)] ?? Number.NaN;
}
