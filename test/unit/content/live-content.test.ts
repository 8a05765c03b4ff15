import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { openContentReleases } from "../../../src/adapters/content/releases/content-releases.ts";
import { createContent, type LiveContent } from "../../../src/adapters/content/releases/create-content.ts";
import { createSimulatedClock } from "../../support/simulated-clock.ts";
import { eventually } from "../../support/eventually.ts";
import { root } from "../../support/flow-book.ts";

const open: { live: LiveContent; home: string }[] = [];
afterEach(async () => {
  for (const { live, home } of open.splice(0)) {
    await live.stop();
    rmSync(home, { recursive: true, force: true });
  }
});

/** A server's content in a folder of its own, with the real flows to edit. */
function aServerFolder() {
  const home = mkdtempSync(join(tmpdir(), "ke-ben-content-"));
  const flowsDir = join(home, "flows");
  const dataDir = join(home, "data");
  cpSync(join(root, "flows"), flowsDir, { recursive: true });
  const logged: string[] = [];
  const note = (event: string, fields?: unknown) => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const deps = {
    flowsDir,
    dataDir,
    settings: { retentionDays: 30 },
    clock: createSimulatedClock(),
    log: { info: note, warn: note, error: note },
  };
  const edit = (from: string, to: string) => {
    const file = join(flowsDir, "scam.yaml");
    const text = readFileSync(file, "utf8");
    if (!text.includes(from)) throw new Error("nothing to edit");
    writeFileSync(file, text.replaceAll(from, to));
  };
  const start = () => {
    const live = createContent(deps);
    open.push({ live, home });
    return live;
  };
  return { start, edit, logged, releases: openContentReleases(dataDir, flowsDir) };
}

const titleOf = (live: LiveContent) => live.current().flows.get("scam")?.title.en;

describe("the content of a running server", () => {
  it("takes in an edit when asked to, without a restart", () => {
    const server = aServerFolder();
    const live = server.start();
    server.edit(originalTitle(live), "Tricks and scams");
    expect(titleOf(live)).not.toBe("Tricks and scams");
    expect(live.reload().kind).toBe("changed");
    expect(titleOf(live)).toBe("Tricks and scams");
  });

  it("keeps what it has when the edit has a mistake, and names the place but not the words in the log", () => {
    const server = aServerFolder();
    const live = server.start();
    const before = live.current().revision;
    server.edit(originalTitle(live), "Chắc chắn lấy lại tiền");
    expect(live.reload().kind).toBe("refused");
    expect(live.current().revision).toBe(before);
    expect(server.logged.join()).toMatch(/content-refused .*flows\/scam\.yaml:\d+/);
    expect(server.logged.join()).not.toContain("Chắc chắn");
  });

  it("keeps what it has when a file is half written", () => {
    const server = aServerFolder();
    const live = server.start();
    server.edit("steps:", "steps: [");
    expect(live.reload().kind).toBe("refused");
    expect(titleOf(live)).toBeDefined();
  });

  it("hears a request from another process within a second or two", async () => {
    const server = aServerFolder();
    const live = server.start();
    server.edit(originalTitle(live), "Asked for");
    server.releases.request();
    await eventually(() => expect(titleOf(live)).toBe("Asked for"));
  });

  it("goes back one release at a time, stays there over a restart, and forward again", () => {
    const server = aServerFolder();
    const live = server.start();
    const first = originalTitle(live);
    for (const title of ["Second", "Third"]) {
      server.edit(titleOf(live) ?? "", title);
      live.reload();
    }
    expect(server.releases.goBack()).not.toBeNull();
    live.reload();
    expect(titleOf(live)).toBe("Second");
    expect(titleOf(server.start())).toBe("Second");
    server.releases.goBack();
    live.reload();
    expect(titleOf(live)).toBe(first);
    expect(server.releases.goBack()).toBeNull();
    server.releases.goForward();
    live.reload();
    expect(titleOf(live)).toBe("Third");
  });

  it("does not start on content that cannot be walked", () => {
    const server = aServerFolder();
    server.edit("start: route", "start: nowhere");
    expect(() => server.start()).toThrow(/flows\/scam\.yaml:\d+/);
  });
});

function originalTitle(live: LiveContent): string {
  return titleOf(live) ?? "";
}
