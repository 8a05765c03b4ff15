import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isPng, readForm } from "./read-form.ts";

/** What Telegram does to one call instead of answering it. */
export type Fault =
  | { kind: "flood"; retryAfter: number }
  | { kind: "status"; status: number }
  | { kind: "hang-up" };

export interface SentMessage {
  readonly id: number;
  readonly text: string;
  readonly buttons: readonly { readonly text: string; readonly callback_data: string }[];
}

export interface SentPicture {
  readonly id: number;
  readonly caption: string;
  /** False when it was named by the id that Telegram gave it before. */
  readonly isUpload: boolean;
}

/** Who looks at the phone: told of each thing that reached it. */
export interface TelegramScreen {
  message(chat: number, message: SentMessage): void;
  picture(
    chat: number,
    picture: { readonly id: number; readonly caption: string; readonly png: Uint8Array },
  ): void;
  typing(chat: number): void;
}

type Params = Record<string, unknown>;
interface Update extends Params {
  update_id: number;
}
class Refusal extends Error {
  readonly status: number;
  readonly parameters: Params | undefined;
  constructor(status: number, description: string, parameters?: Params) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

const CALLBACK_SECONDS = 15;

/** A strict Bot API on loopback: refuses what Telegram refuses, keeps updates until they are confirmed, and writes down what it saw. */
export class TelegramStandIn {
  readonly token = "123456:stand-in-token-AAAAAAAAAAAA";
  /** Faults for the next calls that send or delete, one each. */
  readonly faults: Fault[] = [];
  /** A fault that stays until it is taken away. */
  lasting: Fault | null = null;
  /** Milliseconds before each answer to a call that sends. */
  slowness = 0;
  screen: TelegramScreen | null = null;
  /** When false, no picture is taken. */
  takesPictures = true;
  readonly calls: string[] = [];
  readonly blocked = new Set<number>();
  webhook: { url: string; secret: string } | null = null;
  /** As getWebhookInfo tells of a delivery that failed. */
  lastError: { last_error_date?: number; last_error_message?: string } = {};
  private readonly server = createServer((request, response) => void this.handle(request, response));
  private readonly updates: Update[] = [];
  private readonly chats = new Map<number, SentMessage[]>();
  private readonly pictures = new Map<number, SentPicture[]>();
  private readonly files = new Map<string, Uint8Array>();
  private readonly openTaps = new Map<string, number>();
  private polls: (() => void)[] = [];
  private isPolled = false;
  private lastId = 1000;

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async close(): Promise<void> {
    this.wakePolls();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  sentTo(chat: number): readonly SentMessage[] {
    return this.chats.get(chat) ?? [];
  }

  picturesSentTo(chat: number): readonly SentPicture[] {
    return this.pictures.get(chat) ?? [];
  }

  /** The ids given so far die, as they do when a bot's token is changed. */
  forgetFiles(): void {
    this.files.clear();
  }

  waitingUpdates(): number {
    return this.updates.length;
  }

  /** A person writes in their private chat. */
  writes(chat: number, text: string): Promise<Update> {
    return this.arrives({ message: this.message(chat, { text }) });
  }

  sends(chat: number, content: Params): Promise<Update> {
    return this.arrives({ message: this.message(chat, content) });
  }

  /** A person taps the newest button with this label. */
  taps(chat: number, label: string): Promise<Update> {
    const button = this.sentTo(chat)
      .toReversed()
      .flatMap((message) => message.buttons)
      .find((each) => each.text === label);
    if (button === undefined) throw new Error(`no button "${label}" in chat ${chat}`);
    return this.tapsButton(chat, button.callback_data);
  }

  tapsButton(chat: number, data: string): Promise<Update> {
    const id = `tap-${++this.lastId}`;
    this.openTaps.set(id, Date.now());
    return this.arrives({
      callback_query: {
        ...{ id, data, from: this.person(chat), chat_instance: "1" },
        message: this.message(chat, {}),
      },
    });
  }

  message(chat: number, content: Params, type = "private"): Params {
    return {
      message_id: ++this.lastId,
      date: Math.floor(Date.now() / 1000),
      from: this.person(chat),
      chat: { id: chat, type, first_name: "Không Ai Cần Biết" },
      ...content,
    };
  }

  async arrives(content: Params): Promise<Update> {
    const update: Update = { update_id: ++this.lastId, ...content };
    if (!this.chats.has(chatOf(update))) this.chats.set(chatOf(update), []);
    await this.deliver(update);
    return update;
  }

  /** Also for a second delivery of the same update. Answers the status in webhook mode. */
  async deliver(update: Update, headers: Record<string, string> = {}): Promise<number | null> {
    if (this.webhook === null) {
      this.updates.push(update);
      this.updates.sort((a, b) => a.update_id - b.update_id);
      this.wakePolls();
      return null;
    }
    const { url, secret } = this.webhook;
    const given = {
      "content-type": "application/json",
      "x-telegram-bot-api-secret-token": secret,
      ...headers,
    };
    const response = await fetch(url, { method: "POST", headers: given, body: JSON.stringify(update) });
    return response.status;
  }

  private person(id: number): Params {
    return { id, is_bot: false, first_name: "Không Ai Cần Biết", language_code: "vi" };
  }

  private wakePolls(): void {
    for (const wake of this.polls.splice(0)) wake();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token, method = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? "") ?? [];
    const body = await bodyOf(request);
    this.calls.push(method);
    try {
      if (token !== this.token) throw new Refusal(401, "Unauthorized");
      const isSending = method === "sendMessage" || method === "deleteMessages";
      if (isSending && this.slowness > 0) await pause(this.slowness);
      const fault = isSending ? (this.faults.shift() ?? this.lasting) : null;
      if (fault?.kind === "hang-up") return void request.socket.destroy();
      if (fault?.kind === "flood")
        throw new Refusal(429, "Too Many Requests", { retry_after: fault.retryAfter });
      if (fault?.kind === "status") throw new Refusal(fault.status, "told to fail");
      const result = await this.call(method, body, response);
      reply(response, 200, { ok: true, result });
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, String(error));
      reply(response, refusal.status, {
        ok: false,
        error_code: refusal.status,
        description: refusal.message,
        parameters: refusal.parameters,
      });
    }
  }

  private async call(method: string, params: Params, response: ServerResponse): Promise<unknown> {
    switch (method) {
      case "sendMessage":
        return this.sendMessage(params);
      case "sendPhoto":
        return this.sendPhoto(params);
      case "getMe":
        return { id: 1, is_bot: true, first_name: "Kề Bên", username: "ke_ben_bot", can_join_groups: true };
      case "getWebhookInfo":
        return {
          url: this.webhook?.url ?? "",
          has_custom_certificate: false,
          pending_update_count: this.updates.length,
          ...this.lastError,
        };
      case "deleteMessages":
        return this.deleteMessages(params);
      case "getUpdates":
        return this.getUpdates(params, response);
      case "answerCallbackQuery":
        return this.answerTap(String(params["callback_query_id"]));
      case "setWebhook":
        this.webhook = { url: String(params["url"]), secret: String(params["secret_token"]) };
        if (!/^[A-Za-z0-9_-]{1,256}$/.test(this.webhook.secret))
          throw new Refusal(400, "secret token contains unallowed characters");
        return true;
      case "deleteWebhook":
        this.webhook = null;
        return true;
      case "setMyCommands":
        return checkCommands(params["commands"]);
      case "sendChatAction":
        this.screen?.typing(Number(params["chat_id"]));
        return true;
      default:
        throw new Refusal(404, "Not Found: method not found");
    }
  }

  private async getUpdates(params: Params, response: ServerResponse): Promise<Update[]> {
    if (this.webhook !== null || this.isPolled)
      throw new Refusal(409, "Conflict: terminated by other getUpdates request or webhook");
    const offset = typeof params["offset"] === "number" ? params["offset"] : 0;
    while ((this.updates[0]?.update_id ?? Infinity) < offset) this.updates.shift();
    if (this.updates.length === 0) {
      this.isPolled = true;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Number(params["timeout"] ?? 0) * 1000);
        const wake = () => {
          clearTimeout(timer);
          resolve();
        };
        this.polls.push(wake);
        response.on("close", wake);
      });
      this.isPolled = false;
    }
    return this.updates.slice(0, Number(params["limit"] ?? 100));
  }

  private sendMessage(params: Params): Params {
    const chat = Number(params["chat_id"]);
    const messages = this.chats.get(chat);
    if (messages === undefined) throw new Refusal(400, "Bad Request: chat not found");
    if (this.blocked.has(chat)) throw new Refusal(403, "Forbidden: bot was blocked by the user");
    const text = typeof params["text"] === "string" ? params["text"] : "";
    if (text.trim() === "") throw new Refusal(400, "Bad Request: message text is empty");
    if (text.length > 4096) throw new Refusal(400, "Bad Request: message is too long");
    if (!text.isWellFormed()) throw new Refusal(400, "Bad Request: strings must be encoded in UTF-8");
    if (params["parse_mode"] !== undefined && /[<>&]/.test(text))
      throw new Refusal(400, "Bad Request: can't parse entities");
    const buttons = keyboardOf(params["reply_markup"]);
    const message = { id: ++this.lastId, text: text.trim(), buttons };
    messages.push(message);
    this.screen?.message(chat, message);
    return { message_id: this.lastId, date: 1, chat: { id: chat, type: "private" }, text };
  }

  private sendPhoto({ chat_id, photo, caption = "" }: Params): Params {
    const chat = Number(chat_id);
    if (!this.chats.has(chat)) throw new Refusal(400, "Bad Request: chat not found");
    if (this.blocked.has(chat)) throw new Refusal(403, "Forbidden: bot was blocked by the user");
    if (!this.takesPictures) throw new Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS");
    if (String(caption).length > 1024) throw new Refusal(400, "Bad Request: message caption is too long");
    const isUpload = photo instanceof Uint8Array;
    if (isUpload && !isPng(photo)) throw new Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED");
    if (!isUpload && !this.files.has(String(photo)))
      throw new Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified");
    const fileId = isUpload ? `file-${++this.lastId}` : String(photo);
    if (isUpload) this.files.set(fileId, photo);
    const picture = { id: ++this.lastId, caption: String(caption), isUpload };
    this.pictures.set(chat, [...this.picturesSentTo(chat), picture]);
    this.screen?.picture(chat, { ...picture, png: this.files.get(fileId) ?? new Uint8Array() });
    const sizes = [
      { file_id: `${fileId}-small`, file_unique_id: "s", width: 90, height: 90 },
      { file_id: fileId, file_unique_id: "l", width: 1080, height: 1080 },
    ];
    return { message_id: this.lastId, date: 1, chat: { id: chat, type: "private" }, photo: sizes };
  }

  /** Ids that it does not know are passed over, as the real one does. */
  private deleteMessages({ chat_id, message_ids }: Params): true {
    const ids = message_ids as number[];
    if (ids.length < 1 || ids.length > 100)
      throw new Refusal(400, "Bad Request: message_ids must be 1 to 100");
    const chat = Number(chat_id);
    const stays = ({ id }: { readonly id: number }) => !ids.includes(id);
    this.chats.set(chat, this.sentTo(chat).filter(stays));
    this.pictures.set(chat, this.picturesSentTo(chat).filter(stays));
    return true;
  }

  private answerTap(id: string): true {
    const openedAt = this.openTaps.get(id);
    if (openedAt === undefined || Date.now() - openedAt > CALLBACK_SECONDS * 1000) {
      throw new Refusal(
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
      );
    }
    this.openTaps.delete(id);
    return true;
  }

  unansweredTaps(): number {
    return this.openTaps.size;
  }
}

function keyboardOf(markup: unknown): SentMessage["buttons"] {
  if (markup === undefined) return [];
  const rows = (markup as { inline_keyboard: { text: string; callback_data: string }[][] }).inline_keyboard;
  for (const button of rows.flat()) {
    const bytes = Buffer.byteLength(button.callback_data);
    if (bytes < 1 || bytes > 64) throw new Refusal(400, "Bad Request: BUTTON_DATA_INVALID");
    if (button.text.trim() === "") throw new Refusal(400, "Bad Request: BUTTON_TEXT_INVALID");
  }
  return rows.flat();
}

function checkCommands(commands: unknown): true {
  for (const { command, description } of commands as { command: string; description: string }[]) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw new Refusal(400, "Bad Request: BOT_COMMAND_INVALID");
    if (description.length < 1 || description.length > 256)
      throw new Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID");
  }
  return true;
}

function chatOf(update: Params): number {
  const holder = (update["message"] ??
    update["edited_message"] ??
    (update["callback_query"] as Params | undefined)?.["message"]) as Params;
  return (holder["chat"] as { id: number }).id;
}

/** grammY sends a file as a part of a form, and in its field where that part is. */
async function bodyOf(request: IncomingMessage): Promise<Params> {
  const { text, fields, files } = await readForm(request);
  if (text !== "") return JSON.parse(text) as Params;
  const params: Params = Object.fromEntries(fields);
  for (const [name, value] of fields)
    if (value.startsWith("attach://")) params[name] = files.get(value.slice("attach://".length));
  return params;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
