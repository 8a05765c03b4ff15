import { describe, expect, it } from "@jest/globals";
import { createSerialLanes } from "../../../src/adapters/stores/embedded/serial-lanes.ts";
import { eventually } from "../../support/eventually.ts";

describe("serial lanes", () => {
  it("let a channel that is down not starve the others while it waits for its next try", async () => {
    const done: string[] = [];
    const lanes = createSerialLanes<string>(
      async (job) => {
        if (job === "down") return { afterMs: 60_000 };
        done.push(job);
        return null;
      },
      { parallel: 1 },
    );
    lanes.add("zalo", "down");
    lanes.add("telegram", "one");
    lanes.add("telegram", "two");
    await eventually(() => expect(done).toEqual(["one", "two"]));
    await lanes.stop();
  });

  it("keep the order of a lane whose first job has to be tried again", async () => {
    const done: string[] = [];
    let failures = 3;
    const lanes = createSerialLanes<string>(
      async (job) => {
        if (job === "first" && failures-- > 0) return { afterMs: 1 };
        done.push(job);
        return null;
      },
      { parallel: 8 },
    );
    for (const job of ["first", "second", "third"]) lanes.add("lane", job);
    await eventually(() => expect(done).toEqual(["first", "second", "third"]));
    expect(lanes.size()).toBe(0);
    await lanes.stop();
  });

  it("finish what is running when they are stopped, and start nothing new", async () => {
    let finish = () => {};
    const started: string[] = [];
    const lanes = createSerialLanes<string>(
      async (job) => {
        started.push(job);
        await new Promise<void>((resolve) => (finish = resolve));
        return null;
      },
      { parallel: 1 },
    );
    lanes.add("a", "running");
    lanes.add("b", "waiting");
    const stopped = lanes.stop();
    finish();
    await stopped;
    expect(started).toEqual(["running"]);
  });
});
