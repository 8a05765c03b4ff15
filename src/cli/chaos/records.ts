import type { ServerFrame, WireEntry } from "../../wire/chat.ts";
import type { ActRequest, CaseSummary } from "../../wire/console.ts";

/** What each side saw, written down while it happens. The checker reads this and nothing else. */

export interface PersonRecord {
  readonly name: string;
  /** Ids of messages in the order in which they were first sent. */
  readonly sent: string[];
  readonly accepted: Set<string>;
  /** Everything ever received, by number; a number that came again with other words is noted. */
  readonly received: Map<number, string>;
  readonly contradictions: string[];
  /** `erased` frames: nobody asked for it. */
  erasures: number;
  /** What a page that opens anew at the end is given. */
  final: { readonly mode: Mode; readonly entries: readonly WireEntry[] } | null;
}

export type Mode = Extract<ServerFrame, { t: "welcome" }>["mode"];

export interface ActRecord {
  readonly caseId: string;
  readonly act: ActRequest["act"];
  readonly startedAt: number;
  endedAt: number;
  /** `tries` above 1: an answer may have been lost, so that a refusal may mean "done before". */
  tries: number;
  result: "done" | "refused" | "unknown";
}

export interface CounsellorRecord {
  readonly name: string;
  readonly acts: ActRecord[];
}

export interface DeskRecord {
  /** The queue at the end. */
  readonly cases: readonly CaseSummary[];
  /** By case: the texts of the whole talk, as the console shows it. */
  readonly talks: ReadonlyMap<string, readonly string[]>;
}

export interface Records {
  readonly people: readonly PersonRecord[];
  readonly counsellors: readonly CounsellorRecord[];
  readonly desk: DeskRecord;
  /** What is said when a counsellor comes, leaves and ends: in every language and voice. */
  readonly notices: { readonly joined: ReadonlySet<string>; readonly left: ReadonlySet<string> };
}

/** "… (3.17)": what a person wrote, unlike anything else that anybody wrote. */
export const OWN_WORDS = /\(\d+\.\d+\)$/;

/** "[c2.17] …": each line of a counsellor can be told from every other. */
export const MARK = /^\[(c\d+)\.\d+\]/;
