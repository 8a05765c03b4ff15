/** What to do about an error code of the open API. */
export type ErrorClass =
  /** The access token is old: get a new one and try once more. */
  | "refresh"
  /** The account, the app or its contract has a problem that only people can solve; all sending stops. */
  | "people"
  /** Passes by itself. */
  | "later"
  /** Will never work for this message. */
  | "permanent";

const REFRESH = new Set([-216, -220]);
const PEOPLE = new Set([-204, -205, -209, -212, -219, -221, -223, -224, -240, -242, -320, -321]);
const LATER = new Set([-32, -200, -211]);

export function classOfError(code: number): ErrorClass {
  if (REFRESH.has(code)) return "refresh";
  if (PEOPLE.has(code)) return "people";
  // A code that nobody has seen yet goes to the dead letters, where it is seen, rather than in circles.
  return LATER.has(code) ? "later" : "permanent";
}
