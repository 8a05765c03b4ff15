import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { readConfig, SECRETS, VARIABLES } from "../../../src/config.ts";
import { run } from "../../support/run-command.ts";

const DOCKER = join(import.meta.dirname, "..", "..", "..", "docker");

const Limits = z.strictObject({
  cpus: z.string(),
  memory: z.string().regex(/^\d+M$/),
  pids: z.number().int(),
});
const Service = z.strictObject({
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  image: z.string().regex(/^[\w./-]+:[\w.${}:-]+$/, "an image names its version"),
  restart: z.literal("unless-stopped"),
  user: z.string().optional(),
  command: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal("service_healthy") })).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  secrets: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  networks: z.array(z.string()).optional(),
  network_mode: z.literal("host").optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
    })
    .optional(),
  read_only: z.literal(true),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.tuple([z.literal("ALL")]),
  cap_add: z.array(z.literal("NET_BIND_SERVICE")).optional(),
  security_opt: z.tuple([z.literal("no-new-privileges:true")]),
  stop_grace_period: z.string().optional(),
  deploy: z.strictObject({ replicas: z.number().optional(), resources: z.strictObject({ limits: Limits }) }),
  logging: z
    .strictObject({ driver: z.literal("json-file"), options: z.record(z.string(), z.string()) })
    .optional(),
});
const Compose = z.strictObject({
  name: z.literal("ke-ben").optional(),
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })).optional(),
  volumes: z.record(z.string(), z.strictObject({})),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })).optional(),
});
type Compose = z.infer<typeof Compose>;

const read = (file: string): Compose =>
  Compose.parse(parse(readFileSync(join(DOCKER, file), "utf8"), { merge: true }));
const ALONE = ["compose.yaml", "compose.redis.yaml"];
const FILES = [...ALONE, "compose.monitoring.yaml"];

/** Which `${NAME}` the operator has to give. */
const asked = (text: string) =>
  [...text.matchAll(/\$\{(\w+)(:?[?-][^}]*)?\}/g)].map(([, name = "", rest = ""]) => ({ name, rest }));

it("every compose file in docker/ is looked at here", () => {
  expect(
    readdirSync(DOCKER)
      .filter((name) => /^compose.*yaml$/.test(name))
      .toSorted(),
  ).toEqual(FILES.toSorted());
});

describe.each(FILES)("%s", (file) => {
  const compose = read(file);
  const services = Object.entries(compose.services);

  it("names only files, networks, volumes, secrets and services that exist", () => {
    for (const [name, service] of services) {
      for (const volume of service.volumes ?? []) {
        const [source = ""] = volume.split(":");
        if (source.startsWith(".")) expect(existsSync(join(DOCKER, source))).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
      if (ALONE.includes(file))
        for (const network of service.networks ?? [])
          expect(Object.keys(compose.networks ?? {})).toContain(network);
      for (const secret of service.secrets ?? [])
        expect(Object.keys(compose.secrets ?? {})).toContain(secret);
      for (const other of Object.keys(service.depends_on ?? {})) {
        expect(Object.keys(compose.services)).toContain(other);
        // Waiting for a health check that there is not would wait for ever; ours is in the Dockerfile.
        expect(other === "ke-ben" || compose.services[other]?.healthcheck !== undefined).toBe(true);
      }
      if (service.build)
        expect(existsSync(join(DOCKER, service.build.context, service.build.dockerfile))).toBe(true);
      expect(name).toMatch(/^[a-z-]+$/);
    }
    const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(":")[0]));
    for (const volume of Object.keys(compose.volumes)) expect(used).toContain(volume);
  });

  it("shows nothing to the world but Caddy's ports, and no secret in a variable", () => {
    for (const [name, { ports = [], environment = {}, command = [] }] of services) {
      const open = ports.filter((port) => !port.startsWith("127.0.0.1:"));
      expect(name === "caddy" ? [] : open).toEqual([]);
      for (const [variable, value] of Object.entries(environment))
        if (/KEY|TOKEN|SECRET|PASSWORD/.test(variable))
          expect([variable, value]).toEqual([
            expect.stringMatching(/_FILE$/),
            expect.stringMatching(/^\/run\/secrets\//),
          ]);
      expect(command.join(" ")).not.toMatch(/pass/i);
    }
  });

  it("gives every service a limit, a read-only disk and no rights", () => {
    // The shape demands it; this says that there is something the shape was held against.
    expect(services.length).toBeGreaterThan(0);
    for (const [, { deploy }] of services) expect(Number(deploy.resources.limits.cpus)).toBeGreaterThan(0);
  });
});

describe.each(ALONE)("the server in %s", (file) => {
  const compose = read(file);
  const { environment = {}, secrets = [] } = compose.services["ke-ben"] ?? {};

  it("is given only variables that config.ts knows, and each secret as a file that it is given too", () => {
    const known = [...VARIABLES, ...SECRETS.map((name) => `${name}_FILE`)] as string[];
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    const files = Object.values(environment).flatMap(
      (value) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? [],
    );
    expect(files.toSorted()).toEqual(secrets.toSorted());
  });

  it("asks by name for what only the operator knows, and stops when it is missing", () => {
    const names = Object.values(compose.services).flatMap(({ environment: given = {} }) =>
      Object.values(given).flatMap(asked),
    );
    for (const { name, rest } of names) expect(`${name}${rest}`).toMatch(/:[?-]/);
    expect(names.map(({ name }) => name)).toContain("SITE_ADDRESS");
  });

  it("keeps data in Redis that writes each message to disk before it is acknowledged and forgets none", () => {
    const settings = [
      (compose.services["redis"]?.command ?? []).join(" "),
      readFileSync(join(DOCKER, "redis", "start-redis.sh"), "utf8"),
    ].find((text) => text.includes("appendfsync"));
    expect(settings).toMatch(/appendonly yes/);
    expect(settings).toMatch(/appendfsync always/);
    expect(settings).toMatch(/maxmemory-policy noeviction/);
  });
});

it("several machines: one service holds pages and sockets, another answers, with the same settings and secrets", () => {
  const { "ke-ben": web, worker } = read("compose.redis.yaml").services;
  expect([web?.environment?.["ROLE"], worker?.environment?.["ROLE"]]).toEqual(["web", "worker"]);
  expect({ ...worker, environment: { ...worker?.environment, ROLE: "web" } }).toEqual(web);
});

describe("make-secrets.sh", () => {
  let folder: string;
  const make = () => run("/bin/sh", [join(DOCKER, "make-secrets.sh"), folder]);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ke-ben-made-"));
    expect((await make()).status).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("makes every file that a compose file names", () => {
    const wanted = ALONE.flatMap((file) =>
      Object.values(read(file).secrets ?? {}).map(({ file: path }) => path.split("/").at(-1) ?? ""),
    );
    expect(readdirSync(folder).toSorted()).toEqual([...new Set(wanted)].toSorted());
  });

  it("gives a server that starts with what it made: a new key, and channels that are off", () => {
    const { environment = {} } = read("compose.yaml").services["ke-ben"] ?? {};
    const filled = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value
          .replace(/\$\{SITE_ADDRESS[^}]*\}/, "chat.example.org")
          .replace(/\$\{\w+:-([^}]*)\}/g, "$1")
          .replace("/run/secrets", folder),
      ]),
    );
    const config = readConfig(filled);
    expect(Buffer.from(config.STORE_KEY ?? "", "base64")).toHaveLength(32);
    expect([config.TELEGRAM_TOKEN, config.ZALO_APP_SECRET]).toEqual([undefined, undefined]);
    expect([config.STORE, config.PUBLIC_URL]).toEqual(["redis", "https://chat.example.org"]);
  });

  it("never changes a file that is there: another key would open nothing", async () => {
    const key = readFileSync(join(folder, "store_key"), "utf8");
    rmSync(join(folder, "telegram_token"), { force: true });
    writeFileSync(join(folder, "telegram_token"), "123456:mine");
    expect((await make()).status).toBe(0);
    expect(readFileSync(join(folder, "store_key"), "utf8")).toBe(key);
    expect(readFileSync(join(folder, "telegram_token"), "utf8")).toBe("123456:mine");
    expect(statSync(join(folder, "store_key")).mode & 0o777).toBe(0o444);
  });
});

describe("the Caddyfile", () => {
  const text = readFileSync(join(DOCKER, "Caddyfile"), "utf8");

  it("sends people to the server by its name and port in the compose files, and keeps figures from the world", () => {
    expect(text).toMatch(/dynamic a ke-ben 3000/);
    expect(text).toMatch(/@private path \/metrics \/healthz \/readyz\n\s+respond @private 404/);
    const balanced = [...text].reduce((depth, sign) => depth + (sign === "{" ? 1 : sign === "}" ? -1 : 0), 0);
    expect(balanced).toBe(0);
  });

  it("writes down nobody's address", () => {
    expect(text).toMatch(/exclude http\.log\.error http\.log\.access/);
    // A `log` inside a site would switch the access log on.
    expect(text.slice(text.indexOf("{$SITE_ADDRESS}"))).not.toMatch(/^\s*log\b/m);
  });
});
