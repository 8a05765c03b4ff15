import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const History = z.strictObject({
  /** Newest last. */
  releases: z.array(z.strictObject({ revision: z.string().regex(/^[0-9a-f]{16}$/), at: z.number() })),
  /** A release that answers in place of the files, after an editor went back to it. */
  pinned: z.string().nullable(),
});
type History = z.infer<typeof History>;

// Going back further than this is a matter for git.
const KEPT = 5;

/** Copies of the content that has answered on this machine, so that one command goes back to the last one. */
export interface ContentReleases {
  /** Where to read the content from now: the files of the project, or a release gone back to. */
  directory(): string;
  /** Keeps a copy of what answers now; the same content again is not kept twice. */
  keep(release: { readonly revision: string; readonly at: number }): void;
  /** Goes back to the release before the one that answers now. Answers its revision, or null where there is none. */
  goBack(): string | null;
  /** Answers from the files of the project again. */
  goForward(): void;
  /** Changes whenever somebody asks the running server to read its content again. */
  requestMark(): string;
  request(): void;
}

export function openContentReleases(dataDir: string, flowsDir: string): ContentReleases {
  const home = join(dataDir, "content");
  const historyFile = join(home, "releases.json");
  const requestFile = join(home, "reload");
  const folderOf = (revision: string) => join(home, revision);

  function read(): History {
    try {
      return History.parse(JSON.parse(readFileSync(historyFile, "utf8")));
    } catch {
      // No history yet, or one that a crash left half written: the files of the project answer.
      return { releases: [], pinned: null };
    }
  }

  function write(history: History): void {
    mkdirSync(home, { recursive: true });
    writeFileSync(`${historyFile}.new`, JSON.stringify(history));
    renameSync(`${historyFile}.new`, historyFile);
  }

  return {
    directory() {
      const { pinned } = read();
      return pinned !== null && existsSync(folderOf(pinned)) ? folderOf(pinned) : flowsDir;
    },
    keep({ revision, at }) {
      const history = read();
      if (history.pinned !== null || history.releases.at(-1)?.revision === revision) return;
      const partial = `${folderOf(revision)}.new`;
      rmSync(partial, { recursive: true, force: true });
      cpSync(flowsDir, partial, { recursive: true });
      rmSync(folderOf(revision), { recursive: true, force: true });
      renameSync(partial, folderOf(revision));
      const releases = [...history.releases.filter((each) => each.revision !== revision), { revision, at }];
      for (const old of releases.slice(0, -KEPT))
        rmSync(folderOf(old.revision), { recursive: true, force: true });
      write({ releases: releases.slice(-KEPT), pinned: null });
    },
    goBack() {
      const history = read();
      const answering = history.pinned ?? history.releases.at(-1)?.revision;
      const at = history.releases.findIndex(({ revision }) => revision === answering);
      const before = history.releases[at - 1];
      if (before === undefined) return null;
      write({ ...history, pinned: before.revision });
      return before.revision;
    },
    goForward() {
      write({ ...read(), pinned: null });
    },
    requestMark() {
      try {
        return `${statSync(requestFile).mtimeMs} ${readFileSync(requestFile, "utf8")}`;
      } catch {
        return "";
      }
    },
    request() {
      mkdirSync(home, { recursive: true });
      writeFileSync(requestFile, `${Date.now()} ${process.hrtime.bigint()}`);
    },
  };
}
