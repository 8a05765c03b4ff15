/** A light stem, so that `hits`, `hitting` and `hit` meet; null for words it leaves alone. */
export function stemEnglish(word: string): string | null {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return null;
  const stem = word
    .replace(/(?:ies|ied)$/, "y")
    .replace(/(?:ing|edly|ed|ly|ers?|ness|ment)$/, "")
    .replace(/(?<=[^s])s$/, "")
    .replace(/([bdfgklmnprt])\1$/, "$1")
    .replace(/e$/, "");
  return stem.length >= 3 ? stem : null;
}
