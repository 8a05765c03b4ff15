import { create } from "axios";
import { ApiAnswer, TokenAnswer, UploadAnswer } from "./wire.ts";

export interface ZaloApiOptions {
  readonly apiRoot: string | undefined;
  readonly oauthRoot: string | undefined;
  readonly appId: string;
  readonly appSecret: string;
}

export type ApiResult =
  | { readonly kind: "ok" }
  | { readonly kind: "error"; readonly code: number }
  | { readonly kind: "unreachable" };

export type UploadResult =
  | { readonly kind: "ok"; readonly id: string }
  | Exclude<ApiResult, { readonly kind: "ok" }>;

export type TokenResult =
  | { readonly kind: "fresh"; readonly accessToken: string; readonly refreshToken: string }
  | { readonly kind: "error"; readonly code: number }
  | { readonly kind: "unreachable" };

export interface OutgoingButton {
  readonly title: string;
  readonly payload: string;
}

export interface ZaloApi {
  sendText(
    to: { readonly accessToken: string; readonly userId: string },
    text: string,
    buttons: readonly OutgoingButton[],
  ): Promise<ApiResult>;
  /** Puts a picture (PNG, at most 1 MB) at Zalo; its id holds for seven days. */
  uploadImage(accessToken: string, png: Uint8Array): Promise<UploadResult>;
  sendImage(
    to: { readonly accessToken: string; readonly userId: string },
    imageId: string,
  ): Promise<ApiResult>;
  renewTokens(refreshToken: string): Promise<TokenResult>;
}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 256 * 1024;

/** The calls we need. What axios throws holds tokens and texts, so nothing of it leaves this file. */
export function createZaloApi(options: ZaloApiOptions): ZaloApi {
  const {
    apiRoot = "https://openapi.zalo.me",
    oauthRoot = "https://oauth.zaloapp.com",
    appId,
    appSecret,
  } = options;
  const http = create({
    timeout: TIMEOUT_MS,
    maxContentLength: MAX_ANSWER_BYTES,
    maxRedirects: 0,
    // Zalo answers its own errors with 200; everything else is judged here, not thrown.
    validateStatus: () => true,
  });

  async function post(
    url: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<unknown> {
    try {
      const { status, data } = await http.post<unknown>(url, body, { headers });
      return status === 200 ? data : null;
    } catch {
      return null;
    }
  }

  return {
    async sendText({ accessToken, userId }, text, buttons) {
      const attachment =
        buttons.length === 0
          ? {}
          : {
              attachment: {
                type: "template",
                payload: { buttons: buttons.map((button) => ({ ...button, type: "oa.query.hide" })) },
              },
            };
      const body = { recipient: { user_id: userId }, message: { text, ...attachment } };
      return judged(
        await post(`${trimmed(apiRoot)}/v3.0/oa/message/cs`, body, { access_token: accessToken }),
      );
    },
    async uploadImage(accessToken, png) {
      const form = new FormData();
      form.append("file", new Blob([Uint8Array.from(png)], { type: "image/png" }), "the-ke-ben.png");
      const raw = await post(`${trimmed(apiRoot)}/v2.0/oa/upload/image`, form, { access_token: accessToken });
      const answer = UploadAnswer.safeParse(raw);
      if (answer.success) return { kind: "ok", id: answer.data.data.attachment_id };
      const failed = judged(raw);
      return failed.kind === "ok" ? { kind: "unreachable" } : failed;
    },
    async sendImage({ accessToken, userId }, imageId) {
      const elements = [{ media_type: "image", attachment_id: imageId }];
      const attachment = { type: "template", payload: { template_type: "media", elements } };
      const body = { recipient: { user_id: userId }, message: { attachment } };
      return judged(
        await post(`${trimmed(apiRoot)}/v3.0/oa/message/cs`, body, { access_token: accessToken }),
      );
    },
    async renewTokens(refreshToken) {
      const form = new URLSearchParams({
        refresh_token: refreshToken,
        app_id: appId,
        grant_type: "refresh_token",
      });
      const raw = await post(`${trimmed(oauthRoot)}/v4/oa/access_token`, form, { secret_key: appSecret });
      const answer = TokenAnswer.safeParse(raw);
      if (!answer.success) return { kind: "unreachable" };
      if ("error" in answer.data) return { kind: "error", code: answer.data.error };
      const { access_token: accessToken, refresh_token: renewed } = answer.data;
      return { kind: "fresh", accessToken, refreshToken: renewed };
    },
  };
}

function judged(raw: unknown): ApiResult {
  const answer = ApiAnswer.safeParse(raw);
  if (!answer.success) return { kind: "unreachable" };
  return answer.data.error === 0 ? { kind: "ok" } : { kind: "error", code: answer.data.error };
}

function trimmed(root: string): string {
  return root.replace(/\/+$/, "");
}
