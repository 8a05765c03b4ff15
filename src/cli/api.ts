import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { describeApi } from "./api/describe-api.ts";
import { root } from "./shared/paths.ts";
import { say } from "./shared/say.ts";

/**
 * `npm run api`              the OpenAPI 3.1 document of the server, on standard output
 * `npm run api -- --write`   puts it into docs/openapi.json
 */
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
const document = `${JSON.stringify(describeApi(version), null, 1)}\n`;
if (process.argv.includes("--write")) {
  writeFileSync(join(root, "docs", "openapi.json"), document);
  say("written: docs/openapi.json");
} else process.stdout.write(document);
