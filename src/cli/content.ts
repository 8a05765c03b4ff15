import { checkContent } from "./content/check-content.ts";
import { previewContent } from "./content/preview-content.ts";
import { writeFactsPage } from "./content/facts-page.ts";
import { commandRelease } from "./content/release-commands.ts";
import { writeSchemas } from "./content/write-schemas.ts";

/**
 * `npm run content`              lists every mistake in flows/ and intents/, with file and line
 * `npm run content -- preview`   a page that shows every flow per channel and listener, walks it, and follows edits
 * `npm run content -- reload`    the running server reads flows/ again
 * `npm run content -- back`      the running server goes back one release; `forward`: to flows/ again
 * `npm run content -- schema`    writes the JSON Schemas that editors complete flows with
 * `npm run content -- facts`     writes the list of facts that a local reviewer confirms into docs/before-going-live.md
 */
const [command = "check"] = process.argv.slice(2);

if (command === "preview") await previewContent(Number(process.env["PORT"] ?? 3100));
else if (command === "schema") writeSchemas();
else if (command === "facts") writeFactsPage();
else if (command === "reload" || command === "back" || command === "forward")
  endWith(commandRelease(command));
else if (command === "check") endWith(checkContent());
else {
  process.stderr.write(`"${command}" is none of: check, preview, reload, back, forward, schema, facts\n`);
  process.exitCode = 2;
}

function endWith(isWell: boolean): void {
  if (!isWell) process.exitCode = 1;
}
