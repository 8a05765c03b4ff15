/** What an expression of PromQL asks for, as far as names and labels go. No parser: it knows just what our rules use. */
export interface PromUse {
  readonly metric: string;
  /** Of the matchers behind the metric: label → the values it may have, null for a pattern that is no plain choice. */
  readonly matchers: ReadonlyMap<string, readonly string[] | null>;
}

export interface PromNames {
  readonly uses: readonly PromUse[];
  /** Named by `by (…)` or `without (…)`. */
  readonly grouping: readonly string[];
}

const KEYWORDS = new Set(["and", "or", "unless", "bool", "offset", "ignoring", "on"]);

/** Throws for brackets that do not fit, since such a rule would stop Prometheus from starting. */
export function namesIn(expression: string): PromNames {
  checkBrackets(expression);
  const grouping: string[] = [];
  const plain = expression.replace(/\b(?:by|without)\s*\(([^)]*)\)/g, (_all, inner: string) => {
    grouping.push(...inner.split(",").map((label) => label.trim()));
    return " ";
  });
  const uses: PromUse[] = [];
  const token = /([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(\(|\{([^}]*)\})?|\[[^\]]*\]|"[^"]*"/g;
  for (const [, name, after, inside] of plain.matchAll(token)) {
    if (name === undefined || after === "(" || KEYWORDS.has(name)) continue;
    uses.push({ metric: name, matchers: matchersIn(inside ?? "") });
  }
  return { uses, grouping };
}

function matchersIn(text: string): Map<string, readonly string[] | null> {
  const found = new Map<string, readonly string[] | null>();
  for (const [, label = "", operator, value = ""] of text.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)) {
    const choices = operator === "=" || operator === "!=" ? [value] : value.split("|");
    found.set(label, choices.every((choice) => /^[\w-]*$/.test(choice)) ? choices : null);
  }
  return found;
}

function checkBrackets(expression: string): void {
  const open: string[] = [];
  const pairs: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
  for (const sign of expression.replace(/"[^"]*"/g, "")) {
    if ("([{".includes(sign)) open.push(sign);
    else if (sign in pairs && open.pop() !== pairs[sign]) throw new Error(`brackets: ${expression}`);
  }
  if (open.length > 0) throw new Error(`brackets: ${expression}`);
}
