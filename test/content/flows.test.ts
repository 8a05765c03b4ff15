import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readFlowBook } from "../../src/adapters/content/load-flow-book.ts";
import { advance } from "../../src/domain/dialogue/advance.ts";
import { parseChoice } from "../../src/domain/dialogue/choice.ts";
import { tipOfTheDay } from "../../src/domain/dialogue/tip-of-the-day.ts";
import { isSpoken } from "../../src/domain/dialogue/flow.ts";
import { speakStep } from "../../src/domain/dialogue/speak.ts";
import { INTENTS } from "../../src/domain/taxonomy/intent.ts";
import { RISK_CATEGORIES, RISK_LEVELS } from "../../src/domain/taxonomy/risk.ts";
import { AUDIENCES } from "../../src/domain/taxonomy/speaker.ts";
import { aRisk, NOON } from "../support/builders.ts";
import { root, theFlowBook } from "../support/flow-book.ts";

const book = theFlowBook();
const taxonomy = JSON.parse(readFileSync(join(root, "intents", "taxonomy.json"), "utf8")) as Record<
  string,
  { id: string }[]
>;
const ids = (name: string) => (taxonomy[name] ?? []).map((each) => each.id);

const LISTENERS = [
  { locale: "vi", audience: "teen" },
  { locale: "vi", audience: "parent" },
  { locale: "en", audience: "teen" },
  { locale: "en", audience: "parent" },
] as const;

const ORDINARY = { channel: "web", now: NOON, slots: {}, returns: [] } as const;

/** Every step that speaks, as each listener hears it. */
const SPEECHES = [...book.flows.values()].flatMap((flow) =>
  Object.entries(flow.steps).flatMap(([name, step]) =>
    isSpoken(step)
      ? LISTENERS.map((listener) => ({
          at: `${flow.flow}/${name}`,
          listener,
          speech: speakStep(
            book,
            {
              flow: flow.flow,
              name,
              step,
              fillings: { score: "3", tip: tipOfTheDay(book.tips, NOON, listener) },
            },
            listener,
          ),
        }))
      : [],
  ),
);

describe("the taxonomy", () => {
  it("is the same in the code and in intents/taxonomy.json", () => {
    expect([...INTENTS].sort()).toEqual(ids("intents").sort());
    expect([...RISK_LEVELS]).toEqual(ids("riskLevels"));
    expect([...RISK_CATEGORIES]).toEqual(ids("riskCategories"));
    expect([...AUDIENCES].sort()).toEqual(ids("audiences").sort());
  });
});

describe("the answers", () => {
  it("hold no mistake", () => {
    expect(readFlowBook(join(root, "flows")).problems).toEqual([]);
  });

  it("say something to everyone, with a way on, at every step", () => {
    for (const { at, speech } of SPEECHES) {
      const empty =
        speech.text.trim() === "" ||
        speech.points.some((point) => point.trim() === "") ||
        speech.buttons.length === 0;
      expect({ at, empty }).toEqual({ at, empty: false });
    }
  });

  it("lead only to steps that speak or act, whoever listens and however great the danger", () => {
    for (const { at, speech, listener } of SPEECHES) {
      for (const button of speech.buttons) {
        const choice = parseChoice(button.value);
        if (choice === null) throw new Error(`${at}: ${button.value}`);
        if (choice.kind === "act") continue;
        const flow = book.flows.get(choice.flow);
        const step = choice.kind === "step" ? choice.step : (flow?.start ?? "");
        for (const level of RISK_LEVELS) {
          const arrival = advance(
            book,
            { flow: choice.flow, step },
            {
              audience: listener.audience,
              risk: aRisk(level),
              channel: "web",
              now: NOON,
              slots: {},
              returns: [],
            },
          );
          expect({
            at,
            to: button.value,
            arrives: arrival.at !== null || arrival.acts.length > 0,
          }).toMatchObject({ arrives: true });
        }
      }
    }
  });

  it("can all be reached by buttons from the list of topics", () => {
    const reached = new Set<string>();
    const open = ["help_menu"];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      for (const step of Object.values(book.flows.get(name)?.steps ?? {})) {
        if (isSpoken(step)) for (const button of step.buttons) if ("flow" in button) open.push(button.flow);
      }
    }
    // Small talk is answered when it is said; nobody looks for it in a list.
    const talk = new Set([
      "greeting",
      "thanks",
      "goodbye",
      "affirm",
      "deny",
      "insult_bot",
      "small_talk",
      "out_of_scope",
    ]);
    expect(INTENTS.filter((intent) => !reached.has(intent) && !talk.has(intent))).toEqual([]);
  });

  it("have labels that fit a phone and values that fit Telegram", () => {
    for (const { at, speech } of SPEECHES) {
      // An answer of a quiz is a sentence; each stands on a line of its own.
      const longest = at.startsWith("lesson_") ? 60 : 32;
      for (const { label, value } of speech.buttons) {
        expect({ at, label, fits: label.length <= longest && Buffer.byteLength(value) <= 64 }).toMatchObject({
          fits: true,
        });
      }
    }
  });

  it("begin with the number to call now when it is an emergency", () => {
    const openings = Object.values(book.safety).flatMap(({ emergency }) =>
      Object.values(emergency.say).flatMap((texts) => Object.values(texts)),
    );
    expect(openings.length).toBeGreaterThanOrEqual(8 * 4);
    for (const text of openings) expect(text).toMatch(/^(?:Hãy gọi|Gọi|Call) 11[135] /);
  });

  it("never ask for a picture", () => {
    const asks =
      /(gửi|chụp|send|share) (cho mình|mình|me|us) (một |a |the )?(ảnh|hình|picture|photo|screenshot)/i;
    expect(
      SPEECHES.filter(({ speech }) => asks.test([speech.text, ...speech.points].join(" "))).map(
        ({ at }) => at,
      ),
    ).toEqual([]);
  });

  it("show 111 in every first answer to harm that may be happening now", () => {
    const harm = [
      "sextortion",
      "intimate_image_leak",
      "grooming",
      "sexual_abuse",
      "family_violence",
      "suicidal_thoughts",
      "self_harm",
      "runaway",
      "trafficking_job",
      "online_kidnapping",
    ];
    for (const name of harm) {
      const flow = book.flows.get(name);
      const risk = aRisk("urgent");
      const { at } = advance(
        book,
        { flow: name, step: flow?.start ?? "" },
        { ...ORDINARY, audience: "teen", risk },
      );
      expect({ name, shown: at?.step.helplines.includes("child") }).toEqual({ name, shown: true });
    }
  });
});
