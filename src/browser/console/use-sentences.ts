import { useEffect, useState } from "preact/hooks";
import type { CaseSummary, ReadySentence, SnippetsAnswer } from "../../wire/console.ts";
import { callServer } from "./call-server.ts";
import { matchingSentences, type SentenceSearch } from "./find-sentences.ts";

export interface Sentences {
  readonly found: readonly ReadySentence[];
  readonly status: "loading" | "ready" | "failed";
  readonly chosen: number;
  move(by: 1 | -1): void;
}

/** The sentences that fit a search, fetched anew whenever one begins: somebody may have edited them meanwhile. */
export function useSentences(
  search: SentenceSearch | null,
  { locale, audience }: Pick<CaseSummary, "locale" | "audience">,
): Sentences {
  const [all, setAll] = useState<readonly ReadySentence[]>([]);
  const [status, setStatus] = useState<Sentences["status"]>("loading");
  const [chosen, setChosen] = useState(0);
  const isOpen = search !== null;
  const wanted = search?.wanted ?? "";

  useEffect(() => {
    if (!isOpen) return;
    let isCurrent = true;
    void callServer<SnippetsAnswer>("GET", `/snippets?locale=${locale}&audience=${audience}`).then(
      (answer) => {
        if (!isCurrent) return;
        setStatus(answer.kind === "ok" ? "ready" : "failed");
        setAll(answer.kind === "ok" ? answer.value.snippets : []);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [isOpen, locale, audience]);
  useEffect(() => setChosen(0), [isOpen, wanted]);

  const found = isOpen ? matchingSentences(all, wanted) : [];
  return {
    found,
    status,
    chosen: Math.min(chosen, Math.max(0, found.length - 1)),
    move(by) {
      if (found.length > 0) setChosen((at) => (at + by + found.length) % found.length);
    },
  };
}
