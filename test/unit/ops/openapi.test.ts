import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createConsole, type Console } from "../../../src/adapters/console/create-console.ts";
import { serveReturns } from "../../../src/adapters/channels/web/serve-returns.ts";
import { createWebChannel } from "../../../src/adapters/channels/web/create-web-channel.ts";
import { createHttpServer, type HttpServer } from "../../../src/adapters/http/create-http-server.ts";
import { createCodeVault } from "../../../src/adapters/system/code-vault.ts";
import { createReturnCodes } from "../../../src/app/create-return-codes.ts";
import { describeApi } from "../../../src/cli/api/describe-api.ts";
import { API_ROUTES } from "../../../src/cli/api/routes.ts";
import { QueueAnswer, TranscriptAnswer } from "../../../src/wire/console.ts";
import { aBot } from "../../support/a-bot.ts";
import { conversationId } from "../../support/builders.ts";
import { projectRoot } from "../../support/start-server.ts";

const packageVersion = (
  JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string }
).version;
const document = describeApi(packageVersion) as {
  paths: Record<string, Record<string, { summary: string; requestBody?: object; responses: object }>>;
};

describe("the description of the HTTP interface", () => {
  const served: string[] = [];
  let http: HttpServer;
  let desk: Console;

  beforeAll(async () => {
    const bot = aBot();
    const metrics = { ...bot.metrics, page: async () => "", contentType: "text/plain" };
    http = await createHttpServer({
      publicDir: "/nowhere",
      publicUrl: undefined,
      log: bot.log,
      metrics,
      ready: async () => {},
    });
    http.app.addHook("onRoute", ({ method, url }) => {
      for (const each of [method].flat()) if (each !== "HEAD") served.push(`${each} ${url}`);
    });
    desk = createConsole({
      ...bot,
      labelOf: () => "",
      quoteSigns: () => [],
      isSecure: false,
      needsSecondFactor: false,
      capacity: 4,
    });
    desk.register(http.app);
    const conversationIdOf = (id: string) => conversationId(id);
    const web = createWebChannel({ ...bot, labelOf: () => "", conversationIdOf });
    web.register(http.app, () => true);
    serveReturns(http.app, {
      codes: createReturnCodes({ ...bot, vault: createCodeVault(Buffer.alloc(32)), keepMs: 1 }),
      ...{ clock: bot.clock, metrics: bot.metrics, conversationIdOf },
      isOwnOrigin: () => true,
    });
    await http.app.ready();
  });
  afterAll(async () => {
    desk.close();
    await http.close();
  });

  it("knows every route that speaks to a page, and none that is not there", () => {
    const told = API_ROUTES.map(({ route }) => route);
    // Registered by the HTTP server itself, before anybody can look.
    const own = ["GET /healthz", "GET /readyz", "GET /metrics"];
    expect(told.toSorted()).toEqual([...new Set([...own, ...served])].toSorted());
    expect(new Set(told).size).toBe(told.length);
  });

  it("is the one in docs/openapi.json: `npm run api -- --write` after a change", () => {
    const written: unknown = JSON.parse(readFileSync(join(projectRoot, "docs", "openapi.json"), "utf8"));
    expect(written).toEqual(document);
  });

  it("says what each route is for, with a schema for what goes in and what comes out", () => {
    for (const { route, says, body } of API_ROUTES) {
      const [method = "", path = ""] = route.split(" ");
      const operation = document.paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
      expect(operation?.summary).toBe(says);
      expect(operation?.requestBody === undefined).toBe(body === undefined);
      expect(JSON.stringify(operation?.responses)).toContain("200");
    }
  });

  it("has the fields that the schemas have", () => {
    const text = JSON.stringify(document);
    for (const name of [...Object.keys(QueueAnswer.shape), ...Object.keys(TranscriptAnswer.shape)])
      expect(text).toContain(`"${name}"`);
  });
});
