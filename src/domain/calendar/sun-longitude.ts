import { EPHEMERIS_LEAD_MS } from "./new-moon.ts";

const NOON_OF_2000 = Date.UTC(2000, 0, 1, 12);
const CENTURY_MS = 36_525 * 86_400_000;
const sine = (degrees: number) => Math.sin((degrees * Math.PI) / 180);

/**
 * The sun's apparent longitude in degrees, 0 to 360, at `at` (ms since 1970); 270 is the winter solstice.
 * Jean Meeus, Astronomical Algorithms, chapter 25, the shorter series: good to 0.01 degrees, which is a quarter of an
 * hour of the sun's path. A leap month is decided by days, and no leap month up to 2050 is decided by so little.
 */
export function sunLongitudeAt(at: number): number {
  const t = (at + EPHEMERIS_LEAD_MS - NOON_OF_2000) / CENTURY_MS;
  const mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t;
  const anomaly = 357.52911 + 35999.05029 * t - 0.0001537 * t * t;
  const centre =
    (1.914602 - 0.004817 * t - 0.000014 * t * t) * sine(anomaly) +
    (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
    0.000289 * sine(3 * anomaly);
  const apparent = mean + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t);
  return ((apparent % 360) + 360) % 360;
}
