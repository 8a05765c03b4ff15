import type { Phone, PhoneAct, PhoneLine } from "../../wire/phones.ts";
import { type HandPhone, SLOW_MS } from "./hand-phone.ts";
import type { Fault, SentMessage, ZaloStandIn } from "./zalo-stand-in.ts";

const PERSON = "2468013579";
const LASTING: Readonly<Record<Phone["trouble"], Fault | null>> = {
  none: null,
  busy: { kind: "error", error: -32 },
  away: { kind: "status", status: 502 },
  slow: null,
  twice: null,
};
const EVENTS = {
  picture: "user_send_image",
  voice: "user_send_audio",
  sticker: "user_send_sticker",
} as const;

export function createZaloPhone(zalo: ZaloStandIn): HandPhone {
  const lines: PhoneLine[] = [];
  const buttons = new Map<number, SentMessage["buttons"]>();
  const pictures = new Map<number, Uint8Array>();
  let trouble: Phone["trouble"] = "none";

  const add = (line: Partial<PhoneLine> & Pick<PhoneLine, "from">): number => {
    const id = lines.length + 1;
    lines.push({ id, text: "", attachment: null, buttons: [], picture: null, ...line });
    return id;
  };
  zalo.screen = {
    message(_person, { text, buttons: given }) {
      buttons.set(add({ from: "bot", text, buttons: given.map(({ title }) => title) }), given);
    },
    picture(_person, png) {
      const id = lines.length + 1;
      pictures.set(add({ from: "bot", picture: `/phones/zalo/pictures/${id}` }), png);
    },
  };

  const sends = async (name: string, content: Record<string, unknown>) => {
    const event = await zalo.arrives(PERSON, name, content);
    if (trouble === "twice") await zalo.deliver(event);
  };

  return {
    show: () => ({ lines: [...lines], isTyping: false, trouble, isBlocked: zalo.blocked.has(PERSON) }),
    picture: (id) => pictures.get(id) ?? null,
    async act(act: PhoneAct) {
      switch (act.kind) {
        case "write":
          add({ from: "person", text: act.text });
          return sends("user_send_text", { text: act.text });
        case "attach":
          add({ from: "person", attachment: act.attachment });
          return sends(EVENTS[act.attachment], { attachments: [] });
        // Zalo lets nobody change what was sent.
        case "edit":
          return;
        case "tap": {
          const button = buttons.get(act.id)?.[act.button];
          if (button === undefined) return;
          // On Zalo a button writes in the person's name.
          add({ from: "person", text: button.title });
          return sends("user_send_text", { text: button.payload });
        }
        case "trouble":
          trouble = act.trouble;
          zalo.lasting = LASTING[trouble];
          zalo.slowness = trouble === "slow" ? SLOW_MS : 0;
          return;
        case "block":
          if (act.isBlocked) zalo.blocked.add(PERSON);
          else zalo.blocked.delete(PERSON);
      }
    },
  };
}
