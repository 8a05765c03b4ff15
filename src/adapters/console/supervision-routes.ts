import type { FastifyInstance } from "fastify";
import { isPresent } from "../../app/presence.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";
import { type Report, reportOf, startOfDay } from "../../domain/staffing/report.ts";
import { reportTable } from "../../domain/staffing/report-table.ts";
import { isOpen } from "../../domain/team/account.ts";
import { RISK_LEVELS } from "../../domain/taxonomy/risk.ts";
import type { BoardAnswer } from "../../wire/supervision.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import { problem } from "./read-body.ts";

const DAY_MS = 24 * 3600 * 1000;
const LONGEST_DAYS = 400;

interface Span {
  readonly from?: string;
  readonly until?: string;
}

/** How things stand, and how they went: numbers only. */
export function registerSupervisionRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const { store, presence, clock } = deps;

  app.get("/board", { config: { role: "supervisor" } }, async (): Promise<BoardAnswer> => {
    const now = clock.now();
    const open = await store.handoffs.open();
    const accounts = (await store.accounts.all()).filter(isOpen);
    const counsellors = await Promise.all(
      accounts.map(async ({ id, name, role }) => {
        const live = open.filter(({ counsellorId }) => counsellorId === id);
        const load = live.reduce((sum, each) => sum + loadOf(each), 0);
        return {
          id,
          name,
          role,
          live: live.length,
          load,
          isPresent: isPresent(await presence.seenAt(id), now),
        };
      }),
    );
    const waiting = RISK_LEVELS.toReversed().map((level) => {
      const asked = open
        .filter(({ status, risk }) => status === "waiting" && risk.level === level)
        .map(({ requestedAt }) => requestedAt);
      return { level, count: asked.length, oldestAt: asked.length === 0 ? null : Math.min(...asked) };
    });
    return {
      now,
      waiting,
      counsellors: counsellors
        .filter((each) => each.isPresent || each.live > 0)
        .sort((a, b) => b.load - a.load || a.name.localeCompare(b.name)),
    };
  });

  app.get<{ Querystring: Span }>("/report", { config: { role: "supervisor" } }, async (request, reply) => {
    const report = await read(request.query);
    return report ?? reply.code(400).send(BAD_SPAN);
  });

  app.get<{ Querystring: Span }>(
    "/report.csv",
    { config: { role: "supervisor" } },
    async (request, reply) => {
      const report = await read(request.query);
      if (report === null) return reply.code(400).send(BAD_SPAN);
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="ke-ben-report.csv"')
        .send(reportTable(report));
    },
  );

  async function read({ from = "", until = "" }: Span): Promise<Report | null> {
    const [start, end] = [startOfDay(from), startOfDay(until)];
    if (start === null || end === null || end <= start || end - start > LONGEST_DAYS * DAY_MS) return null;
    return reportOf(await store.handoffs.requested(start, end), {
      from: start,
      until: Math.min(end, clock.now()),
    });
  }
}

const BAD_SPAN = problem(
  "BAD_SPAN",
  `from and until must be dates like 2026-11-23, until later than from, ${LONGEST_DAYS} days at most`,
);

const loadOf = ({ risk }: Handoff) => (risk.level === "emergency" ? 2 : 1);
