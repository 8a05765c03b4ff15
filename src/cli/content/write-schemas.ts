import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Flow } from "../../domain/dialogue/flow.ts";
import { Lesson } from "../../domain/dialogue/lesson.ts";
import { root } from "../shared/paths.ts";

/** JSON Schemas by file name: an editor that knows them completes and checks flows while they are typed. */
export const CONTENT_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  "flow.schema.json": Flow,
  "lesson.schema.json": Lesson,
};

export function schemaText(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: "input" }), null, 2)}\n`;
}

export function writeSchemas(): void {
  for (const [name, schema] of Object.entries(CONTENT_SCHEMAS)) {
    writeFileSync(join(root, "flows", name), schemaText(schema));
    process.stdout.write(`flows/${name}\n`);
  }
}
