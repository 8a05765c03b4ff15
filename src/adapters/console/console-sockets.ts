import type { WebSocket } from "ws";
import type { EventBus, Logger } from "../../app/ports.ts";
import type { Account } from "../../domain/team/account.ts";
import type { Presence } from "../../app/presence.ts";
import type { Handoff } from "../../domain/handoff/handoff.ts";
import { ConversationId } from "../../domain/kernel/ids.ts";
import { type ConsoleEvent, ConsoleFrame } from "../../wire/console.ts";
import { mayRead } from "./may-read.ts";
import type { QueueView } from "./queue-view.ts";

interface Deps {
  readonly queue: QueueView;
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
const QUEUE_EVERY_MS = 150;
/** For each console and each case that it will ask for. */
const PER_CASE_MS = 0.01;

/** Wakes the consoles. Which conversations a counsellor may hear of is decided by the cases that are open now. */
export function createConsoleSockets({ queue, events, presence, log }: Deps) {
  const open = new Map<WebSocket, Guest & { isAlive: boolean }>();
  let cases = new Map<string, Handoff>();

  async function refreshCases(): Promise<void> {
    cases = new Map((await queue.list()).map(({ handoff }) => [handoff.conversationId, handoff]));
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

  let quietUntil = 0;
  let isChangedAgain = false;
  let telling: NodeJS.Timeout | undefined;
  /** Lines that came while it was not known yet who may hear of them: told once more, to whom it then is. */
  const late = new Map<string, number>();

  /** At once; and while one change follows the other, not for each: every console asks for all of the queue then. */
  function tellQueue(): void {
    if (telling !== undefined) {
      isChangedAgain = true;
      return;
    }
    const waitMs = Math.max(0, quietUntil - performance.now());
    telling = setTimeout(() => {
      quietUntil = performance.now() + QUEUE_EVERY_MS + open.size * cases.size * PER_CASE_MS;
      refreshCases()
        .then(() => {
          tell({ t: "queue" });
          for (const [conversationId, lastSeq] of late)
            tellReaders({ t: "transcript", conversationId, lastSeq });
        })
        .catch((cause: unknown) => log.error("console-refresh-failed", { cause }))
        .finally(() => {
          late.clear();
          telling = undefined;
          if (isChangedAgain) tellQueue();
          isChangedAgain = false;
        });
    }, waitMs);
  }

  const unsubscribe = events.subscribe((event) => {
    if (open.size === 0) return;
    if (event.kind === "queue") {
      tellQueue();
    } else if (event.kind === "transcript") {
      tellReaders({ t: "transcript", conversationId: event.conversationId, lastSeq: event.lastSeq });
      if (telling !== undefined) late.set(event.conversationId, event.lastSeq);
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
      clearTimeout(telling);
      unsubscribe();
    },
  };
}
