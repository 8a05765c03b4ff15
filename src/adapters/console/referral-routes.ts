import type { FastifyInstance } from "fastify";
import type { ContentSource } from "../../app/ports.ts";
import type { TranscriptEntry } from "../../domain/conversation/message.ts";
import { stepsFor } from "../../domain/handoff/checklist.ts";
import { CHILD_LINE } from "../../domain/helplines/danger-now.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";
import { replaceIdentifiers } from "../../domain/text/identifiers/replace-identifiers.ts";
import type { ReferralAnswer } from "../../wire/case-file.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { findCase } from "./find-case.ts";
import { problem } from "./read-body.ts";
import { signedIn } from "./signed-in.ts";

const MOST_LINES = 500;
const NUMBER_LENGTH = 8;

/** A sheet for whoever a case is passed on to: what was said, without what tells who said it. */
export function registerReferralRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const { store, clock, content } = deps;

  app.get<{ Params: { id: string } }>(
    "/cases/:id/referral",
    { config: { role: "counsellor" } },
    async (request, reply) => {
      const account = signedIn(request);
      const handoff = await findCase(store, request.params.id);
      if (handoff === null || handoff.endedAt !== null)
        return reply.code(404).send(problem("GONE", "this case is closed"));
      if (handoff.counsellorId !== account.id)
        return reply.code(403).send(problem("NOT_YOURS", "only who holds the case passes it on"));
      const { conversationId } = handoff;
      const now = clock.now();
      await store.audit.append([
        { at: now, act: "referral-opened", by: account.id, conversationId, detail: null },
      ]);
      const entries = await store.transcript(conversationId, { after: 0, limit: MOST_LINES });
      const { risk, audience, requestedAt, file } = handoff;
      const answer: ReferralAnswer = {
        ...{ now, requestedAt, audience, level: risk.level, category: risk.category },
        number: handoff.id.slice(0, NUMBER_LENGTH).toUpperCase(),
        reasons: risk.signals.map(({ reason }) => reason),
        helplines: linesFor(content, handoff),
        done: stepsFor(content.current().checklist, handoff)
          .filter(({ id }) => file.ticks.some(({ step }) => step === id))
          .map(({ say }) => say),
        plan: withoutIdentifiers(file.plan),
        lines: entries.flatMap((entry) => lineOf(entry, deps)),
      };
      return answer;
    },
  );
}

function lineOf(
  { seq, at, from, said, speech }: TranscriptEntry,
  { quoteSigns }: Pick<ConsoleDeps, "quoteSigns">,
): ReferralAnswer["lines"] {
  if (from === "bot") return [];
  const text = from === "counsellor" ? speech?.text : said?.kind === "text" ? said.text : undefined;
  if (text === undefined) return [];
  const isSign = from === "person" && quoteSigns(text).length > 0;
  return [{ seq, at, from, text: replaceIdentifiers(text), isSign }];
}

function linesFor(content: ContentSource, { risk }: Handoff): ReferralAnswer["helplines"] {
  const { helplines, safety } = content.current();
  const ids = risk.category === "none" ? [] : safety[risk.category].emergency.helplines;
  return [...new Set([CHILD_LINE, ...ids])].flatMap((id) => {
    const line = helplines.get(id);
    return line === undefined ? [] : [{ number: line.number, ...line.name }];
  });
}

function withoutIdentifiers(plan: ReferralAnswer["plan"]): ReferralAnswer["plan"] {
  const { signs, alone, places, people, helplines, safer } = plan;
  return {
    signs: replaceIdentifiers(signs),
    alone: replaceIdentifiers(alone),
    places: replaceIdentifiers(places),
    people: replaceIdentifiers(people),
    // Numbers that anybody may call are what this part is for.
    helplines,
    safer: replaceIdentifiers(safer),
  };
}
