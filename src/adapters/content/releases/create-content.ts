import type { ContentSource, Clock, Logger, Stopper } from "../../../app/ports.ts";
import { AppError } from "../../../app/errors.ts";
import type { FlowBook } from "../../../domain/dialogue/flow-book.ts";
import { lintTexts } from "../lint/lint-content.ts";
import { type ContentSettings, formatProblems, readFlowBook } from "../load-flow-book.ts";
import type { ContentProblem } from "../read-yaml.ts";
import { openContentReleases } from "./content-releases.ts";

export interface ContentDeps {
  readonly flowsDir: string;
  readonly dataDir: string;
  readonly settings: ContentSettings;
  readonly clock: Clock;
  readonly log: Logger;
}

export type Reloaded =
  | { readonly kind: "unchanged" | "changed"; readonly revision: string }
  | { readonly kind: "refused"; readonly problems: readonly ContentProblem[] };

export interface LiveContent extends ContentSource, Stopper {
  /** Reads the content again. With a mistake in it, the content that answers now goes on answering. */
  reload(): Reloaded;
}

const LOOK_EVERY_MS = 1000;

/** The content of a running server: read at the start (a mistake stops it), again when asked to. */
export function createContent(deps: ContentDeps): LiveContent {
  const { log, clock } = deps;
  const releases = openContentReleases(deps.dataDir, deps.flowsDir);
  let book = readAtStart(deps, releases.directory());
  releases.keep({ revision: book.revision, at: clock.now() });

  function reload(): Reloaded {
    const read = readChecked(releases.directory(), deps.settings);
    if (read.book === null) {
      // File and line only: what an editor wrote is not for the log.
      const places = read.problems.map(({ file, line }) => `${file}:${line}`);
      log.warn("content-refused", { places: places.slice(0, 20), mistakes: places.length });
      return { kind: "refused", problems: read.problems };
    }
    const kind = read.book.revision === book.revision ? "unchanged" : "changed";
    book = read.book;
    releases.keep({ revision: book.revision, at: clock.now() });
    log.info("content-loaded", { revision: book.revision, flows: book.flows.size });
    return { kind, revision: book.revision };
  }

  let seen = releases.requestMark();
  const watch = setInterval(() => {
    const mark = releases.requestMark();
    if (mark === seen) return;
    seen = mark;
    reload();
  }, LOOK_EVERY_MS);
  watch.unref();

  return {
    current: () => book,
    reload,
    stop: async () => clearInterval(watch),
  };
}

/** A long sentence keeps nobody from being answered: at the start only what cannot be walked is refused. */
function readAtStart(deps: ContentDeps, directory: string): FlowBook {
  const { flowsDir, settings, log } = deps;
  const read = readFlowBook(directory, settings);
  if (read.book !== null) return read.book;
  if (directory !== flowsDir) {
    // A release of an older version that this one cannot read: the files of the project can be.
    log.warn("content-release-unreadable", { mistakes: read.problems.length });
    return readAtStart(deps, flowsDir);
  }
  throw new AppError("CONTENT_INVALID", { detail: `\n${formatProblems(read.problems)}` });
}

function readChecked(
  directory: string,
  settings: ContentSettings,
): { book: FlowBook | null; problems: readonly ContentProblem[] } {
  const read = readFlowBook(directory, settings);
  if (read.book === null) return read;
  const problems = lintTexts({ ...read, book: read.book });
  return { book: problems.length === 0 ? read.book : null, problems };
}
