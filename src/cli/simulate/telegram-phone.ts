import type { Phone, PhoneAct, PhoneLine } from "../../wire/phones.ts";
import { type HandPhone, SLOW_MS, TYPING_MS } from "./hand-phone.ts";
import type { Fault, SentMessage, TelegramStandIn } from "./telegram-stand-in.ts";

const CHAT = 501;
const LASTING: Readonly<Record<Phone["trouble"], Fault | null>> = {
  none: null,
  busy: { kind: "flood", retryAfter: 5 },
  away: { kind: "status", status: 502 },
  slow: null,
  twice: null,
};
/** As Telegram describes what was attached; the files themselves are nowhere. */
const ATTACHED = {
  picture: { photo: [{ file_id: "x", file_unique_id: "x", width: 90, height: 90 }] },
  voice: { voice: { file_id: "x", file_unique_id: "x", duration: 3 } },
  sticker: {
    sticker: { file_id: "x", file_unique_id: "x", type: "regular", width: 90, height: 90, emoji: "🙂" },
  },
} as const;

export function createTelegramPhone(telegram: TelegramStandIn): HandPhone {
  const own: PhoneLine[] = [];
  const buttons = new Map<number, SentMessage["buttons"]>();
  const pictures = new Map<number, Uint8Array>();
  let trouble: Phone["trouble"] = "none";
  let typingUntil = 0;
  telegram.screen = {
    message: (_chat, { id, buttons: given }) => {
      buttons.set(id, given);
      typingUntil = 0;
    },
    picture: (_chat, { id, png }) => void pictures.set(id, png),
    typing: () => {
      typingUntil = Date.now() + TYPING_MS;
    },
  };

  const sends = async (content: Record<string, unknown>): Promise<number> => {
    const message = telegram.message(CHAT, content);
    const update = await telegram.arrives({ message });
    if (trouble === "twice") await telegram.deliver(update);
    return Number(message["message_id"]);
  };
  const remember = (id: number, said: Pick<PhoneLine, "text" | "attachment">) =>
    own.push({ id, from: "person", buttons: [], picture: null, ...said });

  return {
    show() {
      const said = telegram.sentTo(CHAT).map(({ id, text, buttons: given }) => ({
        ...{ id, from: "bot" as const, text, attachment: null, picture: null },
        buttons: given.map((button) => button.text),
      }));
      const shown = telegram.picturesSentTo(CHAT).map(({ id, caption }) => ({
        ...{ id, from: "bot" as const, text: caption, attachment: null, buttons: [] },
        picture: `/phones/telegram/pictures/${id}`,
      }));
      const lines = [...own, ...said, ...shown].sort((a, b) => a.id - b.id);
      return {
        lines,
        isTyping: typingUntil > Date.now(),
        trouble,
        isBlocked: telegram.blocked.has(CHAT),
      };
    },
    picture: (id) => pictures.get(id) ?? null,
    async act(act: PhoneAct) {
      switch (act.kind) {
        case "write":
          return void remember(await sends({ text: act.text }), { text: act.text, attachment: null });
        case "attach":
          return void remember(await sends(ATTACHED[act.attachment]), {
            text: "",
            attachment: act.attachment,
          });
        case "edit": {
          const at = own.findIndex(({ id }) => id === act.id);
          const line = own[at];
          if (line === undefined || line.attachment !== null) return;
          own[at] = { ...line, text: act.text };
          const edited = { ...telegram.message(CHAT, { text: act.text }), message_id: act.id };
          return void (await telegram.arrives({ edited_message: { ...edited, edit_date: 1 } }));
        }
        case "tap": {
          const button = buttons.get(act.id)?.[act.button];
          if (button !== undefined) await telegram.tapsButton(CHAT, button.callback_data);
          return;
        }
        case "trouble":
          trouble = act.trouble;
          telegram.lasting = LASTING[trouble];
          telegram.slowness = trouble === "slow" ? SLOW_MS : 0;
          return;
        case "block":
          if (act.isBlocked) telegram.blocked.add(CHAT);
          else telegram.blocked.delete(CHAT);
      }
    },
  };
}
