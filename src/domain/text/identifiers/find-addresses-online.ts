import type { Finder, Identifier, IdentifierKind } from "./identifier.ts";

const ENDINGS =
  "com|vn|net|org|edu|gov|info|biz|gg|ly|io|cc|tv|xyz|top|link|app|site|online|shop|store|club|vip|click|icu|tk|cf|gl";
const EMAIL = new RegExp(
  "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}" +
    "(?: ?@ ?[a-z0-9-]{1,63}(?: ?\\. ?[a-z0-9-]{2,63}){1,4}" +
    `|(?: ?(?:\\((?:at|a còng)\\)|\\[at\\]) ?| at )[a-z0-9-]{1,63}(?: ?(?:\\.|dot) ?(?:${ENDINGS})){1,2})(?![\\p{L}\\p{N}])`,
  "giu",
);

// "buon.me dien": a word of its own after a full stop. Only what follows tells that it is a link.
const ENDINGS_BEFORE_A_PATH = "me|co|be|us|ml|ga|page|live|pro|fun|work|dev";
const WEB = /(?<![\p{L}\p{N}])(?:https?:\/\/|hxxps?:\/\/|www\.)[^\s[\]]{1,2000}/giu;
const DOMAIN = new RegExp(
  `(?<![\\p{L}\\p{N}.-])[a-z0-9][a-z0-9-]{0,62}(?:\\.[a-z0-9-]{1,63}){0,3}\\.(?:(?:${ENDINGS})(?![\\p{L}\\p{N}])(?:[/?][^\\s[\\]]{0,2000})?|(?:${ENDINGS_BEFORE_A_PATH})/[^\\s[\\]]{1,2000})`,
  "giu",
);

const HANDLE = /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{2,64}|(?<![\p{L}\p{N}])[\p{L}\p{N}_.]{2,32}#\d{4}(?!\d)/gu;
const SIGNALLED =
  /(?<![\p{L}\p{N}])(?:nick(?: ?name)?|acc|fb|facebook|face|ig|ins|insta|instagram|tiktok|tele|telegram|discord|zalo|user(?: ?name)?|id)(?![\p{L}\p{N}])(?:\s{1,2}(?:của|cua|em|mình|nó|tui|tôi|con|tên|là|la|is|cháu|bạn)){0,4}[\s:]{1,3}([a-z][a-z0-9_.]{3,40})(?![\p{L}\p{N}])/giu;

/** E-mail addresses, links, handles, and the names of accounts that are told as such. */
export const findAddressesOnline: readonly Finder[] = [
  (text) => every(text, EMAIL, "email"),
  (text) => every(text, WEB, "link"),
  (text) => every(text, DOMAIN, "link"),
  (text) => every(text, HANDLE, "nick"),
  (text) =>
    [...text.matchAll(SIGNALLED)].flatMap((match): Identifier[] => {
      const nick = (match[1] ?? "").replace(/\.+$/, "");
      const start = match.index + match[0].length - (match[1] ?? "").length;
      // A word of letters alone may be any word.
      return /[\d_]|\../.test(nick) && !/^\p{L}\d{0,2}$/u.test(nick)
        ? [{ kind: "nick", start, end: start + nick.length }]
        : [];
    }),
];

function every(text: string, pattern: RegExp, kind: IdentifierKind): Identifier[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    kind,
    start: index,
    end: index + found.length,
  }));
}
