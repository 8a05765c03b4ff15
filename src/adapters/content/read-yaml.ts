import { readFileSync } from "node:fs";
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";

/** A mistake in a content file, said so that an editor who is no programmer finds and mends it. */
export interface ContentProblem {
  readonly file: string;
  /** 1-based; 0 when the mistake is about the file as a whole. */
  readonly line: number;
  readonly message: string;
}

export interface YamlFile<T> {
  readonly value: T | null;
  readonly problems: readonly ContentProblem[];
  /** The line of a path in the file, for checks that come after the schema. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** Reads a YAML file against a schema; every mistake is returned with its line, none is thrown. */
export function readYaml<T>(file: string, shownAs: string, schema: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines, uniqueKeys: true });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const lineOf = (path: readonly PropertyKey[]) => lineOfPath(document, path, lineAt);
  const broken = document.errors.map((error) => ({
    file: shownAs,
    line: lineAt(error.pos[0]),
    message: error.message.split("\n")[0] ?? error.message,
  }));
  if (broken.length > 0) return { value: null, problems: broken, lineOf };
  const plain = unfolded(document);
  if ("message" in plain) return { value: null, problems: [{ file: shownAs, line: 0, ...plain }], lineOf };
  const parsed = schema.safeParse(plain.value);
  if (parsed.success) return { value: parsed.data, problems: [], lineOf };
  const problems = parsed.error.issues
    .flatMap((issue) => unfold(issue, []))
    .map(({ path, message }) => ({
      file: shownAs,
      line: lineOf(path),
      message: path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`,
    }));
  return { value: null, problems, lineOf };
}

/** Anchors are written out here; a few lines of them can stand for millions, which the parser refuses. */
function unfolded(document: Document): { readonly value: unknown } | { readonly message: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    return {
      message: error instanceof Error ? error.message : "the anchors of this file cannot be followed",
    };
  }
}

interface FlatIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A failed union says only "invalid input"; the branch that came nearest says what is really wrong. */
function unfold(issue: z.core.$ZodIssue, base: readonly PropertyKey[]): FlatIssue[] {
  const path = [...base, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ path, message: issue.message }];
  const nearest = [...issue.errors].sort((a, b) => strangeness(a) - strangeness(b))[0] ?? [];
  return nearest.flatMap((inner) => unfold(inner, path));
}

function strangeness(issues: readonly z.core.$ZodIssue[]): number {
  // A branch whose own fields are all missing is not the one that was meant.
  return issues.reduce(
    (sum, issue) => sum + (issue.code === "unrecognized_keys" ? 3 : issue.path.length > 1 ? 0.5 : 2),
    0,
  );
}

function lineOfPath(
  document: Document,
  path: readonly PropertyKey[],
  lineAt: (offset: number) => number,
): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lineAt(node.range[0]);
  }
  return 0;
}
