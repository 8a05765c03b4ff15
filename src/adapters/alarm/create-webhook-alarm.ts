import axios from "axios";
import type { AlarmSender } from "../../app/watch-cases.ts";

const WITHIN_MS = 5000;

/**
 * Tells another system (a chat room's webhook, a pager) that a person waits. `text` is what Slack, Mattermost and
 * Google Chat show as it is; the other fields are for programs. Nothing in it comes from the person.
 */
export function createWebhookAlarm(url: string, consoleUrl: string): AlarmSender {
  return {
    async send({ step, handoffId, level, waitedSeconds }) {
      const who = step === "supervisor" ? "Trưởng ca / supervisor: " : "";
      const text = `${who}Kề Bên: một ca ${level} chờ ${waitedSeconds} giây, chưa ai nhận / a case (${level}) has waited ${waitedSeconds} s, nobody has taken it. ${consoleUrl}`;
      const body = { text, step, case: handoffId, level, waitedSeconds, console: consoleUrl };
      const options = { timeout: WITHIN_MS, maxRedirects: 0, validateStatus: () => true };
      // The error of axios holds the address, and the address may be a secret: only what was answered is told.
      const status = await axios.post(url, body, options).then(
        (answer) => answer.status,
        () => null,
      );
      if (status === null || status >= 300)
        throw new Error(`the alarm's webhook answered ${status ?? "nothing"}`);
    },
  };
}
