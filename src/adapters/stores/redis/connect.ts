import { createClient, createCluster, createSentinel, RESP_TYPES } from "redis";
import { AppError } from "../../../app/errors.ts";
import type { Connection } from "./connection.ts";
import { createCopyBarrier } from "./create-copy-barrier.ts";
import { within } from "./within.ts";
import { type RedisAddress, parseRedisUrl } from "./parse-redis-url.ts";

const CONNECT_TIMEOUT_MS = 2000;
const SOCKET_TIMEOUT_MS = 4000;
const PING_EVERY_MS = 1000;
/** Without any answer for so long, a new connection is made. A Sentinel or a Cluster finds its new master by itself. */
const PATIENCE_MS = { standalone: 0, sentinel: 10_000, cluster: 10_000 } as const;
const RENEW_GAP_MS = 250;
/** Commands that may wait for an answer: more means that the server is stuck, and the caller must hear of it. */
const QUEUE_LIMIT = 50_000;

/** Quick at first, for a restart; never slower than 1 s, since a failover is waited for by people. */
const reconnectStrategy = (retries: number) =>
  Math.min(25 * 2 ** Math.min(retries, 6), 1000) + Math.random() * 25;

const node = {
  RESP: 3,
  disableOfflineQueue: true,
  pingInterval: PING_EVERY_MS,
  commandsQueueMaxLength: QUEUE_LIMIT,
  disableClientInfo: true,
  maintNotifications: "disabled",
} as const;
const socket = { connectTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SOCKET_TIMEOUT_MS, reconnectStrategy };
const asBytes = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } };

/** One way in: commands and subscriptions on connections of their own, so that neither waits behind the other. */
interface Client {
  readonly send: Connection["send"];
  subscribe(channels: readonly string[], listener: (message: string, channel: string) => void): Promise<void>;
  connect(): Promise<void>;
  destroy(): void;
}

/** Called for every error of a connection, mostly to say that it is being made again. */
export type OnTrouble = (cause: unknown) => void;

/** Connects, or rejects with `STORE_UNREADABLE` within the connection's own time limits. */
export async function connect(url: string, onTrouble: OnTrouble): Promise<Connection> {
  const address = parseRedisUrl(url);
  const make = () => makeClient(address, onTrouble);
  let commands = make();
  const subscriber = make();
  let marker = address.copies > 0 ? make() : null;
  let closed = false;
  let renewedAt = Number.NEGATIVE_INFINITY;

  /** A client whose first attempt failed does not try again by itself when it is a Sentinel's or a Cluster's. */
  async function keepConnecting(client: Client): Promise<void> {
    while (!closed && (client === commands || client === marker)) {
      try {
        return await client.connect();
      } catch (cause) {
        onTrouble(cause);
        await new Promise((resolve) => setTimeout(resolve, RENEW_GAP_MS));
      }
    }
  }

  try {
    const all = [commands, subscriber, ...(marker === null ? [] : [marker])];
    await within(CONNECT_TIMEOUT_MS * 2, Promise.all(all.map((client) => client.connect())));
  } catch (cause) {
    commands.destroy();
    subscriber.destroy();
    marker?.destroy();
    // Host and port only: the URL may hold a password.
    throw new AppError("STORE_UNREADABLE", { detail: `Redis at ${address.shown} does not answer`, cause });
  }
  const barrier = createCopyBarrier(
    (key, args) => marker?.send(key, args) ?? Promise.reject(new Error("closed")),
    address.copies,
  );

  /** Lets go of a client that is stuck; the new one connects in the background. */
  function renew(stuck: Client): Client {
    stuck.destroy();
    return make();
  }

  return {
    send: (key, args) => commands.send(key, args),
    copied: async (key) => {
      if (address.copies > 0) await barrier(key);
    },
    subscribe: (channels, listener) => subscriber.subscribe(channels, listener),
    complain(silentForMs) {
      const patience = PATIENCE_MS[address.kind];
      // Many calls miss their deadline together: one new connection answers all of them.
      if (
        closed ||
        silentForMs < patience ||
        performance.now() - renewedAt < Math.max(patience, RENEW_GAP_MS)
      )
        return;
      renewedAt = performance.now();
      commands = renew(commands);
      void keepConnecting(commands);
      if (marker === null) return;
      marker = renew(marker);
      void keepConnecting(marker);
    },
    close() {
      closed = true;
      commands.destroy();
      subscriber.destroy();
      marker?.destroy();
    },
  };
}

function makeClient(address: RedisAddress, onTrouble: OnTrouble): Client {
  switch (address.kind) {
    case "standalone":
      return makeStandalone(address, onTrouble);
    case "sentinel":
      return makeSentinel(address, onTrouble);
    case "cluster":
      return makeCluster(address, onTrouble);
  }
}

function makeStandalone({ url }: RedisAddress, onTrouble: OnTrouble): Client {
  const client = createClient({ ...node, url, socket });
  client.on("error", onTrouble);
  return {
    send: (_key, args) => client.sendCommand(args, asBytes),
    subscribe: (channels, listener) => client.sSubscribe([...channels], listener),
    connect: async () => void (await client.connect()),
    destroy: () => client.destroy(),
  };
}

function makeSentinel({ nodes, master, login, tls }: RedisAddress, onTrouble: OnTrouble): Client {
  const nodeSocket = tls ? ({ ...socket, tls: true } as const) : socket;
  const client = createSentinel({
    name: master,
    sentinelRootNodes: [...nodes],
    nodeClientOptions: { ...node, ...login, socket: nodeSocket },
    sentinelClientOptions: { socket: nodeSocket },
    // One connection for all calls, pipelined. Without it node-redis 6.3.1 borrows one per burst of calls, gives
    // back only one when several began at once, and then waits for ever on its empty pool.
    reserveClient: true,
    scanInterval: 2000,
  });
  client.on("error", onTrouble);
  return {
    send: (_key, args) => client.sendCommand(false, [...args], asBytes),
    subscribe: async (channels, listener) => void (await client.sSubscribe([...channels], listener)),
    connect: async () => void (await client.connect()),
    destroy: () => void client.destroy().catch(onTrouble),
  };
}

function makeCluster({ nodes, login, tls }: RedisAddress, onTrouble: OnTrouble): Client {
  const client = createCluster({
    rootNodes: nodes.map(({ host, port }) => ({
      ...node,
      ...login,
      socket: { ...socket, host, port, ...tlsOf(tls) },
    })),
    defaults: { ...node, ...login, socket: { ...socket, ...tlsOf(tls) } },
    topologyRefreshOnReconnectionAttemptStrategy: 1000,
  });
  client.on("error", onTrouble);
  return {
    send: (key, args) => client.sendCommand(key, false, [...args], asBytes),
    async subscribe(channels, listener) {
      // One by one: channels of different slots may not share a command.
      for (const channel of channels) await client.sSubscribe(channel, listener);
    },
    connect: async () => void (await client.connect()),
    destroy: () => client.destroy(),
  };
}

const tlsOf = (tls: boolean) => (tls ? ({ tls: true } as const) : {});
