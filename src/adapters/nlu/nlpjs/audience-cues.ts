import { TEENCODE } from "../../../domain/text/teencode.ts";
import type { Utterance } from "../../../domain/text/utterance.ts";
import type { Audience } from "../../../domain/taxonomy/speaker.ts";
import { conceptsOf } from "./concepts.ts";

/** Words that settle who speaks whatever else is said; null when only the model can tell. */
export function audienceByCues(utterance: Utterance): Audience | null {
  const { words, bare, typed } = utterance;
  const concepts = new Set(conceptsOf(utterance).map(({ name }) => name));
  // "con gái tôi", "my daughter", "học sinh lớp tôi": an adult, also one who says "em" to the counsellor.
  if (concepts.has("pupil")) return "parent";
  // "con trai lớp trên … ảnh của em": with an "em" about, the boy may be anybody's.
  if (concepts.has("my_child")) return says(words, "em") ? null : "parent";
  if (bare.some((word) => OF_A_CHILD.has(word))) return null;
  if (says(words, "em") || words.some((word) => TEEN_SELF.has(word))) return "teen";
  return typed.filter((word) => YOUNG_SPELLING.test(word) || (TEENCODE.has(word) && !ADULTS_TOO.has(word)))
    .length > 0
    ? "teen"
    : null;
}

/** With these about, "em" or a short form may be an adult's: left to the model. */
const OF_A_CHILD = new Set([
  "con",
  "chau",
  "be",
  "tre",
  "toi",
  "vo",
  "ph",
  "phu",
  "kids",
  "kid",
  "child",
  "children",
  "baby",
  "son",
  "daughter",
  "student",
  "students",
]);
const TEEN_SELF = new Set(["tớ", "tao", "tui"]);

/** "em" as "I", not "các em", "trẻ em", "em bé", "em gái". */
function says(words: readonly string[], self: string): boolean {
  return words.some(
    (word, i) =>
      word === self && !BEFORE_OTHERS.has(words[i - 1] ?? "") && !AFTER_OTHERS.has(words[i + 1] ?? ""),
  );
}

const BEFORE_OTHERS = new Set([
  "các",
  "cac",
  "trẻ",
  "tre",
  "chị",
  "chi",
  "anh",
  "đứa",
  "dua",
  "thằng",
  "thang",
  "nhỏ",
  "nho",
  "cho",
  "của",
  "yêu",
]);
const AFTER_OTHERS = new Set(["bé", "be", "gái", "gai", "trai", "họ", "ho", "học", "nhỏ", "nho", "yêu"]);

const YOUNG_SPELLING = /^(?:[etmzvjrs]|bn|mn|ny|nyc|vs|đc|nt|hok|hông|khum)$/;

/** Short forms that parents type as well, and words of the table that are no short forms. */
const ADULTS_TOO = new Set(
  "ko k kh khong đt dt sđt sdt fb facebook zalo tiktok youtube instagram messenger video nick account info live online coi xài hả gi gio nguoi pass gv hs bv bs ca report block post".split(
    " ",
  ),
);
