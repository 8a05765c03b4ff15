import { statSync } from "node:fs";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { CounterName, GaugeName, HistogramName, Metrics } from "../../app/ports.ts";

const COUNTERS: Readonly<Record<CounterName, { help: string; labels: readonly string[] }>> = {
  messages_taken_total: { help: "Messages of people taken in durably", labels: ["channel"] },
  turns_total: { help: "Messages of people answered or passed on", labels: ["channel"] },
  turns_failed_total: { help: "Turns that failed and were answered with the safe fallback", labels: [] },
  inbound_duplicates_total: { help: "Messages delivered again by a channel", labels: ["channel"] },
  inbound_refused_total: { help: "Frames and requests refused at an edge", labels: ["reason"] },
  handoffs_requested_total: { help: "Cases put into the queue", labels: ["level"] },
  stored_damaged_total: { help: "Stored records that could not be read", labels: ["kind"] },
  outbound_total: { help: "Deliveries by result", labels: ["channel", "result"] },
  nlu_failures_total: { help: "Messages that the models could not read", labels: [] },
  messages_by_risk_total: { help: "Messages by the level that triage gave them", labels: ["level"] },
  handoffs_lapsed_total: { help: "Cases given back because their counsellor's console was gone", labels: [] },
  cases_mended_total: {
    help: "Cases that waited on no screen, or in two places, and were put right",
    labels: ["stray"],
  },
  alarms_total: { help: "Steps of the alarm ladder by how they went", labels: ["step", "result"] },
  messages_understood_total: { help: "Messages by whether they were understood", labels: ["result"] },
};
const HISTOGRAMS: Readonly<Record<HistogramName, { help: string; buckets: number[] }>> = {
  turn_seconds: {
    help: "From taking a message to its commit",
    buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
  },
  understand_seconds: {
    help: "Understanding and triage of one message",
    buckets: [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.05],
  },
  handoff_wait_seconds: { help: "From request to claim", buckets: [5, 15, 30, 60, 120, 300, 900, 3600] },
};
const GAUGES: Readonly<Record<GaugeName, string>> = {
  handoffs_waiting: "Cases that wait for a counsellor",
  handoffs_waiting_emergency: "Cases of level emergency that wait for a counsellor",
  handoffs_oldest_wait_seconds: "How long the oldest case has waited; 0 when none waits",
  handoffs_live: "Cases with a counsellor",
  escalations_unacknowledged: "Cases that still wait after the last step of the alarm ladder",
  outbox_waiting: "Words not yet delivered",
  outbox_oldest_seconds: "How long the oldest word has waited to be delivered; 0 when none waits",
  outbox_dead: "Words that a channel refused for good",
  channel_incidents: "What is wrong with messengers: sending fails, credentials refused, nobody heard",
  drill_unheard: "1 when nobody said within two minutes that they heard the last trial of the alarm, else 0",
  sockets_open: "Open widget and console connections",
  store_up: "1 when the store answered the last question, else 0",
  last_purge_proof_timestamp_seconds:
    "When a conversation that was put in past its retention was last proven to be gone, in seconds since 1970",
  last_purge_timestamp_seconds: "When what is past its retention was last removed, in seconds since 1970",
};

export interface MetricsPage extends Metrics {
  readonly contentType: string;
  page(): Promise<string>;
}

/** `storeFile`: the file of the embedded store, whose size is told; none for a store elsewhere. */
export function createMetrics(storeFile?: string): MetricsPage {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  if (storeFile !== undefined) tellSize(storeFile, registry);
  const counters = mapValues(
    COUNTERS,
    (name, { help, labels }) =>
      new Counter({ name: `keben_${name}`, help, labelNames: [...labels], registers }),
  );
  const histograms = mapValues(
    HISTOGRAMS,
    (name, { help, buckets }) => new Histogram({ name: `keben_${name}`, help, buckets, registers }),
  );
  const gauges = mapValues(GAUGES, (name, help) => new Gauge({ name: `keben_${name}`, help, registers }));
  return {
    contentType: registry.contentType,
    page: () => registry.metrics(),
    count: (name, labels) => counters[name].inc(labels ?? {}),
    observe: (name, seconds) => histograms[name].observe(seconds),
    gauge: (name, value) => gauges[name].set(value),
  };
}

function tellSize(file: string, registry: Registry): void {
  const size = new Gauge({
    name: "keben_store_bytes",
    help: "Size of the file of the embedded store; it never shrinks, freed room is used again",
    registers: [],
    collect() {
      const bytes = statSync(file, { throwIfNoEntry: false })?.size;
      if (bytes !== undefined) this.set(bytes);
    },
  });
  registry.registerMetric(size);
}

function mapValues<K extends string, V, R>(
  record: Readonly<Record<K, V>>,
  make: (key: K, value: V) => R,
): Record<K, R> {
  const entries = Object.entries(record) as [K, V][];
  return Object.fromEntries(entries.map(([key, value]) => [key, make(key, value)])) as Record<K, R>;
}
