import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { CONTENT_SCHEMAS, schemaText } from "../../../src/cli/content/write-schemas.ts";
import { root } from "../../support/flow-book.ts";

it.each(Object.entries(CONTENT_SCHEMAS))(
  "flows/%s is what the code checks (npm run content -- schema)",
  (name, schema) => {
    expect(readFileSync(join(root, "flows", name), "utf8")).toBe(schemaText(schema));
  },
);
