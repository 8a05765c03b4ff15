import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { FACTS_PAGE, withFacts } from "../../../src/cli/content/facts-page.ts";
import { CONTENT_SCHEMAS, schemaText } from "../../../src/cli/content/write-schemas.ts";
import { root, theFlowBook } from "../../support/flow-book.ts";

it.each(Object.entries(CONTENT_SCHEMAS))(
  "flows/%s is what the code checks (npm run content -- schema)",
  (name, schema) => {
    expect(readFileSync(join(root, "flows", name), "utf8")).toBe(schemaText(schema));
  },
);

it("docs/before-going-live.md lists every fact that a text rests on (npm run content -- facts)", () => {
  const page = readFileSync(FACTS_PAGE, "utf8");
  expect(page).toBe(withFacts(page, theFlowBook()));
});
