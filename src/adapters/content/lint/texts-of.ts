import type { Locale } from "../../../domain/taxonomy/speaker.ts";

/** One text of a content file, in one language, with where it stands. */
export interface TextPlace {
  readonly file: string;
  readonly line: number;
  /** Keys from the root of the file, as "steps.first.say.teen.vi". */
  readonly at: string;
  /** What stands on a button or behind one is read differently from what is said. */
  readonly kind: "said" | "point" | "label";
  readonly locale: Locale;
  readonly text: string;
  /** Rows of the facts sheet that the file rests on. */
  readonly facts: readonly string[];
  /** The name of the step, for files that have steps. */
  readonly step: string | null;
}

export interface ContentFile {
  readonly name: string;
  readonly value: unknown;
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** Every text of a file: wherever a `vi` and an `en` stand side by side. */
export function textsOf(file: ContentFile): TextPlace[] {
  const places: TextPlace[] = [];
  const visit = (value: unknown, path: readonly PropertyKey[], own: readonly string[]): void => {
    if (Array.isArray(value)) {
      for (const [index, inner] of value.entries()) visit(inner, [...path, index], own);
      return;
    }
    if (!isRecord(value)) return;
    const cited = [...own, ...factsIn(value)];
    if (typeof value["vi"] === "string" && typeof value["en"] === "string") {
      for (const locale of ["vi", "en"] as const) {
        places.push({
          file: file.name,
          line: file.lineOf([...path, locale]),
          at: [...path, locale].map(String).join("."),
          kind: kindOf(value, path),
          locale,
          text: value[locale] as string,
          facts: cited,
          step: path[0] === "steps" ? String(path[1]) : null,
        });
      }
    }
    for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key], cited);
  };
  visit(file.value, [], []);
  return places;
}

function kindOf(value: Record<string, unknown>, path: readonly PropertyKey[]): TextPlace["kind"] {
  if (Object.keys(value).length > 2 || path.includes("labels") || path.at(-1) === "title") return "label";
  if (path.includes("answers")) return "label";
  return path.includes("do") ? "point" : "said";
}

function factsIn(value: unknown): string[] {
  const facts = isRecord(value) ? value["facts"] : null;
  return Array.isArray(facts) ? facts.filter((fact): fact is string => typeof fact === "string") : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
