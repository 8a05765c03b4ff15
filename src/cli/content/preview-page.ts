import type { ReadContent } from "../../adapters/content/load-flow-book.ts";
import { renderPlain } from "../../app/render-plain.ts";
import type { Button, Speech } from "../../domain/conversation/message.ts";
import { advance, type Arrival, startOf } from "../../domain/dialogue/advance.ts";
import { parseChoice } from "../../domain/dialogue/choice.ts";
import type { FlowBook } from "../../domain/dialogue/flow-book.ts";
import { speakStep } from "../../domain/dialogue/speak.ts";
import { tipOfTheDay } from "../../domain/dialogue/tip-of-the-day.ts";
import { CHANNELS } from "../../domain/conversation/message.ts";
import { RISK_LEVELS } from "../../domain/taxonomy/risk.ts";
import { AUDIENCES, LOCALES } from "../../domain/taxonomy/speaker.ts";
import { PREVIEW_STYLE } from "./preview-style.ts";
import { addressOf, type WalkState } from "./walk-state.ts";

export interface Previewed extends ReadContent {
  readonly mistakes: ReadContent["problems"];
}

/** The whole page: mistakes, every flow, and the step at which the editor stands as the chosen listener sees it. */
export function previewPage(content: Previewed, state: WalkState, stamp: string): string {
  const { book } = content;
  const body =
    book === null
      ? "<main><p>The content cannot be walked until these mistakes are mended.</p></main>"
      : `<nav>${listOfFlows(book, state)}</nav><main>${chooser(state)}${walked(book, state)}</main>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Content of Kề Bên</title><style>${PREVIEW_STYLE}</style></head><body>
<header><h1><a href="/">Content of Kề Bên</a></h1>${mistakes(content)}</header><div class="columns">${body}</div>
<script>(async()=>{let since=${JSON.stringify(stamp)};for(;;){try{const r=await fetch("/changed?since="+since);const{stamp}=await r.json();if(stamp!==since)location.reload();}catch{await new Promise(r=>setTimeout(r,1000));}}})()</script>
</body></html>`;
}

function mistakes({ mistakes: found }: Previewed): string {
  if (found.length === 0) return '<p class="well">No mistake found.</p>';
  const lines = found.map(
    ({ file, line, message }) => `<li><code>${escape(file)}:${line}</code> ${escape(message)}</li>`,
  );
  return `<details open class="mistakes"><summary>${found.length} to mend</summary><ul>${lines.join("")}</ul></details>`;
}

function listOfFlows(book: FlowBook, state: WalkState): string {
  const groups: [string, (name: string) => boolean][] = [
    ["Topics", (name) => book.flows.get(name)?.guide === undefined && !name.startsWith("lesson_")],
    ["Guides", (name) => book.flows.get(name)?.guide !== undefined],
    ["Lessons", (name) => name.startsWith("lesson_")],
  ];
  return groups
    .map(([title, isIn]) => {
      const links = [...book.flows.values()]
        .filter(({ flow }) => isIn(flow))
        .map((flow) => {
          const to = { ...state, ...startOf(flow), trail: [], returns: [], slots: {} };
          const mark = flow.flow === state.flow ? ' aria-current="page"' : "";
          return `<li><a${mark} href="${escape(addressOf(to))}">${escape(flow.title[state.locale])}</a></li>`;
        });
      return `<h2>${title}</h2><ul>${links.join("")}</ul>`;
    })
    .join("");
}

function chooser(state: WalkState): string {
  const row = (key: "locale" | "audience" | "channel" | "level", values: readonly string[]) =>
    `<span>${key}: ${values
      .map((value) =>
        value === state[key]
          ? `<b>${value}</b>`
          : `<a href="${escape(addressOf({ ...state, [key]: value }))}">${value}</a>`,
      )
      .join(" · ")}</span>`;
  return `<p class="chooser">${row("locale", LOCALES)}${row("audience", AUDIENCES)}${row("channel", CHANNELS)}${row("level", RISK_LEVELS)}</p>`;
}

function walked(book: FlowBook, state: WalkState): string {
  if (state.flow === "") return "<p>Choose a flow to walk through it.</p>";
  const arrival = arrive(book, state);
  if (arrival.at === null)
    return `<p>Ends here${arrival.acts.length > 0 ? ` with: ${arrival.acts.join(", ")}` : ""}.</p>`;
  const { at } = arrival;
  const here: WalkState = {
    ...state,
    flow: at.flow,
    step: at.name,
    slots: { ...arrival.slots },
    returns: [...arrival.returns],
  };
  const fillings = { score: here.slots["score"] ?? "0", tip: tipOfTheDay(book.tips, Date.now(), here) };
  const speech = speakStep(book, { ...at, fillings }, here);
  const flow = book.flows.get(at.flow);
  const slots = Object.entries(here.slots).map(([name, value]) => `${name}=${value}`);
  return [
    pathOf(here),
    arrival.acts.length > 0 ? `<p class="note">does: ${arrival.acts.join(", ")}</p>` : "",
    state.channel === "web" ? asWidget(speech) : asMessenger(speech, here),
    `<ul class="ways">${speech.buttons.map((button) => `<li>${wayOf(book, button, here)}</li>`).join("")}</ul>`,
    `<p class="note">${escape(at.flow)}/${escape(at.name)} · ${wordsIn(speech)} words · facts ${escape(flow?.facts.join(", ") ?? "")} · reviewed ${escape(flow?.reviewed ?? "")}${slots.length > 0 ? ` · ${escape(slots.join(", "))}` : ""}</p>`,
  ].join("");
}

function arrive(book: FlowBook, state: WalkState): Arrival {
  const { level } = state;
  const category = level === "none" ? ("none" as const) : ("violence" as const);
  return advance(
    book,
    { flow: state.flow, step: state.step },
    { ...state, risk: { level, category, signals: [] }, now: Date.now() },
  );
}

function pathOf(here: WalkState): string {
  const steps = here.trail.map(({ flow, step }, index) => {
    const to = { ...here, flow, step, trail: here.trail.slice(0, index) };
    return `<a href="${escape(addressOf(to))}">${escape(flow)}/${escape(step)}</a>`;
  });
  return `<p class="path">${[...steps, `<b>${escape(here.flow)}/${escape(here.step)}</b>`].join(" → ")}</p>`;
}

function wayOf(book: FlowBook, button: Button, here: WalkState): string {
  const choice = parseChoice(button.value);
  const label = escape(button.label);
  if (choice === null || choice.kind === "act") return `${label} <i>${escape(button.value)}</i>`;
  const flow = book.flows.get(choice.flow);
  const step = choice.kind === "flow" ? (flow?.tapped ?? flow?.start ?? "") : choice.step;
  const trail = [...here.trail, { flow: here.flow, step: here.step }];
  return `<a class="button" href="${escape(addressOf({ ...here, flow: choice.flow, step, trail }))}">${label}</a>`;
}

function asWidget({ text, points, helplines }: Speech): string {
  const steps = points.map((point) => `<li>${escape(point)}</li>`).join("");
  const lines = helplines
    .map(
      ({ number, name, note }) =>
        `<li><b>${escape(number)}</b> ${escape(name)} <small>${escape(note)}</small></li>`,
    )
    .join("");
  return `<article class="bubble"><p>${escape(text)}</p>${steps === "" ? "" : `<ol>${steps}</ol>`}${lines === "" ? "" : `<ul class="helplines">${lines}</ul>`}</article>`;
}

function asMessenger(speech: Speech, { channel, locale }: WalkState): string {
  const limit = channel === "zalo" ? 2000 : 4096;
  const blocks = renderPlain(
    { from: "bot", speech },
    channel === "zalo"
      ? { limit, locale, points: "bulleted", numberOf: (button) => speech.buttons.indexOf(button) + 1 }
      : { limit, locale, points: "numbered" },
  );
  return blocks
    .map(
      (block) =>
        `<pre class="bubble">${escape(block)}</pre><p class="note">${block.length} of ${limit} characters</p>`,
    )
    .join("");
}

function wordsIn({ text, points }: Speech): number {
  return [text, ...points].join(" ").split(/\s+/).filter(Boolean).length;
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
