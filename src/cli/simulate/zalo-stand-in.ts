import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isPng, readForm } from "./read-form.ts";
import type { Clock } from "../../app/ports.ts";

/** What Zalo does to one message call instead of taking it. */
export type Fault =
  | { kind: "error"; error: number }
  | { kind: "status"; status: number }
  | { kind: "hang-up" };

export interface SentMessage {
  readonly text: string;
  readonly buttons: readonly { readonly title: string; readonly type: string; readonly payload: string }[];
}

/** Who looks at the phone: told of each thing that reached it. */
export interface ZaloScreen {
  message(person: string, message: SentMessage): void;
  picture(person: string, png: Uint8Array): void;
}

type Params = Record<string, unknown>;

/** A strict open API, OAuth server and webhook sender on loopback, built from published descriptions of it; nothing of it was tried against Zalo itself. */
export class ZaloStandIn {
  readonly appId = "1122334455";
  readonly appSecret = "app-secret-of-the-stand-in";
  readonly oaSecret = "oa-secret-of-the-stand-in";
  readonly oaId = "9988776655443322110";
  readonly firstTokens = { accessToken: "access-0", refreshToken: "refresh-0" };
  readonly faults: Fault[] = [];
  /** A fault that stays until it is taken away. */
  lasting: Fault | null = null;
  /** Milliseconds before each answer to a message call. */
  slowness = 0;
  screen: ZaloScreen | null = null;
  readonly blocked = new Set<string>();
  /** When false, messages with buttons are refused as a bad field. */
  takesButtons = true;
  /** When false, no picture is taken. */
  takesPictures = true;
  refreshCalls = 0;
  refreshFault: Fault | null = null;
  webhookUrl = "";
  private access = this.firstTokens.accessToken;
  private refresh = this.firstTokens.refreshToken;
  private isExpired = false;
  private readonly images = new Map<string, Uint8Array>();
  private readonly pictures = new Map<string, string[]>();
  private readonly people = new Map<string, SentMessage[]>();
  private lastId = 5_000_000_000_000_000;
  private readonly clock: Clock;
  private readonly server = createServer((request, response) => void this.handle(request, response));

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  expireToken(): void {
    this.isExpired = true;
  }

  /** Ids of the pictures, in order: the same id twice was uploaded once. */
  picturesSentTo(person: string): readonly string[] {
    return this.pictures.get(person) ?? [];
  }

  sentTo(person: string): readonly SentMessage[] {
    return this.people.get(person) ?? [];
  }

  writes(person: string, text: string): Promise<Params> {
    return this.arrives(person, "user_send_text", { text });
  }

  /** Buttons of type oa.query.hide come back as text of the person. */
  taps(person: string, title: string): Promise<Params> {
    const button = this.sentTo(person)
      .toReversed()
      .flatMap((message) => message.buttons)
      .find((each) => each.title === title);
    if (button === undefined) throw new Error(`no button "${title}" for ${person}`);
    return this.writes(person, button.payload);
  }

  async arrives(person: string, eventName: string, message: Params): Promise<Params> {
    const event = this.event(person, eventName, { message: { msg_id: String(++this.lastId), ...message } });
    await this.deliver(event);
    return event;
  }

  event(person: string, eventName: string, content: Params): Params {
    if (!this.people.has(person)) this.people.set(person, []);
    return {
      app_id: this.appId,
      user_id_by_app: "77",
      event_name: eventName,
      sender: { id: person },
      recipient: { id: this.oaId },
      timestamp: String(this.clock.now()),
      ...content,
    };
  }

  /** Signs and posts; also for a second delivery of the same event. Answers the status. */
  async deliver(
    event: Params,
    over: { signature?: string | null; body?: string; term?: string } = {},
  ): Promise<number> {
    const body = over.body ?? JSON.stringify(event);
    const signature =
      over.signature === undefined ? this.sign(body, String(event["timestamp"]), over.term) : over.signature;
    const headers = {
      "content-type": "application/json",
      ...(signature === null ? {} : { "X-ZEvent-Signature": signature }),
    };
    const startedAt = Date.now();
    const response = await fetch(this.webhookUrl, { method: "POST", headers, body });
    if (Date.now() - startedAt > 2000) throw new Error("answered later than two seconds");
    return response.status;
  }

  sign(body: string, timestamp: string, term = this.appId): string {
    return `mac=${createHash("sha256")
      .update(term + body + timestamp + this.oaSecret, "utf8")
      .digest("hex")}`;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { text: body, files } = await readForm(request);
    const answer = (content: unknown, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
    };
    if (request.method === "POST" && request.url === "/v4/oa/access_token") {
      if (this.refreshFault?.kind === "hang-up") return void request.socket.destroy();
      return answer(this.renew(request, new URLSearchParams(body)));
    }
    if (request.method === "POST" && request.url === "/v2.0/oa/upload/image")
      return answer(this.upload(request, files.get("file")));
    if (request.method !== "POST" || request.url !== "/v3.0/oa/message/cs")
      return answer({ error: -201, message: "no such path" }, 404);
    if (this.slowness > 0) await new Promise((resolve) => setTimeout(resolve, this.slowness));
    const fault = this.faults.shift() ?? this.lasting;
    if (fault?.kind === "hang-up") return void request.socket.destroy();
    if (fault?.kind === "status") return answer({}, fault.status);
    // Errors of the open API come with status 200.
    const error = fault?.kind === "error" ? fault.error : this.take(request, JSON.parse(body) as Params);
    return answer(
      error === 0
        ? { error: 0, message: "Success", data: { message_id: String(++this.lastId) } }
        : { error, message: "refused" },
    );
  }

  private take(request: IncomingMessage, body: Params): number {
    if (request.headers["access_token"] !== this.access || this.isExpired) return -216;
    if (request.headers.authorization !== undefined) return -201;
    const person = String((body["recipient"] as Params)["user_id"]);
    const { text, attachment } = body["message"] as {
      text?: string;
      attachment?: {
        type: string;
        payload: {
          buttons?: SentMessage["buttons"];
          elements?: { media_type: string; attachment_id: string }[];
        };
      };
    };
    const inbox = this.people.get(person);
    if (inbox === undefined) return -230;
    if (this.blocked.has(person)) return -213;
    const [element] = attachment?.payload.elements ?? [];
    if (element !== undefined) {
      if (element.media_type !== "image" || !this.images.has(element.attachment_id)) return -201;
      this.pictures.set(person, [...this.picturesSentTo(person), element.attachment_id]);
      this.screen?.picture(person, this.images.get(element.attachment_id) ?? new Uint8Array());
      return 0;
    }
    if (text === undefined || text.trim() === "" || text.length > 2000 || text !== text.normalize("NFC"))
      return -201;
    const buttons = attachment?.payload.buttons ?? [];
    if (buttons.length > 0 && (!this.takesButtons || attachment?.type !== "template")) return -201;
    if (buttons.length > 5) return -201;
    if (
      buttons.some(
        (button) =>
          button.title.length > 100 || button.payload.length > 1000 || !button.type.startsWith("oa.query."),
      )
    )
      return -201;
    inbox.push({ text, buttons });
    this.screen?.message(person, { text, buttons });
    return 0;
  }

  private upload(request: IncomingMessage, file: Uint8Array | undefined): Params {
    if (request.headers["access_token"] !== this.access || this.isExpired)
      return { error: -216, message: "refused" };
    if (!this.takesPictures || !isPng(file) || (file?.length ?? 0) > 1024 * 1024)
      return { error: -201, message: "refused" };
    const id = `image-${++this.lastId}`;
    this.images.set(id, file ?? new Uint8Array());
    return { error: 0, message: "Success", data: { attachment_id: id } };
  }

  /** A refresh token works once. */
  private renew(request: IncomingMessage, form: URLSearchParams): Params {
    this.refreshCalls++;
    if (this.refreshFault?.kind === "error") return { error: this.refreshFault.error, error_name: "refused" };
    const isRight =
      request.headers["secret_key"] === this.appSecret &&
      request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true &&
      form.get("app_id") === this.appId &&
      form.get("grant_type") === "refresh_token" &&
      form.get("refresh_token") === this.refresh;
    if (!isRight) return { error: -14014, error_name: "Invalid refresh token" };
    this.access = `access-${this.refreshCalls}`;
    this.refresh = `refresh-${this.refreshCalls}`;
    this.isExpired = false;
    return { access_token: this.access, refresh_token: this.refresh, expires_in: "90000" };
  }
}
