import { AppError } from "../../../app/errors.ts";

export interface RedisAddress {
  readonly kind: "standalone" | "sentinel" | "cluster";
  /** For the standalone client: without our own query. */
  readonly url: string;
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  /** The name that the sentinels know the master by. */
  readonly master: string;
  readonly login: { readonly username?: string; readonly password?: string };
  readonly tls: boolean;
  /** On how many other servers a message must be before it counts as taken in; 0 where nobody asked for it. */
  readonly copies: number;
  /** May be shown in an error: hosts and ports, no password. */
  readonly shown: string;
}

/**
 * One variable for all three set-ups:
 * `redis://host:6379`, `redis://host:26379?sentinel=mymaster&node=host2:26379`, `redis://host:7000?cluster&node=host2:7000`. With `&copies=1` what is acknowledged is on one replica as well.
 */
export function parseRedisUrl(text: string): RedisAddress {
  const url = new URL(text);
  const query = url.searchParams;
  const master = query.get("sentinel");
  const kind = master !== null ? "sentinel" : query.has("cluster") ? "cluster" : "standalone";
  const usual = kind === "sentinel" ? 26_379 : 6379;
  const nodes = [url.host, ...query.getAll("node")].map((host) => parseNode(host, usual));
  const copies = query.get("copies") ?? "0";
  url.search = "";
  return {
    kind,
    url: url.href,
    nodes,
    master: master ?? "",
    login: {
      ...(url.username === "" ? {} : { username: decodeURIComponent(url.username) }),
      ...(url.password === "" ? {} : { password: decodeURIComponent(url.password) }),
    },
    tls: url.protocol === "rediss:",
    copies: parseCopies(copies),
    shown: nodes.map(({ host, port }) => `${host}:${port}`).join(", "),
  };
}

function parseNode(text: string, usualPort: number): { host: string; port: number } {
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(text);
  if (match?.[1] === undefined)
    throw new AppError("CONFIG_INVALID", { detail: "REDIS_URL: node must be host or host:port" });
  return {
    host: match[1].replace(/^\[|\]$/g, ""),
    port: match[2] === undefined ? usualPort : Number(match[2]),
  };
}

function parseCopies(text: string): number {
  if (/^[0-9]$/.test(text)) return Number(text);
  throw new AppError("CONFIG_INVALID", { detail: "REDIS_URL: copies must be a number from 0 to 9" });
}
