import type { FastifyInstance } from "fastify";
import { readDrill } from "../../app/drills.ts";
import { readIncidents } from "../../app/channel-health.ts";
import { readUndelivered } from "../../app/undelivered.ts";
import { showEntry } from "../../app/show-entry.ts";
import type { TranscriptEntry } from "../../domain/conversation/message.ts";
import type { CounsellorAct } from "../../domain/handoff/counsellor-acts.ts";
import { isPresent } from "../../app/presence.ts";
import type { QueueView } from "./queue-view.ts";
import { createReadings } from "./readings.ts";
import type { QuoteSigns } from "../../domain/triage/quote-signs.ts";
import { CounsellorId } from "../../domain/kernel/ids.ts";
import { ActRequest, type ConsoleEntry, ReadingReason, type TranscriptAnswer } from "../../wire/console.ts";
import { isOpen } from "../../domain/team/account.ts";
import { may } from "../../domain/team/may.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { findCase } from "./find-case.ts";
import { mayRead } from "./may-read.ts";
import { problem, read } from "./read-body.ts";
import { showFile } from "./show-file.ts";
import { showOffer } from "./show-offer.ts";
import { signedIn } from "./signed-in.ts";

const PAGE_SIZE = 500;
const SUPERVISORS_ACTS: ReadonlySet<ActRequest["act"]["kind"]> = new Set(["assign", "put-back", "whisper"]);

export function registerCaseRoutes(
  app: FastifyInstance,
  deps: ConsoleDeps & { readonly queue: QueueView },
): void {
  const { store, clock } = deps;
  const readings = createReadings(clock);

  // A `QueueAnswer`, put together from pieces that are ready.
  app.get("/queue", { config: { role: "counsellor" } }, async (request, reply) => {
    const [listed, incidents, drill] = await Promise.all([
      deps.queue.list(),
      readIncidents(store.shelf),
      readDrill(store.shelf, clock.now()),
    ]);
    const seen = { now: clock.now(), by: signedIn(request).id };
    const cases = await Promise.all(
      listed.map(async ({ handoff, summary, json }) =>
        handoff.transfer === null
          ? json
          : JSON.stringify({ ...summary, offer: await showOffer(store, handoff, seen) }),
      ),
    );
    return reply
      .type("application/json; charset=utf-8")
      .send(
        `{"now":${seen.now},"capacity":${deps.capacity},"drill":${JSON.stringify(drill)},"cases":[${cases.join(",")}],"incidents":${JSON.stringify(incidents)}}`,
      );
  });

  app.get<{ Params: { id: string }; Querystring: { after?: string; reason?: string } }>(
    "/cases/:id/transcript",
    { config: { role: "counsellor" } },
    async (request, reply) => {
      const account = signedIn(request);
      const handoff = await findCase(store, request.params.id);
      if (handoff === null || handoff.status === "resolved" || handoff.status === "abandoned") {
        return reply.code(404).send(problem("GONE", "this case is closed"));
      }
      if (!mayRead(handoff, account))
        return reply.code(403).send(problem("NOT_YOURS", "a colleague holds this case"));
      // A supervisor reads over a colleague's shoulder for a reason only, and the reason is written down.
      const isOver = handoff.status === "live" && handoff.counsellorId !== account.id;
      const reason = ReadingReason.safeParse(request.query.reason).data;
      if (isOver && reason === undefined)
        return reply.code(403).send(problem("REASON_NEEDED", "say why you read a colleague's case"));
      const conversation = await store.load(handoff.conversationId);
      if (conversation === null)
        return reply.code(404).send(problem("GONE", "the person has deleted this conversation"));
      const after = Math.max(0, Math.floor(Number(request.query.after ?? 0)) || 0);
      if (readings.isNew(`${account.id} ${handoff.id}`) || after === 0) {
        const detail = isOver
          ? `over:${reason}`
          : handoff.counsellorId === account.id
            ? "own-case"
            : "waiting";
        await store.audit.append([
          {
            at: clock.now(),
            act: "transcript-read",
            by: account.id,
            conversationId: conversation.id,
            detail,
          },
        ]);
      }
      const entries = await store.transcript(conversation.id, { after, limit: PAGE_SIZE });
      const answer: TranscriptAnswer = {
        mode: conversation.mode.kind,
        lastSeq: conversation.lastSeq,
        entries: entries.map((entry) => ({
          ...showEntry(entry, (value) => deps.labelOf(value, conversation.locale)),
          because: becauseOf(entry, deps.quoteSigns),
        })),
        undelivered: await readUndelivered(store.shelf, conversation.id),
        file: await showFile(deps, handoff, { by: account.id, conversation }),
      };
      return answer;
    },
  );

  app.post<{ Params: { id: string } }>(
    "/cases/:id/act",
    { config: { role: "counsellor" } },
    async (request, reply) => {
      const body = read(ActRequest, request.body);
      if (body.problem !== null) return reply.code(400).send(body.problem);
      const handoff = await findCase(store, request.params.id);
      if (handoff === null) return reply.code(409).send({ kind: "refused", reason: "gone" });
      const { actId } = body.value;
      const { kind } = body.value.act;
      if (SUPERVISORS_ACTS.has(kind) && !may(signedIn(request), "supervisor"))
        return reply.code(403).send(problem("FORBIDDEN", "only a supervisor may do this"));
      const act = await namedAct(deps, body.value.act, signedIn(request).id);
      if (act === null) return reply.code(400).send(problem("NO_COLLEAGUE", "nobody with this id is there"));
      await deps.presence.seen(signedIn(request).id);
      const answer = await deps.actOnHandoff({
        actId,
        act,
        handoffId: handoff.id,
        counsellorId: signedIn(request).id,
      });
      if (answer.kind === "done" && act.kind === "claim") {
        deps.metrics.observe("handoff_wait_seconds", (clock.now() - handoff.requestedAt) / 1000);
        await deps.outlook.claimed(handoff);
      }
      return reply.code(answer.kind === "done" ? 200 : 409).send(answer);
    },
  );
}

function becauseOf({ from, said }: TranscriptEntry, quoteSigns: QuoteSigns): ConsoleEntry["because"] {
  if (from !== "person" || said?.kind !== "text") return [];
  return quoteSigns(said.text).map(({ level, reason, words }) => ({ level, ...reason, words: [...words] }));
}

/** An offer goes to somebody there is, a case to somebody who sits there; null when nobody like that has the id. */
async function namedAct(
  { store, presence, clock }: Pick<ConsoleDeps, "store" | "presence" | "clock">,
  act: ActRequest["act"],
  by: CounsellorId,
): Promise<CounsellorAct | null> {
  if (act.kind !== "offer" && act.kind !== "assign") return act;
  if (act.to === null) return { kind: "offer", to: null };
  const to = CounsellorId.safeParse(act.to).data;
  const colleague = to === undefined ? null : await store.accounts.byId(to);
  if (colleague === null || !isOpen(colleague) || !may(colleague, "counsellor")) return null;
  const isThere =
    act.kind === "offer" ||
    colleague.id === by ||
    isPresent(await presence.seenAt(colleague.id), clock.now());
  return isThere ? { kind: act.kind, to: colleague.id } : null;
}
