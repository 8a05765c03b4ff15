import type { z } from "zod";
import type { Problem } from "../../wire/console.ts";

export function problem(code: string, message: string): Problem {
  return { code, message };
}

/** Reads a body against its schema; a mistake names the field, never what was in it. */
export function read<T>(
  schema: z.ZodType<T>,
  body: unknown,
): { value: T; problem: null } | { value: null; problem: Problem } {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { value: parsed.data, problem: null };
  const fields = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  return { value: null, problem: problem("BAD_REQUEST", fields.join("; ")) };
}
