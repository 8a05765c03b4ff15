import { render } from "preact";
import { createKeep } from "../kit/keep.ts";
import { createAlarm } from "./alarm.ts";
import { createBell } from "./bell.ts";
import { ConsoleApp } from "./console-app.tsx";
import { createDesk } from "./create-desk.ts";
import { createKeptWords } from "./kept-words.ts";

const keep = createKeep("console.");
const kept = createKeptWords(keep);
const bell = createBell();
const desk = createDesk({ kept, alarm: createAlarm(bell) });
const setupToken = /^#setup=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1] ?? null;

const root = document.getElementById("console");
if (root !== null)
  render(<ConsoleApp desk={desk} bell={bell} kept={kept} keep={keep} setupToken={setupToken} />, root);
void desk.start();
