import { render } from "preact";
import { createKeep } from "../kit/keep.ts";
import { createAlarm } from "./alarm.ts";
import { type Bell, createBell } from "./bell.ts";
import { ConsoleApp, type EntryLink } from "./console-app.tsx";
import { createDesk } from "./create-desk.ts";
import { createKeptWords } from "./kept-words.ts";
import { createNotice } from "./notice.ts";
import { WORDS } from "./words.ts";

const keep = createKeep("console.");
const kept = createKeptWords(keep);
const sound = createBell();
const notice = createNotice();
const bell: Bell = {
  get isBlocked() {
    return sound.isBlocked;
  },
  ring() {
    sound.ring();
    notice.show(WORDS[document.documentElement.lang === "en" ? "en" : "vi"].newUrgent);
  },
  // The one tap that lets the browser sound also asks it to show.
  test() {
    notice.ask();
    return sound.test();
  },
  onChange: (listener) => sound.onChange(listener),
};
const desk = createDesk({ kept, alarm: createAlarm(bell) });
const [, linkKind, linkToken] = /^#(setup|join)=([A-Za-z0-9_-]+)$/.exec(location.hash) ?? [];
const link: EntryLink | null =
  linkToken === undefined ? null : { kind: linkKind === "join" ? "join" : "setup", token: linkToken };

const root = document.getElementById("console");
if (root !== null) render(<ConsoleApp desk={desk} bell={bell} kept={kept} keep={keep} link={link} />, root);
void desk.start();
