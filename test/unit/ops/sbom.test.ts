import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { run } from "../../support/run-command.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");

const Bom = z.object({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string().regex(/^1\.[4-9]$/),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  metadata: z.object({
    component: z.object({ name: z.literal("ke-ben"), type: z.literal("application"), version: z.string() }),
  }),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })).min(200),
  components: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      purl: z.string().startsWith("pkg:npm/"),
      hashes: z
        .array(z.object({ alg: z.literal("SHA-512"), content: z.string().regex(/^[0-9a-f]{128}$/) }))
        .min(1),
    }),
  ),
});
interface LockRow {
  readonly version: string;
  readonly dev?: boolean;
  readonly integrity?: string;
}

const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
  packages: Record<string, LockRow>;
};
const rows = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .map(([path, row]) => ({
    ...row,
    name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
  }));

describe("npm run sbom", () => {
  let folder: string;
  const make = async (name: string) => {
    const file = join(folder, name);
    expect((await run("node", ["src/launch/sbom.mjs", file])).status).toBe(0);
    return readFileSync(file, "utf8");
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ke-ben-sbom-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("lists what runs, and nothing that only tests and checks need", async () => {
    const { components } = Bom.parse(JSON.parse(await make("a.json")));
    const listed = components.map(({ name, version }) => `${name}@${version}`);
    const running = rows.filter(({ dev }) => !dev).map(({ name, version }) => `${name}@${version}`);
    expect(running.length).toBeGreaterThan(200);
    expect(listed.toSorted()).toEqual([...new Set(running)].toSorted());
    // npm's own way of leaving out what is for tests forgets these two.
    for (const name of ["zod", "yaml"]) expect(components.map((component) => component.name)).toContain(name);
  }, 60_000);

  it("gives each the hash that the lock file holds it to", async () => {
    const { components } = Bom.parse(JSON.parse(await make("b.json")));
    for (const { name, version, hashes } of components) {
      const base64 = Buffer.from(hashes[0]?.content ?? "", "hex").toString("base64");
      const known = rows
        .filter((row) => row.name === name && row.version === version)
        .map(({ integrity }) => integrity);
      expect(known).toContain(`sha512-${base64}`);
    }
  }, 60_000);

  it("says who needs whom, and names nobody there who is not listed", async () => {
    const { dependencies, components, metadata } = Bom.parse(JSON.parse(await make("e.json")));
    const refs = new Set(dependencies.map(({ ref }) => ref));
    expect(refs.size).toBe(components.length + 1);
    expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
    const own = dependencies.find(({ ref }) => ref.startsWith(`${metadata.component.name}@`));
    expect(own?.dependsOn.some((ref) => ref.startsWith("fastify@"))).toBe(true);
  }, 60_000);

  it("is the same bytes for the same lock file, so that a change in it is a change of packages", async () => {
    expect(await make("c.json")).toBe(await make("d.json"));
  }, 60_000);
});

describe("the packages", () => {
  it("that a build needs come with `npm start`, which leaves the tools for tests out: types too", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      devDependencies: Record<string, string>;
    };
    expect(Object.keys(devDependencies).filter((name) => name.startsWith("@types/"))).toEqual([]);
  });
});
