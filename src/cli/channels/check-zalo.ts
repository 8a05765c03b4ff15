import { createHash } from "node:crypto";
import { verifySignature } from "../../adapters/channels/zalo/verify.ts";
import { type Finding, masked, note, right, wrong } from "./finding.ts";

export interface ZaloSetUp {
  readonly appId: string;
  readonly oaSecret: string;
  readonly accessToken: string;
  readonly publicUrl: string | undefined;
}

/**
 * What can be said of Zalo without using anything up: a refresh token works once, so only the server may try it. Never
 * throws and asks nobody.
 */
export function checkZalo({ appId, oaSecret, accessToken, publicUrl }: ZaloSetUp, now: number): Finding[] {
  const found = [
    right(`app ${appId}, first access token ${masked(accessToken)}`),
    checkOwnSignature({ appId, oaSecret }, now),
  ];
  if (publicUrl === undefined)
    found.push(wrong("PUBLIC_URL is not set: Zalo delivers by webhook only, to an https address of yours"));
  else if (!publicUrl.startsWith("https:")) found.push(wrong("PUBLIC_URL is not https: Zalo calls no other"));
  else
    found.push(
      note(`enter in the console of Zalo, Webhook: ${new URL("/zalo/webhook", publicUrl).href}`),
      note("switch on there: user_send_text, user_send_image and its kin, follow, user_withdraw"),
    );
  found.push(
    note(
      "ZALO_OA_SECRET is the secret of the webhook page, not of the app; log line zalo-signature-term says which id Zalo signs with",
    ),
    note(
      "whether the tokens hold shows when the server runs: zalo-token-renewed in its log, or a banner in the console",
    ),
  );
  return found;
}

/** Signs an event as Zalo would and reads it as the server does. */
function checkOwnSignature({ appId, oaSecret }: { appId: string; oaSecret: string }, now: number): Finding {
  const body = JSON.stringify({ event_name: "follow", timestamp: String(now) });
  const mac = createHash("sha256")
    .update(appId)
    .update(body)
    .update(String(now))
    .update(oaSecret)
    .digest("hex");
  const verdict = verifySignature(Buffer.from(body), `mac=${mac}`, { appId, oaSecret, now });
  return verdict.kind === "genuine"
    ? right("an event signed with these secrets is taken")
    : wrong(`an event signed with these secrets is refused (${verdict.kind})`);
}
