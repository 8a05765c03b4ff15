import type { z } from "zod";

export type Parsed<T> =
  | { readonly success: true; readonly data: T }
  /** Where it is wrong ("walk.trail.0"), never what stood there. */
  | { readonly success: false; readonly at: readonly string[] };

type Path = readonly PropertyKey[];

/**
 * Parses with a strict schema, but keeps fields that the schema does not know where they were: a newer version wrote
 * them, and a conversation that is changed and written again by this version must not lose them.
 */
export function parseKeepingUnknown<T>(schema: z.ZodType<T>, raw: unknown): Parsed<T> {
  const strict = schema.safeParse(raw);
  if (strict.success) return strict;
  const unknown = strict.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? [{ path: issue.path, keys: issue.keys }] : [],
  );
  if (unknown.length < strict.error.issues.length) return { success: false, at: placesOf(strict.error) };

  const known: unknown = structuredClone(raw);
  for (const { path, keys } of unknown) for (const key of keys) delete fieldsAt(known, path)?.[key];
  const parsed = schema.safeParse(known);
  if (!parsed.success) return { success: false, at: placesOf(parsed.error) };
  for (const { path, keys } of unknown) {
    const [from, to] = [fieldsAt(raw, path), fieldsAt(parsed.data, path)];
    if (from !== undefined && to !== undefined) for (const key of keys) to[key] = from[key];
  }
  return parsed;
}

function placesOf(error: z.ZodError): string[] {
  // Fields that are merely unknown are no fault.
  const faults = error.issues.filter(({ code }) => code !== "unrecognized_keys");
  return faults.map(({ path }) => path.map(String).join("."));
}

function fieldsAt(value: unknown, path: Path): Record<PropertyKey, unknown> | undefined {
  let at = value;
  for (const key of path) at = isFields(at) ? at[key] : undefined;
  return isFields(at) ? at : undefined;
}

function isFields(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}
