import { readFileSync, statSync } from "node:fs";

export interface SecretFiles {
  /** By the variable's own name; an empty file counts as not set, like an empty variable. */
  readonly values: Readonly<Record<string, string>>;
  /** One per file that could not be used. Names the variable; neither the path nor the content. */
  readonly mistakes: readonly { readonly name: string; readonly message: string }[];
}

const MAX_BYTES = 64 * 1024;

/**
 * `TELEGRAM_TOKEN_FILE=/run/secrets/telegram_token` stands for `TELEGRAM_TOKEN`: a secret in a file shows neither in
 * `docker inspect` nor in the environment of a process.
 */
export function readSecretFiles(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): SecretFiles {
  const values: Record<string, string> = {};
  const mistakes: { name: string; message: string }[] = [];
  for (const name of names) {
    const path = environment[`${name}_FILE`];
    if (path === undefined || path === "") continue;
    if ((environment[name] ?? "") !== "") {
      mistakes.push({ name, message: `is given twice: keep ${name} or ${name}_FILE, not both` });
      continue;
    }
    const read = readSecret(path);
    // Somebody may have put the secret itself where its path belongs, so the path is never repeated.
    if ("problem" in read) mistakes.push({ name: `${name}_FILE`, message: read.problem });
    else if (read.value !== "") values[name] = read.value;
  }
  return { values, mistakes };
}

function readSecret(path: string): { readonly value: string } | { readonly problem: string } {
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) return { problem: "names a file that is too large to be a secret" };
    // Editors and `echo` end a file with a new line.
    return { value: readFileSync(path, "utf8").trim() };
  } catch (error) {
    const { code = "unreadable" } = error as { code?: string };
    return { problem: `names a file that cannot be read (${code})` };
  }
}
