// `npm run sbom [-- file]`: every package that runs, with version, licence and hash, as CycloneDX JSON. Made from the lock file
// alone, without a network, so that the same lock file gives the same bytes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { root, say } from "./prepare.mjs";

const file = resolve(process.argv[2] ?? join(root, "dist", "ke-ben.cdx.json"));
const made = spawnSync(
  "npm",
  ["sbom", "--package-lock-only", "--offline", "--sbom-format=cyclonedx", "--sbom-type=application"],
  { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
);
if (made.status !== 0) {
  say(`npm sbom failed; it needs npm 10 or newer.\n${made.stderr ?? ""}`);
  process.exit(1);
}
const bom = JSON.parse(made.stdout);
const lock = readFileSync(join(root, "package-lock.json"));
const running = new Set(namesThatRun(JSON.parse(lock)));
bom.components = bom.components.filter(({ name, version }) => running.has(`${name}@${version}`));
const listed = new Set([bom.metadata.component, ...bom.components].map((component) => component["bom-ref"]));
bom.dependencies = bom.dependencies
  .filter(({ ref }) => listed.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => listed.has(other)) }));
const { name } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
// npm names the folder, the time and a random number here: none of them says anything about what is inside.
bom.metadata.component.name = name;
delete bom.metadata.timestamp;
bom.serialNumber = `urn:uuid:${uuidOf(lock)}`;
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
say(`${bom.components.length} packages in ${file}`);

/**
 * All but what only tests and checks need. npm 11 has `--omit=dev` for this, but leaves out with it what both need: zod, yaml,
 * and twenty more that run.
 */
function namesThatRun({ packages }) {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== "" && dev !== true)
    .map(
      ([path, { name, version }]) =>
        `${name ?? path.slice(path.lastIndexOf("node_modules/") + 13)}@${version}`,
    );
}

/** Version 8: made by a rule of our own, from the bytes alone. */
function uuidOf(bytes) {
  const hex = createHash("sha256").update(bytes).digest("hex");
  const variant = "89ab"[Number.parseInt(hex[16], 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
