import type { Words } from "./words.ts";

const PROBLEMS: Readonly<Record<string, keyof Words>> = {
  NAME_SHORT: "nameShort",
  TOO_SHORT: "tooShort",
  NOT_SAME: "notSame",
  WRONG: "problemWRONG",
  TOO_MANY_TRIES: "problemTOO_MANY_TRIES",
  LINK_USED: "problemLINK_USED",
  NAME_TAKEN: "problemNAME_TAKEN",
  WRONG_CODE: "problemWRONG_CODE",
  WRONG_PASSWORD: "problemWRONG_PASSWORD",
  OWN_ACCOUNT: "problemOWN_ACCOUNT",
  NO_COLLEAGUE: "problemNO_COLLEAGUE",
  BAD_REQUEST: "problemBAD_REQUEST",
};

/** The server's codes, and our own, in the counsellor's language. */
export function nameOfProblem(code: string, words: Words): string {
  return words[PROBLEMS[code] ?? "failed"];
}
