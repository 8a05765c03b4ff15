import { FAMILY_NAMES, NO_NAMES } from "./name-words.ts";
import type { Finder, Identifier, IdentifierKind } from "./identifier.ts";

const CAPITALISED = "\\p{Lu}[\\p{L}\\p{M}]{0,15}";
const NUMBER = "\\d{1,5}[A-Za-z]?(?:[/-]\\d{1,4}[A-Za-z]?){0,4}";
const EDGE = "(?<![\\p{L}\\p{N}])";
const END = "(?![\\p{L}\\p{N}])";
/** Words that begin with a capital, or figures among them. The flag "i" may not be used with it. */
const NAMED = (most: number) =>
  `(?:${CAPITALISED}|\\d{1,4})(?:[ -](?:${CAPITALISED}|\\d{1,3}${END})){0,${most - 1}}`;

/** "quận", "Quận" and "QUẬN". */
const any = (words: string) =>
  words
    .split("|")
    .flatMap((word) => [word, `${word.charAt(0).toUpperCase()}${word.slice(1)}`, word.toUpperCase()])
    .join("|");

const STREET = any("đường|phố|ngõ|hẻm|kiệt|ngách|đại lộ|quốc lộ|tỉnh lộ");
const LANE = any("ngõ|hẻm|kiệt|ngách|hem");
const AREA = any(
  "phường|xã|thị trấn|quận|huyện|thị xã|ấp|thôn|xóm|buôn|làng|khu phố|khu dân cư|kdc|tổ dân phố|tổ|phuong|quan|huyen",
);
const HOUSE = any("chung cư|căn hộ|toà nhà|tòa nhà|toà|tòa|block|khu đô thị|kđt|ký túc xá|ktx|phòng trọ số");

const PARTS = [
  `(?:${any("số nhà|nhà số|số")}) ${NUMBER}(?:,? (?:${STREET})(?: ${NUMBER})?(?: ${NAMED(4)})?| (?=${CAPITALISED}) ?${NAMED(4)})`,
  `(?:${any("số nhà|nhà số")}) ${NUMBER}`,
  `(?:${LANE}) ${NUMBER}(?: ${NAMED(4)})?`,
  `${NUMBER},? (?:${STREET})(?: ${NUMBER})?(?: ${NAMED(4)})?`,
  `\\d{1,4}[A-Za-z]?(?:/\\d{1,4}[A-Za-z]?){1,4} ${CAPITALISED} ${NAMED(3)}`,
  `\\d{1,4} (?:${CAPITALISED} ){1,4}(?:street|st|road|rd|avenue|ward|alley)`,
  `(?<![Tt]hành |THÀNH )(?:${STREET}|Street|street) ${NAMED(4)}`,
  `(?:${AREA}) ${NAMED(4)}`,
  `(?:${HOUSE}) ${NAMED(5)}`,
  `(?:Q|P|q|p)\\.? ?\\d{1,2}(?=,)|(?:Q|P)\\. ?\\d{1,2}`,
  `(?:ward|district|hamlet|Ward|District) (?:\\d{1,2}|${CAPITALISED})`,
].map((part) => `(?:${part})${END}`);

const ADDRESS = new RegExp(`${EDGE}(?:${PARTS.join("|")})`, "gu");
const BETWEEN = /^[ ,.;-]{1,3}$/;

const SMALL_AREA = new RegExp(
  `${EDGE}(?:quận|huyện|phường|thị trấn|thị xã|xã|thôn|ấp) (\\p{Ll}{2,7}) (\\p{Ll}{2,7})${END}`,
  "gu",
);
/** Second halves of area names that people write without capitals. */
const AREA_ENDINGS = new Set(
  "chi môn vấp bình thạnh đức tân phú nhuận chánh giờ bè biên hòa hoà thành an trung sơn hưng lộc thọ mỹ".split(
    " ",
  ),
);

const LEVEL = any(
  "trường|tiểu học|trung học|mầm non|mẫu giáo|cấp 1|cấp 2|cấp 3|thcs|thpt|ptth|th|thcs&thpt|đại học|cao đẳng|trg",
)
  .split("|")
  .concat("Tiểu Học", "Mầm Non", "Đại Học", "School")
  .sort((a, b) => b.length - a.length)
  .join("|");
const SCHOOL = new RegExp(
  `${EDGE}(?:${LEVEL})(?: (?:${LEVEL}|chuyên|quốc tế|dân lập|số|tư thục|nội trú|dtnt|PTDTNT)){0,3} (${NAMED(5)})${END}`,
  "gu",
);
const SCHOOL_AFTER = new RegExp(
  `${EDGE}(${CAPITALISED}(?: ${CAPITALISED}){0,4}) (?:School|high school|secondary school|primary school)${END}`,
  "gu",
);
const SMALL_SCHOOL = new RegExp(
  `${EDGE}(?:thcs|thpt|ptth|cấp 2|cấp 3|tiểu học|c2|c3) (\\p{Ll}{2,7}) (\\p{Ll}{2,7})(?: (\\p{Ll}{2,7}))?${END}`,
  "giu",
);

const CLASS = new RegExp(
  `${EDGE}(?:lớp|lop|class|Lớp|LỚP|Class) (\\d{1,2}(?:[A-ZĐa-zđ]\\d{0,2}| [A-ZĐ]\\d{0,2}|[/.]\\d{1,2}))${END}`,
  "gu",
);
const BARE_CLASS = new RegExp(`${EDGE}(?:[6-9]|1[0-2])[A-EK]\\d{1,2}${END}`, "gu");

/** Schools, classes, and addresses down from the district. Provinces and cities stay: they name nobody. */
export const findPlaces: readonly Finder[] = [
  (text) => inner(text, SCHOOL, "school"),
  (text) => inner(text, SCHOOL_AFTER, "school"),
  findSmallSchools,
  (text) => inner(text, CLASS, "class"),
  (text) => whole(text, BARE_CLASS, "class"),
  findAddresses,
  (text) =>
    [...text.matchAll(SMALL_AREA)]
      .filter(([, first = "", last = ""]) => !NO_NAMES.has(first) && AREA_ENDINGS.has(last))
      .map(({ index, 0: found }) => ({ kind: "place", start: index, end: index + found.length })),
];

/** Parts that stand side by side are one address. */
function findAddresses(text: string): Identifier[] {
  const found: Identifier[] = [];
  for (const { start, end } of whole(text, ADDRESS, "place")) {
    const last = found.at(-1);
    if (last !== undefined && BETWEEN.test(text.slice(last.end, start)))
      found[found.length - 1] = { ...last, end };
    else found.push({ kind: "place", start, end });
  }
  return found;
}

/** Without capitals only where the name is built like a person's, as most are. */
function findSmallSchools(text: string): Identifier[] {
  return [...text.matchAll(SMALL_SCHOOL)].flatMap((match): Identifier[] => {
    const words = match
      .slice(1)
      .filter((word) => word !== undefined)
      .map((word) => word.toLowerCase());
    const [first = "", second = "", third] = words;
    if (!FAMILY_NAMES.has(first) || NO_NAMES.has(second)) return [];
    const end = match.index + match[0].length;
    const tail = third === undefined || !NO_NAMES.has(third) ? 0 : third.length + 1;
    const length = words.join(" ").length;
    return [{ kind: "school", start: end - length, end: end - tail }];
  });
}

function inner(text: string, pattern: RegExp, kind: IdentifierKind): Identifier[] {
  return [...text.matchAll(pattern)].flatMap((match): Identifier[] => {
    const name = match[1] ?? "";
    const at = match[0].lastIndexOf(name);
    const start = match.index + at;
    return NO_NAMES.has(name.toLowerCase()) ? [] : [{ kind, start, end: start + name.length }];
  });
}

function whole(text: string, pattern: RegExp, kind: IdentifierKind): Identifier[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    kind,
    start: index,
    end: index + found.length,
  }));
}
