import { stripMarks } from "../text/letters.ts";
import type { Signal } from "./assessment.ts";
import { type CompiledPattern, PatternCompiler } from "./compile-pattern.ts";
import { PatternMistake } from "./pattern.ts";
import type { PhraseIndex } from "./phrase-index.ts";
import type { FrameDef, FramePlace, IdiomDef, RuleDef, RuleFile, SumDef } from "./rule.ts";

export interface Rule {
  readonly signal: Signal;
  readonly tags: readonly string[];
  readonly any: readonly CompiledPattern[];
  readonly not: readonly CompiledPattern[];
  readonly unless: readonly string[];
}

export interface Frame {
  readonly where: FramePlace;
  readonly calmsModel: boolean;
  readonly carries: boolean;
  readonly opens: readonly CompiledPattern[];
  readonly any: readonly CompiledPattern[];
  readonly except: readonly CompiledPattern[];
}

export interface Idiom {
  readonly any: readonly CompiledPattern[];
  readonly unless: readonly CompiledPattern[];
}

export interface Sum {
  readonly signal: Signal;
  readonly all: readonly string[];
  readonly newest: string | null;
  readonly signals: number;
}

/** Every rule, ready to be asked. Made once at the start. */
export interface RuleBook {
  readonly index: PhraseIndex;
  readonly fillers: ReadonlySet<string>;
  readonly idioms: readonly Idiom[];
  readonly frames: ReadonlyMap<string, Frame>;
  readonly rules: readonly Rule[];
  readonly sums: readonly Sum[];
  /** Per phrase list, the patterns to try when it was found: a pattern waits at the rarest list it needs. */
  readonly idiomsAt: ReadonlyMap<number, readonly Waiting[]>;
  readonly rulesAt: ReadonlyMap<number, readonly Waiting[]>;
  /** Tags of a rule that some sum asks for. */
  readonly tagsOf: ReadonlyMap<string, readonly string[]>;
}

export interface Waiting {
  readonly pattern: CompiledPattern;
  /** Index in `rules` or `idioms`. */
  readonly owner: number;
}

export interface NamedRuleFile {
  readonly name: string;
  readonly file: RuleFile;
}

/** A mistake that only shows when all files are seen together. */
export interface RuleMistake {
  readonly name: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export type Compiled =
  | { readonly book: RuleBook; readonly mistakes: readonly [] }
  | { readonly book: null; readonly mistakes: readonly RuleMistake[] };

const FILLER_LIST = "filler";
const VAGUE_LIST = "needs-marks";

export function compileRules(files: readonly NamedRuleFile[]): Compiled {
  const mistakes: RuleMistake[] = [];
  const compiler = new PatternCompiler(gatherWords(files, mistakes), namedWords(files, VAGUE_LIST));
  const frameNames = new Set(files.flatMap(({ file }) => Object.keys(file.frames)));
  const idioms: Idiom[] = [];
  const frames = new Map<string, Frame>();
  const rules: Rule[] = [];
  const sums: Sum[] = [];
  for (const { name, file } of files) {
    const report = (path: readonly PropertyKey[], message: string) => mistakes.push({ name, path, message });
    const all = (texts: readonly string[], path: readonly PropertyKey[]) =>
      texts.flatMap((text, at) => compileOne(compiler, text, (message) => report([...path, at], message)));
    for (const list of Object.keys(file.words))
      checkList(compiler, list, (message) => report(["words", list], message));
    file.idioms.forEach((def: IdiomDef, at) => {
      idioms.push({
        any: all(def.any, ["idioms", at, "any"]),
        unless: all(def.unless, ["idioms", at, "unless"]),
      });
    });
    for (const [frame, def] of Object.entries<FrameDef>(file.frames)) {
      if (frames.has(frame)) report(["frames", frame], `the frame "${frame}" is told twice`);
      const path = ["frames", frame];
      frames.set(frame, {
        where: def.where,
        calmsModel: def.calmsModel,
        carries: def.carries,
        opens: all(def.opens, [...path, "opens"]),
        any: all(def.any, [...path, "any"]),
        except: all(def.except, [...path, "except"]),
      });
    }
    file.rules.forEach((def: RuleDef, at) => {
      const path = ["rules", at];
      if (rules.some((rule) => rule.signal.id === def.id))
        report([...path, "id"], `there are two rules "${def.id}"`);
      for (const frame of def.unless)
        if (!frameNames.has(frame)) report([...path, "unless"], `there is no frame "${frame}"`);
      const { id, level, category, reason, unless, tags } = def;
      rules.push({
        signal: { id, level, category, reason },
        unless,
        tags,
        any: all(def.any, [...path, "any"]),
        not: all(def.not, [...path, "not"]),
      });
    });
    sums.push(
      ...file.sums.map(({ id, level, category, reason, all: needed, newest, signals }: SumDef) => ({
        signal: { id, level, category, reason },
        all: needed,
        newest: newest ?? null,
        signals,
      })),
    );
  }
  if (rules.length === 0)
    mistakes.push({ name: files[0]?.name ?? "rules", path: [], message: "there is not one rule" });
  if (mistakes.length > 0) return { book: null, mistakes };
  const summed = new Set(sums.flatMap((sum) => sum.all));
  const rarity = new Rarity([...rules, ...idioms]);
  const book: RuleBook = {
    index: compiler.index,
    fillers: withBare(namedWords(files, FILLER_LIST)),
    idioms,
    frames,
    rules,
    sums,
    idiomsAt: rarity.waitingAt(idioms),
    rulesAt: rarity.waitingAt(rules),
    tagsOf: new Map(rules.map((rule) => [rule.signal.id, rule.tags.filter((tag) => summed.has(tag))])),
  };
  return { book, mistakes: [] };
}

function gatherWords(files: readonly NamedRuleFile[], mistakes: RuleMistake[]): Map<string, string> {
  const words = new Map<string, string>();
  for (const { name, file } of files) {
    for (const [list, phrases] of Object.entries(file.words)) {
      if (words.has(list))
        mistakes.push({ name, path: ["words", list], message: `the word list @${list} is told twice` });
      words.set(list, phrases);
    }
  }
  return words;
}

/** The single words of a list that the engine itself reads. */
function namedWords(files: readonly NamedRuleFile[], list: string): ReadonlySet<string> {
  const words = files.flatMap(({ file }) => (file.words[list] ?? "").split("|"));
  return new Set(words.map((word) => word.trim()).filter((word) => word !== ""));
}

function withBare(words: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...words].flatMap((word) => [word, stripMarks(word)]));
}

function compileOne(
  compiler: PatternCompiler,
  text: string,
  report: (message: string) => void,
): CompiledPattern[] {
  try {
    return [compiler.compile(text)];
  } catch (error) {
    report(worded(error));
    return [];
  }
}

function checkList(compiler: PatternCompiler, list: string, report: (message: string) => void): void {
  try {
    compiler.checkList(list);
  } catch (error) {
    report(worded(error));
  }
}

function worded(error: unknown): string {
  if (error instanceof PatternMistake) return error.message;
  throw error;
}

/** A list that few patterns need is seldom found, so patterns that wait there are seldom tried. */
class Rarity {
  readonly #uses = new Map<number, number>();

  constructor(owners: readonly { readonly any: readonly CompiledPattern[] }[]) {
    for (const { any } of owners) {
      for (const { needs } of any)
        for (const list of needs) this.#uses.set(list, (this.#uses.get(list) ?? 0) + 1);
    }
  }

  waitingAt(
    owners: readonly { readonly any: readonly CompiledPattern[] }[],
  ): ReadonlyMap<number, readonly Waiting[]> {
    const waiting = new Map<number, Waiting[]>();
    owners.forEach(({ any }, owner) => {
      for (const pattern of any) {
        const rarest = this.#rarest(pattern.needs);
        waiting.set(rarest, [...(waiting.get(rarest) ?? []), { pattern, owner }]);
      }
    });
    return waiting;
  }

  #rarest(needs: readonly number[]): number {
    return needs.reduce((best, list) =>
      (this.#uses.get(list) ?? 0) < (this.#uses.get(best) ?? 0) ? list : best,
    );
  }
}
