import type { WebSocket } from "ws";
import type { EventBus, Logger, Store } from "../../app/ports.ts";
import type { Account } from "../../domain/team/account.ts";
import type { Presence } from "../../app/presence.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";
import { ConversationId } from "../../domain/kernel/ids.ts";
import { type ConsoleEvent, ConsoleFrame } from "../../wire/console.ts";
import { mayRead } from "./may-read.ts";

interface Deps {
  readonly store: Store;
  readonly events: EventBus;
  readonly presence: Presence;
  readonly log: Logger;
}

/** Who sits at a console. */
interface Guest {
  readonly account: Account;
  /** Whether the sign-in that let them in still counts. */
  readonly mayStay: () => Promise<boolean>;
}

const PING_MS = 25_000;

/** Wakes the consoles. Which conversations a counsellor may hear of is decided by the cases that are open now. */
export function createConsoleSockets({ store, events, presence, log }: Deps) {
  const open = new Map<WebSocket, Guest & { isAlive: boolean }>();
  let cases = new Map<string, Handoff>();

  async function refreshCases(): Promise<void> {
    cases = new Map((await store.handoffs.open()).map((handoff) => [handoff.conversationId, handoff]));
  }

  function tell(event: ConsoleEvent, isFor: (account: Account) => boolean = () => true): void {
    const frame = JSON.stringify(event);
    for (const [socket, { account }] of open) {
      if (socket.readyState === socket.OPEN && isFor(account)) socket.send(frame);
    }
  }

  function tellReaders(event: Extract<ConsoleEvent, { conversationId: string }>): void {
    const handoff = cases.get(event.conversationId);
    if (handoff !== undefined) tell(event, (account) => mayRead(handoff, account));
  }

  const unsubscribe = events.subscribe((event) => {
    if (open.size === 0) return;
    if (event.kind === "queue") {
      refreshCases().then(
        () => tell({ t: "queue" }),
        (cause: unknown) => log.error("console-refresh-failed", { cause }),
      );
    } else if (event.kind === "transcript") {
      tellReaders({ t: "transcript", conversationId: event.conversationId, lastSeq: event.lastSeq });
    } else if (event.kind === "person-typing") {
      tellReaders({ t: "person-typing", conversationId: event.conversationId });
    }
  });

  function hear(account: Account, data: string): void {
    let frame: unknown;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    const parsed = ConsoleFrame.safeParse(frame);
    if (!parsed.success) return;
    const said = parsed.data;
    if (cases.get(said.conversationId)?.counsellorId !== account.id) return;
    const conversationId = ConversationId.parse(said.conversationId);
    events.publish(
      said.t === "seen"
        ? { kind: "counsellor-seen", conversationId, seq: said.seq }
        : { kind: "counsellor-typing", conversationId },
    );
  }

  /** Whoever's console is silent loses their cases after a while: somebody else must look after those people. */
  function heard({ id }: Account): void {
    presence.seen(id).catch((cause: unknown) => log.error("presence-failed", { cause }));
  }

  const ping = setInterval(() => {
    for (const [socket, state] of open) {
      if (!state.isAlive) socket.terminate();
      else
        state.mayStay().then(
          (may) => (may ? heard(state.account) : socket.close(1008, "sign in")),
          (cause: unknown) => log.error("console-recheck-failed", { cause }),
        );
      state.isAlive = false;
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, PING_MS);
  ping.unref();

  return {
    accept(socket: WebSocket, guest: Guest): void {
      const { account } = guest;
      const state = { ...guest, isAlive: true };
      open.set(socket, state);
      heard(account);
      socket.on("message", (data) => {
        state.isAlive = true;
        hear(account, Buffer.isBuffer(data) ? data.toString("utf8") : "");
      });
      socket.on("pong", () => {
        state.isAlive = true;
      });
      socket.on("error", () => socket.terminate());
      socket.on("close", () => open.delete(socket));
      // Whatever changed before this socket was open.
      refreshCases().then(
        () => tell({ t: "queue" }, (each) => each.id === account.id),
        () => socket.close(1011, "try again"),
      );
    },
    close(): void {
      clearInterval(ping);
      unsubscribe();
    },
  };
}
