import type { ContentSource, Store } from "../../app/ports.ts";
import type { Conversation } from "../../domain/conversation/conversation.ts";
import { CASE_TAGS } from "../../domain/handoff/case-file.ts";
import { stepsFor } from "../../domain/handoff/checklist.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";
import type { CounsellorId } from "../../domain/kernel/ids.ts";
import type { CaseFileView } from "../../wire/case-file.ts";

interface Deps {
  readonly store: Pick<Store, "accounts">;
  readonly content: ContentSource;
}

/** What counsellors wrote down about a case, with the names of who did. A step that the list has lost stays untold. */
export async function showFile(
  { store, content }: Deps,
  handoff: Handoff,
  seen: { readonly by: CounsellorId; readonly conversation: Pick<Conversation, "openedAt"> },
): Promise<CaseFileView> {
  const { notes, tags, ticks, plan, marks } = handoff.file;
  const names = await namesOf(
    store,
    [...notes, ...ticks].map(({ by }) => by),
  );
  const dangers = new Set<string>(
    [handoff.risk, ...handoff.risk.signals].map(({ category }) => category as string),
  );
  return {
    notes: notes.map(({ at, by, text }) => ({
      ...{ at, text, byName: names.get(by) ?? null },
      isOwn: by === seen.by,
    })),
    tags: [...tags],
    suggested: CASE_TAGS.filter((tag) => dangers.has(tag)),
    steps: stepsFor(content.current().checklist, handoff).map(({ id, say }) => {
      const tick = ticks.find(({ step }) => step === id);
      return {
        ...{ id, ...say },
        done: tick === undefined ? null : { at: tick.at, byName: names.get(tick.by) ?? null },
      };
    }),
    plan,
    marks: marks.map(({ seq }) => seq),
    firstWroteAt: seen.conversation.openedAt,
  };
}

async function namesOf(
  store: Pick<Store, "accounts">,
  ids: readonly CounsellorId[],
): Promise<ReadonlyMap<CounsellorId, string>> {
  const found = await Promise.all([...new Set(ids)].map((id) => store.accounts.byId(id)));
  return new Map(found.flatMap((account) => (account === null ? [] : [[account.id, account.name]])));
}
