import type { Fact } from "../../../domain/dialogue/flow-book.ts";
import type { ContentProblem } from "../read-yaml.ts";
import type { TextPlace } from "./texts-of.ts";

// "trong 15 phút", "5 câu hỏi": how to do something, not a claim about the world.
const ADVICE_UNIT =
  /^\s*(?:phút|giây|lần|bước|câu|điều|ô|bài|tin|hơi|minutes?|seconds?|times|steps?|questions?|points?|breaths?|things?|lessons?|hours?|giờ|tuần|weeks?)(?![\p{L}])/iu;
const CLAIM =
  /(?:https?:\/\/)?(?:[a-z0-9-]+\.)+(?:org|vn|com|net|gov|int|io|app)\b(?:\/[^\s,;)”"]*)?|(?:Nghị định|Thông tư|Quyết định|Decree|Circular|Decision|Điều|Article)\s+[\d/]+\S*|\d[\d.,/ -]*\d|\d/giu;
// Emergency numbers are on the list of helplines; which of them a text names is checked there.
const FEW = 10;

/**
 * What a text claims – a number, a link, a law – must stand in a row of the facts sheet that its file names, or be
 * the number of a helpline. A figure from nowhere is worse than none.
 */
export function checkClaims(
  places: readonly TextPlace[],
  known: { readonly facts: ReadonlyMap<string, Fact>; readonly numbers: ReadonlySet<string> },
): ContentProblem[] {
  return places.flatMap((place) => {
    const given = place.facts.map((id) => known.facts.get(id)?.fact ?? "").join("\n");
    return claimsIn(place.text)
      .filter((claim) => !known.numbers.has(digitsOf(claim)) && !rests(claim, given))
      .map((claim) => ({
        file: place.file,
        line: place.line,
        message: `"${claim}" stands in no fact that this file names (${place.facts.join(", ") || "none named"})`,
      }));
  });
}

function claimsIn(text: string): string[] {
  const claims: string[] = [];
  for (const { 0: found, index } of text.matchAll(CLAIM)) {
    const claim = found.replace(/[\s.,-]+$/u, "");
    const isBare = /^\d+$/.test(claim);
    const isAdvice = isBare && (Number(claim) < FEW || ADVICE_UNIT.test(text.slice(index + found.length)));
    if (!isAdvice) claims.push(claim);
  }
  return claims;
}

function rests(claim: string, given: string): boolean {
  const plain = given.toLowerCase();
  const words = claim.toLowerCase().replace(/^https?:\/\//, "");
  if (plain.includes(words)) return true;
  const digits = digitsOf(claim);
  return digits !== "" && /^[\d., ]+$/.test(claim) && numbersIn(given).has(digits);
}

/** Numbers of the sheet without their separators: "30.000.000" and "30,000,000" are one number. */
function numbersIn(text: string): Set<string> {
  return new Set(
    (text.match(/\d[\d., ]*\d|\d/g) ?? []).flatMap((found) => [digitsOf(found), ...found.split(/[., ]+/)]),
  );
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
