import type { Problem } from "../../wire/console.ts";

export type Answer<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "problem"; readonly status: number; readonly code: string; readonly body: unknown }
  /** Nobody answered: the same request may be sent again. */
  | { readonly kind: "unreachable" };

const ANSWER_WITHIN_MS = 15_000;

/** One request to the console's part of the server. It never throws. */
export async function callServer<T>(
  method: "GET" | "POST",
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ANSWER_WITHIN_MS);
  try {
    const response = await fetch(`/console/api${path}`, {
      method,
      signal: limit.signal,
      cache: "no-store",
      headers:
        method === "GET"
          ? {}
          : {
              "x-ke-ben-console": "1",
              ...(body === undefined ? {} : { "content-type": "application/json" }),
            },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const value: unknown = await response.json();
    // The shapes are the contract of src/wire/console.ts; our own server speaks here.
    if (response.ok) return { kind: "ok", value: value as T };
    if (response.status >= 500) return { kind: "unreachable" };
    const { code } = value as Partial<Problem>;
    return { kind: "problem", status: response.status, code: code ?? "", body: value };
  } catch {
    return { kind: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}

/** What went wrong, as a code; of an answer that is not "ok". */
export function codeOf(answer: Answer<unknown>): string {
  return answer.kind === "problem" ? answer.code : "UNREACHABLE";
}
