/** The longest text that one frame or act carries. */
export const MAX_PART = 4000;

/** Cuts a long text into parts that may be sent, at the end of a sentence where there is one, so that nothing is lost. */
export function splitText(text: string, limit = MAX_PART): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const at = cutBefore(rest, limit);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  if (rest !== "") parts.push(rest);
  return parts;
}

function cutBefore(text: string, limit: number): number {
  const head = text.slice(0, limit);
  const sentence = lastMatchEnd(head, /[.!?…][)"”’]?\s|\n/g);
  if (sentence > limit / 4) return sentence;
  const word = lastMatchEnd(head, /\s/g);
  if (word > 0) return word;
  // Never between the two halves of one emoji.
  return /[\uD800-\uDBFF]$/.test(head) ? limit - 1 : limit;
}

function lastMatchEnd(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}
