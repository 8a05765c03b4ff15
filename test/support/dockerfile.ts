/** The few words of a Dockerfile that ours uses. Throws for any other: what is not understood must not look tested. */
export type Step =
  | {
      readonly kind: "copy";
      readonly from: string | null;
      readonly sources: readonly string[];
      readonly to: string;
    }
  | { readonly kind: "run"; readonly command: string }
  | { readonly kind: "env"; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: "workdir" | "user"; readonly value: string };

export interface Stage {
  readonly name: string;
  readonly image: string;
  readonly steps: readonly Step[];
  /** As a program with its words, never through a shell. */
  readonly start: readonly string[];
  readonly health: readonly string[];
}

export function readDockerfile(text: string): Stage[] {
  const stages: { name: string; image: string; steps: Step[]; start: string[]; health: string[] }[] = [];
  const defaults = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const [, word = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (word === "ARG") {
      const [name = "", value = ""] = rest.split("=");
      defaults.set(name, value);
      continue;
    }
    if (word === "FROM") {
      const [image = "", , name = String(stages.length)] = rest.split(/\s+/);
      const filled = image.replace(/\$\{(\w+)\}/g, (_all, key: string) => defaults.get(key) ?? "");
      stages.push({ name, image: filled, steps: [], start: [], health: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`${word} before FROM`);
    if (word === "CMD") stage.start = words(rest);
    else if (word === "HEALTHCHECK") stage.health = words(rest.slice(rest.indexOf("CMD") + 3));
    else if (word !== "EXPOSE" && word !== "VOLUME") stage.steps.push(readStep(word, rest));
  }
  return stages;
}

function readStep(word: string, rest: string): Step {
  switch (word) {
    case "COPY": {
      const parts = rest.split(/\s+/);
      const flag = parts[0]?.startsWith("--from=") ? parts.shift() : undefined;
      if (parts.some((part) => part.startsWith("--"))) throw new Error(`COPY ${rest}`);
      return {
        kind: "copy",
        from: flag?.slice("--from=".length) ?? null,
        sources: parts.slice(0, -1),
        to: parts.at(-1) ?? "",
      };
    }
    case "RUN":
      return { kind: "run", command: rest };
    case "ENV":
      return {
        kind: "env",
        values: Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split("=") as [string, string])),
      };
    case "WORKDIR":
      return { kind: "workdir", value: rest };
    case "USER":
      return { kind: "user", value: rest };
    default:
      throw new Error(`a Dockerfile step that is not known here: ${word}`);
  }
}

function logicalLines(text: string): string[] {
  const lines = text.split("\n").filter((line) => !/^\s*#/.test(line));
  return lines
    .join("\n")
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "");
}

function words(json: string): string[] {
  return (JSON.parse(json.trim()) as unknown[]).map(String);
}
