import { hasVietnameseMarks } from "./letters.ts";
import { isBareSyllable } from "./syllable.ts";
import { undoTelex } from "./stray-keys.ts";
import { TEENCODE } from "./teencode.ts";

// Spelled the same in both languages, or too short to tell.
const NEUTRAL = new Set(
  (
    "a i to me the do can him on no so in my he at an them then than hang may go hi ok be we us u e t k m n c h s am long song dang men sang hong " +
    "man ban pan fan run sit hit tin ten pen phone hot not too vs con bot link web app acc nick tiktok zalo facebook fb messenger instagram telegram discord youtube roblox game " +
    "online clip video photo hack spam live stream post share like report block sex nude ex crush online chat bye hello email otp url menu sos"
  ).split(" "),
);

const ENOUGH = 120;

/** True when the words read as English, so that Vietnamese short forms must be left alone. Only for normalising. */
export function readsAsEnglish(words: readonly string[]): boolean {
  let english = 0;
  let vietnamese = 0;
  for (const word of words.slice(0, ENOUGH)) {
    if (hasVietnameseMarks(word)) vietnamese += 2;
    else if (NEUTRAL.has(word) || !/^[a-z']+$/.test(word)) continue;
    else if (TEENCODE.has(word) || isBareSyllable(word)) vietnamese += ENGLISH_TOO.has(word) ? 0 : 1;
    else if (undoTelex(word) !== null) vietnamese += 0.5;
    else english += 1;
  }
  return (
    english > vietnamese ||
    (english === 0 && vietnamese === 0 && words.some((word) => ENGLISH_ONLY.has(word)))
  );
}

const ENGLISH_TOO = new Set(
  "ma has but up had got get let put him her his hers pic sis bro mom fat bus vid ur im bit bf gf bc r n y u ya face pass out seen add tag group page page see day pay say way sad bad age bay hay lay may ray tay".split(
    " ",
  ),
);
const ENGLISH_ONLY = new Set("i me the hi you my can him no do".split(" "));
