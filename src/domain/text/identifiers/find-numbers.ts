import type { Finder, Identifier } from "./identifier.ts";

/** Eight digits or more, with the gaps people put between them; "o" for a nought only where a phone number begins. */
const DIGITS =
  /(?<![\p{L}\p{N}.,])(?:\+|\()?(?:\d|[oO](?=\d))(?:[ .\-()]{0,2}[\doO]){7,22}(?![\p{L}\p{N}]|[.,]\d)/gu;
const PRICE = /^[1-9]\d{0,2}(?:[. ]\d{3})*[. ]\d00$/;
// Lines that anybody may call, and that an answer is about.
const SERVICE_LINE = /^1[89]00\d{4,6}$/;

const SIGNALLED =
  /(?<!\p{L})(?:stk|số (?:tài khoản|tk|thẻ|cccd|cmnd|căn cước|điện thoại|đt|sđt|id)|tài khoản số|cccd|cmnd|căn cước|mã (?:otp|pin|xác (?:minh|thực|nhận)|định danh|thẻ)|otp|uid|sđt|sdt|zalo|momo)(?!\p{L})([^\d\n]{0,14}?)(?<![\p{L}\p{N}])(\d(?:[ .-]?\d){3,18})(?![\p{L}\p{N}]|[.,]\d)/giu;

const PLATE = /(?<![\p{L}\p{N}])\d{2}[A-Z]\d?[- ]?\d{3}\.?\d{2}(?![\p{L}\p{N}])/gu;
const PASSPORT = /(?<![\p{L}\p{N}])[A-Z]\d{7,8}(?![\p{L}\p{N}])/gu;

const SPOKEN_DIGIT =
  "(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|zero|oh|one|two|three|four|five|six|seven|eight|nine)";
const SPOKEN = new RegExp(`(?<!\\p{L})${SPOKEN_DIGIT}(?:[ ,.-]{1,2}${SPOKEN_DIGIT}){7,30}(?!\\p{L})`, "giu");

/** Phones, identity papers, accounts, cards, codes and number plates. Prices, times and helplines are left. */
export const findNumbers: readonly Finder[] = [
  (text) => every(text, PLATE, () => true),
  (text) => every(text, PASSPORT, () => true),
  (text) => every(text, DIGITS, isPersonal),
  (text) =>
    [...text.matchAll(SIGNALLED)].flatMap((match): Identifier[] => {
      const digits = match[2] ?? "";
      const end = match.index + match[0].length;
      return isPersonal(digits) ? [{ kind: "number", start: end - digits.length, end }] : [];
    }),
  (text) => every(text, SPOKEN, () => true),
];

function isPersonal(written: string): boolean {
  const digits = written.replace(/\D/g, "");
  return !PRICE.test(written) && !SERVICE_LINE.test(digits) && !isYears(written);
}

/** "2023 2024", "2023-2024": a school year. */
function isYears(written: string): boolean {
  return /^(?:19|20)\d\d ?[ -] ?(?:19|20)\d\d$/.test(written);
}

function every(text: string, pattern: RegExp, holds: (found: string) => boolean): Identifier[] {
  return [...text.matchAll(pattern)]
    .filter(([found]) => holds(found))
    .map(({ index, 0: found }) => ({ kind: "number", start: index, end: index + found.length }));
}
