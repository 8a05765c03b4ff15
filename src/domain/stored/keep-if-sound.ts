import type { z } from "zod";

/** Reads single fields of a record that is not sound as a whole: each one, or its stand-in. */
export function keepIfSound(
  raw: unknown,
): <T, O>(field: string, schema: z.ZodType<T>, otherwise: O) => T | O {
  const fields = typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>) : {};
  return (field, schema, otherwise) => {
    const parsed = schema.safeParse(fields[field]);
    return parsed.success ? parsed.data : otherwise;
  };
}
