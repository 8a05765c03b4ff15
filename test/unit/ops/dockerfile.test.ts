import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuiltStage, buildStage, openToAll, removeTree } from "../../support/docker-stand-in.ts";
import { readDockerfile } from "../../support/dockerfile.ts";
import { eventually } from "../../support/eventually.ts";
import { run } from "../../support/run-command.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const text = readFileSync(join(ROOT, "docker", "Dockerfile"), "utf8");
const stages = readDockerfile(text);
const [build, final] = stages;
if (build === undefined || final === undefined) throw new Error("two stages");

describe("the Dockerfile", () => {
  it("copies only what is there", () => {
    const copied = stages
      .flatMap(({ steps }) => steps)
      .filter((step) => step.kind === "copy" && step.from === null);
    const sources = copied.flatMap((step) => (step.kind === "copy" ? step.sources : []));
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  });

  it("builds on the slim image of the Node that package.json asks for", () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      engines: { node: string };
    };
    const major = /(\d+)/.exec(engines.node)?.[1];
    for (const { image } of stages) expect(image).toBe(`node:${major}-bookworm-slim`);
  });

  it("takes no secret, no sources and no test tools into the image that runs", () => {
    const copied = final.steps.flatMap((step) => (step.kind === "copy" ? step.sources : []));
    expect(copied.toSorted()).toEqual(
      ["dist", "flows", "intents", "models", "node_modules", "package.json"].map((name) => `/app/${name}`),
    );
    expect(text).not.toMatch(/^(?:ENV|ARG).*(?:KEY|TOKEN|SECRET|PASSWORD)/m);
    const ignored = readFileSync(join(ROOT, ".dockerignore"), "utf8").split("\n");
    for (const kept of [".env", "data", "docker/secrets", ".git", "node_modules"])
      expect(ignored).toContain(kept);
  });

  it("runs as a user that is not root, says how to ask for its health, and lets Node hear the signals itself", () => {
    expect(final.steps.at(-1)).toEqual({ kind: "user", value: "node" });
    expect(final.health[0]).toBe("node");
    expect(final.start[0]).toBe("node");
  });
});

describe("the image's steps, taken in a folder", () => {
  // "nobody": the user of the container, who owns nothing but the data.
  const STRANGER = 65_534;
  const isRoot = process.getuid?.() === 0;
  const asStranger = isRoot ? { uid: STRANGER, gid: STRANGER } : {};
  let home: string;
  let image: BuiltStage;
  let port: number;
  let server: ReturnType<typeof spawn>;
  let said = "";

  const inside = (words: readonly string[]) =>
    words.map((word) => word.replaceAll("/app/", `${join(image.root, "app")}/`));
  const environment = () => ({
    ...image.env,
    HOST: "127.0.0.1",
    PORT: String(port),
    DATA_DIR: join(image.root, "data"),
    MODEL_DIR: join(image.root, "app", "models"),
    PATH: process.env["PATH"] ?? "",
    LOG_LEVEL: "warn",
  });
  const askHealth = async () => {
    const [program = "", ...words] = inside(final.health);
    return (await run(program, words, { environment: environment(), ...asStranger })).status;
  };
  const filesOf = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => `${file} ${statSync(file).mtimeMs} ${statSync(file).size}`);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "ke-ben-image-"));
    openToAll(home);
    const built = new Map<string, BuiltStage>();
    for (const stage of stages) built.set(stage.name, await buildStage(stage, join(home, stage.name), built));
    const last = built.get(final.name);
    if (last === undefined) throw new Error("no image");
    image = last;
    if (isRoot) chownSync(join(image.root, "data"), STRANGER, STRANGER);
    port = await freePort();
  }, 600_000);
  afterAll(async () => {
    if (server !== undefined && server.exitCode === null) {
      server.kill("SIGKILL");
      await once(server, "exit");
    }
    removeTree(home);
  });

  it("leave neither a compiler nor a bundler nor a test tool", () => {
    const modules = join(image.root, "app", "node_modules");
    for (const name of [
      "typescript",
      "esbuild",
      "preact",
      "jest",
      "@swc",
      "playwright-core",
      "oxlint",
      ".bin",
    ])
      expect(existsSync(join(modules, name))).toBe(false);
    for (const name of ["fastify", "lmdb", "redis"]) expect(existsSync(join(modules, name))).toBe(true);
    expect(existsSync(join(image.root, "app", "src"))).toBe(false);
  });

  it("give a server that starts as a stranger, answers the health check, and writes nowhere but into its data", async () => {
    expect(await askHealth()).toBe(1);
    const before = filesOf(join(image.root, "app"));
    const [program = "", ...words] = inside(final.start);
    server = spawn(program, words, {
      env: environment(),
      cwd: join(image.root, "app"),
      stdio: ["ignore", "pipe", "pipe"],
      ...asStranger,
    });
    for (const stream of [server.stdout, server.stderr])
      stream?.on("data", (chunk: Buffer) => void (said += chunk.toString()));
    await eventually(async () => {
      if (server.exitCode !== null) throw new Error(said);
      expect(await askHealth()).toBe(0);
    }, 240_000);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("111");
    expect(filesOf(join(image.root, "app"))).toEqual(before);
    expect(existsSync(join(image.root, "data", "store.lmdb"))).toBe(true);
    if (isRoot) {
      const attempt = `require("node:fs").appendFileSync(${JSON.stringify(join(image.root, "app", "dist", "main.js"))}, "x")`;
      expect((await run("node", ["-e", attempt], asStranger)).err).toContain("EACCES");
    }
  }, 300_000);

  it("hold the commands that an operator needs in the container", async () => {
    const backup = join(image.root, "data", "x.backup");
    const script = join(image.root, "app", "dist", "cli", "backup.js");
    const made = await run("node", [script, backup], { environment: environment(), ...asStranger });
    expect(made).toMatchObject({ status: 0, err: "" });
    expect(existsSync(backup)).toBe(true);
  }, 60_000);

  it("end at SIGTERM by themselves, well within the time that compose gives", async () => {
    const gone = once(server, "exit");
    const at = Date.now();
    server.kill("SIGTERM");
    const [code] = (await gone) as [number | null];
    expect(code).toBe(0);
    expect(Date.now() - at).toBeLessThan(20_000);
  }, 40_000);

  it("need the model that was baked in to be the one of these answers: nothing was trained at the start", () => {
    expect(said).not.toMatch(/training/);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
