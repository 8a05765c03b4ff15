import type { FastifyInstance } from "fastify";
import type { Store } from "../../app/ports.ts";
import { readIncidents } from "../../app/channel-health.ts";
import { readUndelivered } from "../../app/undelivered.ts";
import { showEntry } from "../../app/show-entry.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";
import type { TranscriptEntry } from "../../domain/conversation/message.ts";
import type { CounsellorAct } from "../../domain/handoff/counsellor-acts.ts";
import type { QuoteSigns } from "../../domain/triage/quote-signs.ts";
import { CounsellorId, HandoffId } from "../../domain/kernel/ids.ts";
import {
  ActRequest,
  type CaseSummary,
  type ConsoleEntry,
  type QueueAnswer,
  type TranscriptAnswer,
} from "../../wire/console.ts";
import { isOpen } from "../../domain/team/account.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { mayRead } from "./may-read.ts";
import { problem, read } from "./read-body.ts";
import { showOffer } from "./show-offer.ts";
import { signedIn } from "./signed-in.ts";

const PAGE_SIZE = 500;

export function registerCaseRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const { store, clock } = deps;

  app.get("/queue", { config: { role: "counsellor" } }, async (request): Promise<QueueAnswer> => {
    const open = await store.handoffs.open();
    const seen = { now: clock.now(), by: signedIn(request).id };
    const [cases, incidents] = await Promise.all([
      Promise.all(open.map((handoff) => summarise(store, handoff, seen))),
      readIncidents(store.shelf),
    ]);
    return { now: seen.now, cases, incidents };
  });

  app.get<{ Params: { id: string }; Querystring: { after?: string } }>(
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
      const conversation = await store.load(handoff.conversationId);
      if (conversation === null)
        return reply.code(404).send(problem("GONE", "the person has deleted this conversation"));
      const after = Math.max(0, Math.floor(Number(request.query.after ?? 0)) || 0);
      if (after === 0) {
        const detail = handoff.counsellorId === account.id ? "own-case" : handoff.status;
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
      const act = await namedAct(store, body.value.act);
      if (act === null)
        return reply.code(400).send(problem("NO_COLLEAGUE", "there is no colleague with this id"));
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

/** An offer goes to somebody there is; null when nobody has that id. */
async function namedAct(store: Store, act: ActRequest["act"]): Promise<CounsellorAct | null> {
  if (act.kind !== "offer" || act.to === null)
    return act.kind === "offer" ? { kind: "offer", to: null } : act;
  const to = CounsellorId.safeParse(act.to).data;
  const colleague = to === undefined ? null : await store.accounts.byId(to);
  return colleague !== null && isOpen(colleague) ? { kind: "offer", to: colleague.id } : null;
}

async function findCase(store: Store, id: string): Promise<Handoff | null> {
  const parsed = HandoffId.safeParse(id);
  return parsed.success ? store.handoffs.get(parsed.data) : null;
}

async function summarise(
  store: Store,
  handoff: Handoff,
  seen: { readonly now: number; readonly by: CounsellorId },
): Promise<CaseSummary> {
  const { risk, counsellorId } = handoff;
  const counsellor = counsellorId === null ? null : await store.accounts.byId(counsellorId);
  return {
    id: handoff.id,
    conversationId: handoff.conversationId,
    channel: handoff.channel,
    locale: handoff.locale,
    audience: handoff.audience,
    level: risk.level,
    category: risk.category,
    cause: handoff.cause,
    reasons: risk.signals.map(({ id, level, reason }) => ({ id, level, ...reason })),
    status: handoff.status,
    counsellorId,
    counsellorName: counsellor?.name ?? null,
    requestedAt: handoff.requestedAt,
    claimedAt: handoff.claimedAt,
    offer: await showOffer(store, handoff, seen),
  };
}
