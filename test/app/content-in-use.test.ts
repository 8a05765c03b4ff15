import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { projectRoot, type RunningServer, START_LIMIT_MS, startServer } from "../support/start-server.ts";

const CARD = "/cards/sextortion/first.vi.teen";
const PNG = [0x89, 0x50, 0x4e, 0x47];

/** A project folder of its own: the same server and intents, flows that a test may edit. */
function copyOfProject(): string {
  const root = mkdtempSync(join(tmpdir(), "ke-ben-project-"));
  for (const name of ["dist", "flows", "package.json"])
    cpSync(join(projectRoot, name), join(root, name), { recursive: true });
  for (const name of ["node_modules", "intents"]) symlinkSync(join(projectRoot, name), join(root, name));
  return root;
}

describe("content that a running server uses", () => {
  let root: string;
  let server: RunningServer;
  const flow = () => join(root, "flows", "sextortion.yaml");
  const read = async (path: string) => (await fetch(`${server.base}${path}`)).text();
  const edit = (from: string, to: string) =>
    writeFileSync(flow(), readFileSync(flow(), "utf8").replace(from, to));

  beforeAll(async () => {
    root = copyOfProject();
    server = await startServer({}, root);
  }, START_LIMIT_MS);

  afterAll(async () => {
    await server?.remove();
    rmSync(root, { recursive: true, force: true });
  });

  it("gives a card as a picture and as a page to print, with 111 on it", async () => {
    const picture = await fetch(`${server.base}${CARD}.png`);
    expect(picture.headers.get("content-type")).toBe("image/png");
    const bytes = new Uint8Array(await picture.arrayBuffer());
    expect([...bytes.slice(0, 4)]).toEqual(PNG);
    expect(new DataView(bytes.buffer).getUint32(16)).toBe(1080);
    const page = await read(`${CARD}.html`);
    expect(page).toContain("111");
    expect(page).toMatch(/<html lang="vi"/);
    expect(page).not.toMatch(/(src|href)="https?:/);
  });

  it("prints all cards for parents on one page", async () => {
    const page = await read("/cards/all/vi.parent.html");
    expect(page.match(/<h1|<h2/g)?.length ?? 0).toBeGreaterThan(20);
  });

  it.each([
    "/cards/sextortion/first.vi.teen.exe",
    "/cards/no_such_flow/first.vi.teen.png",
    "/cards/sextortion/no_such_step.vi.teen.png",
    "/cards/..%2f..%2fpackage/first.vi.teen.html",
    "/cards/all/fr.teen.html",
  ])("knows no card %s", async (path) => {
    expect((await fetch(`${server.base}${path}`)).status).toBe(404);
  });

  it("reads an edited flow on SIGHUP, and keeps the old one when the new one has a mistake", async () => {
    const title = /^title: \{ vi: "([^"]+)"/m.exec(readFileSync(flow(), "utf8"))?.[1] ?? "";
    expect(await read(`${CARD}.html`)).toContain(title);
    edit(title, "Khi bị dọa tung ảnh riêng");
    server.signal("SIGHUP");
    await eventually(async () => expect(await read(`${CARD}.html`)).toContain("Khi bị dọa tung ảnh riêng"));

    edit("Khi bị dọa tung ảnh riêng", "Tiêu đề thứ ba");
    edit("\nstart: route", "\nstart: nowhere");
    server.signal("SIGHUP");
    // Nothing tells from outside that a reload was refused: a second, good one comes after it.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await read(`${CARD}.html`)).toContain("Khi bị dọa tung ảnh riêng");
    edit("\nstart: nowhere", "\nstart: route");
    server.signal("SIGHUP");
    await eventually(async () => expect(await read(`${CARD}.html`)).toContain("Tiêu đề thứ ba"));
  }, 60_000);
});
