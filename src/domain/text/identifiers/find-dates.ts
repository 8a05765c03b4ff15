import type { Finder, Identifier } from "./identifier.ts";

const MONTHS =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const YEAR = "(?:19[4-9]\\d|20[0-3]\\d)";

/** Day, month and year together are seldom needed to understand, and often those of a birth. */
const FULL = new RegExp(
  [
    `[0-3]?\\d ?[/.-] ?(?:0?[1-9]|1[0-2]) ?[/.-] ?(?:${YEAR}|\\d{2})`,
    `${YEAR}[/.-]\\d{1,2}[/.-]\\d{1,2}`,
    `(?:ngày|mùng|mồng) \\d{1,2} tháng \\d{1,2}(?: năm|,)? ${YEAR}`,
    `\\d{1,2}(?:st|nd|rd|th)? (?:${MONTHS}),? ${YEAR}`,
    `(?:${MONTHS}) \\d{1,2}(?:st|nd|rd|th)?,? ${YEAR}`,
  ]
    .map((each) => `(?<![\\p{L}\\p{N}./-])${each}(?![\\p{L}\\p{N}]|[/.-]\\d)`)
    .join("|"),
  "giu",
);

const BORN =
  /(?<!\p{L})(?:sinh (?:ngày|năm|nhật|vào)|ngày sinh|năm sinh|sinh|sn|born|dob|birthday)(?!\p{L})[^\d\n.!?]{0,18}?(?<![\p{L}\p{N}])(\d{1,2} ?[/.-] ?\d{1,2}|(?:ngày )?\d{1,2} tháng \d{1,2}|19[4-9]\d|20[0-3]\d|2k\d{0,2}|9\d)(?![\p{L}\p{N}%]|[/.-]\d)/giu;

/** Whole dates, and after a word for birth also a day or a year. "24/7", "20/11" and "năm 2024" are left. */
export const findDates: readonly Finder[] = [
  (text) =>
    [...text.matchAll(FULL)].map(({ index, 0: found }) => ({
      kind: "date",
      start: index,
      end: index + found.length,
    })),
  (text) =>
    [...text.matchAll(BORN)].flatMap((match): Identifier[] => {
      const date = match[1] ?? "";
      const end = match.index + match[0].length;
      return [{ kind: "date", start: end - date.length, end }];
    }),
];
