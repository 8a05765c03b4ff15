/** Makes one plain lower-case text of whatever code points arrived; linear in the length, for any string. */

// Letters of other scripts that look like a Latin one: written to slip past word lists, or by a wrong keyboard.
const LOOK_ALIKES = new Map(
  Object.entries({
    а: "a",
    в: "b",
    с: "c",
    ԁ: "d",
    е: "e",
    ё: "e",
    ғ: "f",
    һ: "h",
    н: "h",
    і: "i",
    ї: "i",
    ј: "j",
    к: "k",
    ӏ: "l",
    м: "m",
    п: "n",
    о: "o",
    р: "p",
    ԛ: "q",
    г: "r",
    ѕ: "s",
    т: "t",
    у: "y",
    ү: "y",
    ѵ: "v",
    ԝ: "w",
    х: "x",
    α: "a",
    β: "b",
    ϲ: "c",
    ε: "e",
    η: "n",
    ι: "i",
    κ: "k",
    ν: "v",
    ο: "o",
    ρ: "p",
    τ: "t",
    υ: "u",
    χ: "x",
    γ: "y",
    ω: "w",
    ı: "i",
    ł: "l",
    ø: "o",
    ð: "đ",
    ɗ: "đ",
    ɑ: "a",
    ɡ: "g",
    ɩ: "i",
    ʏ: "y",
    ʟ: "l",
    ѡ: "w",
    ƒ: "f",
    ʜ: "h",
    ᴀ: "a",
    ᴇ: "e",
    ᴏ: "o",
    ᴜ: "u",
    ᴛ: "t",
    "’": "'",
    "‘": "'",
    ʼ: "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
  }),
);

// Nothing but Latin as Vietnamese is typed: the usual case, done in one pass.
const ORDINARY = /^[\n -_a-~\u00c0-\u017f\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]*$/;
const UNUSUAL_LATIN = /[łøðı]/i;
export function cleanCharacters(raw: string): string {
  if (ORDINARY.test(raw) && !UNUSUAL_LATIN.test(raw)) return raw.normalize("NFC").toLowerCase();
  const thinned = thinMarks(raw.toWellFormed());
  const lower = thinned.normalize("NFKC").toLowerCase();
  const plain = lower.replace(
    /[\p{L}\u2018-\u201d\u2013\u2014\u00b4`\u02bc]/gu,
    (letter) => LOOK_ALIKES.get(letter) ?? letter,
  );
  return dropInvisible(plain.normalize("NFC"));
}

/** No letter needs more than two marks; a flood of them would make normalisation itself slow. */
function thinMarks(text: string): string {
  return text.replace(/(\p{M}{2})\p{M}+/gu, "$1");
}

function dropInvisible(text: string): string {
  return text
    .replace(/[\u115f\u1160\u3164\uffa0\u2800]/g, "")
    .replace(/[^\S\n]/gu, " ")
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{M}\ufffd\p{Co}]/gu, "");
}
