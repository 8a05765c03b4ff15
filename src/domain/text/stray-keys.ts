import { placeTone, splitTone } from "./letters.ts";
import { isBareSyllable, isSyllable } from "./syllable.ts";

/** Undoes Telex, VNI and VIQR keys left in the text by a switched-off input method. */

const TELEX_TONES: Readonly<Record<string, number>> = { s: 1, f: 2, r: 3, x: 4, j: 5 };
const VNI_SHAPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "6": { a: "â", e: "ê", o: "ô" },
  "7": { o: "ơ", u: "ư" },
  "8": { a: "ă" },
  "9": { d: "đ" },
};
const TELEX_PAIRS: readonly (readonly [RegExp, string])[] = [
  [/dd/, "đ"],
  [/d(?=[^d]+d$)/, "đ"],
  [/aa/, "â"],
  [/ee/, "ê"],
  [/oo/, "ô"],
  [/uow|uwow/, "ươ"],
  [/uaw/, "ưa"],
  [/aw/, "ă"],
  [/ow/, "ơ"],
  [/uw/, "ư"],
];

const PLAIN = /^[a-z]{3,}$/;

// Latin words that would also read as Telex ("sex" is not "sẽ", "bar" not "bả").
const NOT_KEYS = new Set(
  (
    "sex ex box max mix fix bar car mess ins pass boss class hex tax fax bus gas vs as is us has his mes cars or far war her fur " +
    "hs ss ff js ios sos pus kiss miss less toxic relax trans pubg lol ok cos sus chess bass fans follow show now flow low how " +
    "view review new news snow tow saw raw law draw window download twitter web wow mood good food book facebook zoom room cool school look google " +
    "too see fee free need feed speed deep meet week keep seen teen sleep addict add dad kid baddie oops bff all off call " +
    "for of if soft nor mor user server over number her hair bis bros chatgpt star tar nor gear dear dior door floor"
  ).split(" "),
);

export function undoTelex(token: string): string | null {
  if (token.length < 3 || token.length > 9 || NOT_KEYS.has(token) || !/^[a-zà-ỹ]+$/.test(token)) return null;
  if (!/[sfrxjw]|aa|ee|oo|dd|d.+d$/.test(token)) return null;
  let word = token;
  const given = splitTone(token).tone;
  let tone = given;
  const keyed = /^(.*[aeiouyăâêôơưw].*?)([sfrxj])(.*)$/.exec(token);
  if (keyed !== null && given === 0 && !/^[nc]?h/.test(keyed[3] ?? "x")) {
    word = `${keyed[1] ?? ""}${keyed[3] ?? ""}`;
    tone = TELEX_TONES[keyed[2] ?? ""] ?? 0;
  }
  for (const [keys, letter] of TELEX_PAIRS) word = word.replace(keys, letter);
  word = word.replace(/(?<![aoưu])w/, "ư");
  if (word === token) return null;
  // "buonf" has its tone key but not its vowel mark: better the plain word than a word nobody knows.
  return accept(word, tone) ?? (keyed?.[3] === "" && PLAIN.test(word) && isBareSyllable(word) ? word : null);
}

/** `tu75` → `tự`. One figure alone counts only where it is no ordinary number (`lop8`, `k7` stay). */
export function undoVni(token: string): string | null {
  if (!/^[a-zđ]{1,7}[1-9][a-z1-9]{0,4}$/.test(token) || NUMBERED.test(token)) return null;
  let word = "";
  let tone = 0;
  for (const key of token) {
    if (key >= "1" && key <= "5") tone = Number(key);
    else if (key >= "6" && key <= "9") {
      const shaped = shapeLast(word, VNI_SHAPES[key] ?? {});
      if (shaped === null) return null;
      word = shaped;
    } else word += key;
  }
  return accept(word, tone);
}

const NUMBERED =
  /^(?:lop|khoi|cap|tang|ca|so|tap|phan|bai|cau|to|quan|ap|top|ban|lan|may|ip|mp|k|c|a|b|g|h|t|u|e|p|thu|nam|do|le|ha|hai|ba|bo|tu|va|in|cap|lv|vs|sn|than|thang)\d$/;

function shapeLast(word: string, shapes: Readonly<Record<string, string>>): string | null {
  for (let i = word.length - 1; i >= 0; i--) {
    const shaped = shapes[word[i] ?? ""];
    if (shaped === undefined) continue;
    // "uo7" is ươ: one key marks both vowels.
    const before = shaped === "ơ" && word[i - 1] === "u" ? "ư" : (word[i - 1] ?? "");
    return word.slice(0, Math.max(0, i - 1)) + before + shaped + word.slice(i + 1);
  }
  return null;
}

const VIQR = /[a-zđ]*[aeou][\^+][a-z^+'`?~.]*/g;
const VIQR_TONES: Readonly<Record<string, number>> = { "'": 1, "`": 2, "?": 3, "~": 4, ".": 5 };

/** `tu+. tu+?` → `tự tử`, over a whole text; only words that hold ^ or + after a vowel are looked at. */
export function undoViqr(text: string): string {
  if (!/[aeou][\^+]/.test(text)) return text;
  return text.replace(VIQR, (token) => {
    let word = token
      .replace(/a\^/g, "â")
      .replace(/e\^/g, "ê")
      .replace(/o\^/g, "ô")
      .replace(/u\+o\+/g, "ươ");
    word = word.replace(/o\+/g, "ơ").replace(/u\+/g, "ư").replace(/a\(/g, "ă");
    const tone = /['`?~.]/.exec(word)?.[0] ?? "";
    return accept(word.replace(/['`?~.]/, "").replace(/dd/, "đ"), VIQR_TONES[tone] ?? 0) ?? token;
  });
}

const LEET: Readonly<Record<string, string>> = { "@": "a", "0": "o", "1": "i", "3": "e", "4": "a", $: "s" };

/** `u0ng` → `uong`, `c@t` → `cat`: figures and signs that stand for letters inside a word. */
export function undoLeet(token: string): string | null {
  if (!/^[\p{L}]*[@$0134][\p{L}@$0134]*\p{L}$|^\p{L}{2,}[@0]$/u.test(token) || /^\d/.test(token)) return null;
  const word = token.replace(/[@$0134]/g, (sign) => LEET[sign] ?? sign);
  return isBareSyllable(word) || ENGLISH_LEET.has(word) ? word : null;
}

const ENGLISH_LEET = new Set([
  "porn",
  "nood",
  "nude",
  "suicide",
  "sex",
  "kill",
  "die",
  "rape",
  "cut",
  "dead",
  "hate",
]);

function accept(shape: string, tone: number): string | null {
  const word = placeTone(shape, tone);
  return isSyllable(word) ? word : null;
}
