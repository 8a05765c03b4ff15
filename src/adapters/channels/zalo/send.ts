import type {
  CardPictures,
  ChannelDriver,
  Clock,
  Conversations,
  Logger,
  OutboundMessage,
  Paces,
  SendResult,
} from "../../../app/ports.ts";
import { renderPlain } from "../../../app/render-plain.ts";
import type { Button, CardLink } from "../../../domain/conversation/message.ts";
import { assertNever } from "../../../domain/kernel/assert-never.ts";
import { classOfError } from "./error-class.ts";
import { BUTTON_PREFIX } from "./read-event.ts";
import { createCardSender } from "./send-card.ts";
import type { TokenKeeper } from "./token-keeper.ts";
import type { ApiResult, OutgoingButton, ZaloApi } from "./zalo-api.ts";

export interface SendDeps {
  readonly api: Pick<ZaloApi, "sendText" | "uploadImage" | "sendImage">;
  readonly cards: CardPictures;
  readonly tokens: TokenKeeper;
  readonly store: Pick<Conversations, "load"> & { readonly paces: Paces };
  readonly clock: Clock;
  readonly log: Logger;
  /** How the pace waits; a test waits in simulated time. */
  readonly wait: (ms: number) => Promise<unknown>;
}

const MAX_TEXT = 2000;
const MAX_BUTTONS = 5;
const MAX_TITLE = 100;
/** Typed numbers are read from 1 to 9. */
const MAX_NUMBER = 9;
/** 4,000 calls a minute for the app, of all our processes together. */
const GAP_MS = 60_000 / 4000;
const GIVE_UP_AFTER_MS = 48 * 3600 * 1000;
const BACKOFF_FIRST_MS = 1000;
const BACKOFF_MAX_MS = 60_000;
const PEOPLE_PAUSE_MS = 10 * 60_000;
const MAX_UNFINISHED = 10_000;
const BAD_FIELD = -201;

interface Unfinished {
  readonly blocks: string[];
  readonly buttons: readonly OutgoingButton[];
  card: CardLink | null;
}

/** Consultation messages. Every button stands in the text too, with the number that picks it: some phones show no buttons. */
export function createZaloDriver(deps: SendDeps): ChannelDriver {
  const { api, tokens, store, clock, log } = deps;
  /** What is left of a message that was interrupted: a retry goes on where it stopped. */
  const unfinished = new Map<string, Unfinished>();
  const sendCard = createCardSender(deps);
  const outage = { step: 0, retryAt: 0 };
  let heldUntil = 0;
  let areButtonsTaken = true;

  async function prepare({ conversationId, entry }: OutboundMessage): Promise<Unfinished> {
    const conversation = await store.load(conversationId);
    const open = conversation?.openButtons ?? [];
    const numberOf = (button: Button): number | null => {
      const place = open.findIndex(({ value }) => value === button.value) + 1;
      return place >= 1 && place <= MAX_NUMBER ? place : null;
    };
    const blocks = renderPlain(entry, {
      limit: MAX_TEXT,
      locale: conversation?.locale ?? "vi",
      points: "bulleted",
      numberOf,
    });
    const buttons = entry.speech.buttons.slice(0, MAX_BUTTONS).map(({ label, value }) => ({
      title: label.slice(0, MAX_TITLE).toWellFormed(),
      payload: BUTTON_PREFIX + value,
    }));
    return { blocks, buttons, card: entry.speech.card ?? null };
  }

  async function call(userId: string, text: string, buttons: readonly OutgoingButton[]): Promise<ApiResult> {
    const waitMs = await store.paces.reserve("zalo", GAP_MS, 1);
    if (waitMs > 0) await deps.wait(waitMs);
    const accessToken = await tokens.current();
    const result = await api.sendText({ accessToken, userId }, text, buttons);
    if (result.kind !== "error" || classOfError(result.code) !== "refresh") return result;
    const renewal = await tokens.renew(accessToken);
    if (renewal.kind !== "fresh") return result;
    return api.sendText({ accessToken: renewal.accessToken, userId }, text, buttons);
  }

  /** The shape of buttons is known from third parties only: where Zalo does not take it, the text menu does the work. */
  async function sendBlock(
    userId: string,
    text: string,
    buttons: readonly OutgoingButton[],
  ): Promise<ApiResult> {
    if (buttons.length === 0 || !areButtonsTaken) return call(userId, text, []);
    const result = await call(userId, text, buttons);
    if (result.kind !== "error" || result.code !== BAD_FIELD) return result;
    const plain = await call(userId, text, []);
    if (plain.kind === "ok") {
      areButtonsTaken = false;
      log.warn("zalo-buttons-refused", { code: `ZALO_${BAD_FIELD}` });
    }
    return plain;
  }

  function resultOf(result: Exclude<ApiResult, { kind: "ok" }>): SendResult {
    if (result.kind === "unreachable") return { kind: "later", retryAfterMs: backOff() };
    const code = `ZALO_${result.code}`;
    const errorClass = classOfError(result.code);
    switch (errorClass) {
      case "permanent":
        return { kind: "refused", code };
      case "later":
        return { kind: "later", retryAfterMs: backOff() };
      case "refresh":
      case "people":
        // The words wait for people to act (or for a new token); sending on would only fill Zalo's log.
        if (clock.now() >= heldUntil) log.error("zalo-sending-stopped", { code });
        heldUntil = clock.now() + (errorClass === "people" ? PEOPLE_PAUSE_MS : BACKOFF_MAX_MS);
        return { kind: "later", retryAfterMs: heldUntil - clock.now(), because: "token" };
      default:
        return assertNever(errorClass);
    }
  }

  /** Many chats fail together when Zalo is away: that is one failure, and they come back together. */
  function backOff(): number {
    const now = clock.now();
    if (now >= outage.retryAt)
      outage.retryAt = now + Math.min(BACKOFF_FIRST_MS * 2 ** outage.step++, BACKOFF_MAX_MS);
    return outage.retryAt - now;
  }

  async function sendAll(message: OutboundMessage, userId: string): Promise<SendResult> {
    const left = unfinished.get(message.id) ?? (await prepare(message));
    const parts = left.blocks.length + (left.card === null ? 0 : 1);
    if (parts > 1 && unfinished.size < MAX_UNFINISHED) unfinished.set(message.id, left);
    if (left.card !== null) await sendCard(userId, left.card);
    left.card = null;
    for (let block = left.blocks[0]; block !== undefined; block = left.blocks[0]) {
      const result = await sendBlock(userId, block, left.blocks.length === 1 ? left.buttons : []);
      if (result.kind !== "ok") return resultOf(result);
      outage.step = 0;
      left.blocks.shift();
    }
    return { kind: "sent" };
  }

  return {
    name: "zalo",
    async send(message) {
      if (message.address === null) return { kind: "refused", code: "NO_ADDRESS" };
      if (clock.now() - message.entry.at > GIVE_UP_AFTER_MS) return { kind: "refused", code: "TOO_LATE" };
      const heldMs = heldUntil - clock.now();
      if (heldMs > 0) return { kind: "later", retryAfterMs: heldMs };
      const result = await sendAll(message, message.address);
      if (result.kind !== "later") unfinished.delete(message.id);
      return result;
    },
  };
}
