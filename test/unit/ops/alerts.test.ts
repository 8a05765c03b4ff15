import { describe, expect, it } from "@jest/globals";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { createMetrics } from "../../../src/adapters/telemetry/create-metrics.ts";
import { ChannelName } from "../../../src/domain/conversation/message.ts";
import { RISK_LEVELS } from "../../../src/domain/taxonomy/risk.ts";
import { namesIn } from "../../support/promql.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

const Rules = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: z.string(),
        rules: z
          .array(
            z.strictObject({
              alert: z.string().regex(/^KeBen[A-Z]\w+$/),
              expr: z.string().min(1),
              for: z
                .string()
                .regex(/^\d+[smh]$/)
                .optional(),
              labels: z.strictObject({ severity: z.enum(["page", "ticket"]) }),
              annotations: z.strictObject({ summary: z.string().min(10) }),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});
const Panel = z.object({
  title: z.string().min(1),
  type: z.enum(["row", "stat", "timeseries"]),
  targets: z.array(z.object({ expr: z.string().min(1) })).optional(),
});
const Dashboard = z.object({ uid: z.literal("ke-ben"), panels: z.array(Panel).min(10) });

const rules = Rules.parse(parse(read("docker/prometheus/alerts.yaml"))).groups.flatMap(
  (group) => group.rules,
);
const dashboard = Dashboard.parse(JSON.parse(read("docker/grafana/ke-ben.json")));
const questions = [
  ...rules.map(({ alert, expr }) => ({ where: alert, expr })),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: title, expr })),
  ),
];

/** Added by Prometheus itself. */
const PROMETHEUS_OWN = new Set(["up"]);
const PROMETHEUS_LABELS = ["job", "instance", "le"];
/** Every value that the code gives to a label; null where there are many. */
const LABEL_VALUES: Readonly<Record<string, readonly string[] | null>> = {
  level: RISK_LEVELS,
  channel: ChannelName.options,
  result: ["sent", "later", "refused", "understood", "unclear"],
  reason: null,
  job: ["ke-ben"],
};

interface Exported {
  readonly names: ReadonlySet<string>;
  readonly labelsOf: (metric: string) => readonly string[];
}

/** What /metrics really says, with every counter counted once so that its labels show. */
async function exported(): Promise<Exported> {
  const folder = mkdtempSync(join(tmpdir(), "ke-ben-metrics-"));
  writeFileSync(join(folder, "store.lmdb"), "12345");
  const page = await createMetrics(join(folder, "store.lmdb")).page();
  rmSync(folder, { recursive: true });
  const names = new Set<string>();
  for (const [, name = "", kind] of page.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    names.add(name);
    if (kind === "histogram") for (const part of ["bucket", "sum", "count"]) names.add(`${name}_${part}`);
  }
  return { names, labelsOf: (metric) => (metric.startsWith("keben_") ? declaredLabels(metric) : []) };
}

/** prom-client refuses a label that was not declared, and that is how one asks it. */
function declaredLabels(metric: string): readonly string[] {
  const name = metric.slice("keben_".length) as "turns_total";
  const candidates = Object.keys(LABEL_VALUES);
  return candidates.filter((label) => {
    try {
      createMetrics().count(name, { [label]: "x" });
      return true;
    } catch {
      return false;
    }
  });
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/ports\.ts$|create-metrics\.ts$/.test(file));
}

describe("alert rules and the dashboard", () => {
  it("name only metrics that the server exports", async () => {
    const { names } = await exported();
    const unknown = questions.flatMap(({ where, expr }) =>
      namesIn(expr)
        .uses.filter(({ metric }) => !names.has(metric) && !PROMETHEUS_OWN.has(metric))
        .map(({ metric }) => `${where}: ${metric}`),
    );
    expect(unknown).toEqual([]);
  });

  it("name only labels that the metric has, with values that the code gives", async () => {
    const { labelsOf } = await exported();
    const wrong: string[] = [];
    for (const { where, expr } of questions) {
      const { uses, grouping } = namesIn(expr);
      for (const { metric, matchers } of uses) {
        const allowed = [...labelsOf(metric), ...PROMETHEUS_LABELS];
        for (const [label, values] of matchers) {
          if (!allowed.includes(label)) wrong.push(`${where}: ${metric}{${label}}`);
          const known = LABEL_VALUES[label];
          for (const value of values ?? [])
            if (known && !known.includes(value)) wrong.push(`${where}: ${label}="${value}"`);
        }
      }
      const grouped = uses.flatMap(({ metric }) => labelsOf(metric)).concat(PROMETHEUS_LABELS);
      wrong.push(
        ...grouping.filter((label) => !grouped.includes(label)).map((label) => `${where}: by (${label})`),
      );
    }
    expect(wrong).toEqual([]);
  });

  it("rest on figures that something in the server really sets: an alert on one that nothing sets would never fire", () => {
    const code = sourceFiles(join(ROOT, "src"))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    const used = new Set(questions.flatMap(({ expr }) => namesIn(expr).uses.map(({ metric }) => metric)));
    const silent = [...used]
      .filter((metric) => metric.startsWith("keben_") && metric !== "keben_store_bytes")
      .map((metric) => metric.slice("keben_".length).replace(/_(?:bucket|sum|count)$/, ""))
      .filter((name) => !code.includes(`"${name}"`));
    expect(silent).toEqual([]);
  });

  it("cover what must never go unseen", () => {
    const asked = rules.map(({ expr }) => expr).join("\n");
    for (const metric of [
      "handoffs_waiting_emergency",
      "handoffs_oldest_wait_seconds",
      "outbound_total",
      "messages_by_risk_total",
      "messages_understood_total",
      "store_bytes",
      "store_up",
    ])
      expect(asked).toContain(`keben_${metric}`);
    expect(asked).toMatch(/\bup\{job="ke-ben"\} == 0/);
  });

  it("wake somebody for whatever keeps a person in danger waiting", () => {
    const severityOf = (alert: string) => rules.find((rule) => rule.alert === alert)?.labels.severity;
    for (const alert of [
      "KeBenEmergencyWaiting",
      "KeBenAlarmUnacknowledged",
      "KeBenSendFailures",
      "KeBenDown",
      "KeBenStoreDown",
    ])
      expect(severityOf(alert)).toBe("page");
  });

  it("never add up a queue over processes, which all report the same one", () => {
    const shared = /sum[^(]*\(\s*keben_(?:handoffs_waiting|handoffs_live|handoffs_oldest|outbox_|store_)/;
    expect(questions.filter(({ expr }) => shared.test(expr))).toEqual([]);
  });

  it("each have a page in the operations guide, and the guide has none without an alert", () => {
    const pages = [...read("docs/operations.md").matchAll(/^### (KeBen\w+)$/gm)].map(([, name = ""]) => name);
    expect(pages.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
  });
});

describe("reading PromQL", () => {
  it("finds metrics, matchers and grouping, and takes no function or keyword for a metric", () => {
    const { uses, grouping } = namesIn(
      'sum by (channel) (rate(a_total{result="x",level=~"u|e"}[5m])) and b > 3 * time()',
    );
    expect(uses.map(({ metric }) => metric)).toEqual(["a_total", "b"]);
    expect([...(uses[0]?.matchers ?? [])]).toEqual([
      ["result", ["x"]],
      ["level", ["u", "e"]],
    ]);
    expect(grouping).toEqual(["channel"]);
  });

  it("refuses brackets that do not fit", () => {
    for (const broken of ["sum(a", "a)", "rate(a[5m)]"]) expect(() => namesIn(broken)).toThrow("brackets");
  });
});
