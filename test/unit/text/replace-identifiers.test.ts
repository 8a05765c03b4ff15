import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { figuresOfIdentifiers, readLabelledLines } from "../../../src/cli/evaluation/judge-identifiers.ts";
import { interval } from "../../../src/cli/evaluation/shares.ts";
import { replaceIdentifiers } from "../../../src/domain/text/identifiers/replace-identifiers.ts";

const linesOf = (name: string) =>
  readLabelledLines(readFileSync(join(import.meta.dirname, "identifiers", `${name}.txt`), "utf8"));

/** Words that set the finders going, in every order, with whatever else between them. */
const stirring = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."em|tên|là|cô|Lan|An|A|Ý|và|,|.| |Nguyễn|nguyễn|thị|văn|lớp|8A|8a2|10|trường|THCS|số nhà|12/3|đường|Q.1|P5,|quận|7|ấp 3|sn|sinh|2k|99|1/1/10|a@b.co|a.vn|@ab|x#1234|www.a|nick|a_b1|0912345678|12345678|stk|1234|không|một|[tên]|[số]|[|]|I'm|Mr.|Hồ Chí Minh|\n".split(
          "|",
        ),
        "|",
      ),
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
    { maxLength: 30 },
  )
  .chain((parts) => fc.constantFrom("", " ").map((between) => parts.join(between)));

describe("taking out what could tell who somebody is", () => {
  it.each([
    ["em tên Lan, học lớp 8A2 trường THCS Nguyễn Du", "em tên [tên], học lớp [lớp] trường THCS [trường]"],
    ["thầy Hùng sđt 0912 345 678", "thầy [tên] sđt [số]"],
    ["gọi 111 hay 113 lúc 22h15, mất 1.500.000đ", "gọi 111 hay 113 lúc 22h15, mất 1.500.000đ"],
    ["my name is Anna, born 3 March 2010", "my name is [tên], born [ngày]"],
    ["nhà em ở số 45/7 đường Nguyễn Oanh, phường 17, quận Gò Vấp", "nhà em ở [nơi]"],
    ["mail linh.01@gmail.com, fb https://facebook.com/linh.01", "mail [email], fb [link]"],
    ["em te\u0302n Lan, so\u0302\u0301 0\u200b912345678", "em tên [tên], số [số]"],
  ])("%s", (text, expected) => {
    expect(replaceIdentifiers(text)).toBe(expected);
  });

  it("finds in lines it was not made with what must go, and leaves the rest", () => {
    const { recall, precision, untouched } = figuresOfIdentifiers(linesOf("held-out"));
    const lowest = [recall[0], precision, untouched].map((share) =>
      share === undefined ? 0 : interval(share).low,
    );
    // The lower ends of the 95 % intervals.
    expect(lowest[0]).toBeGreaterThan(0.84);
    expect(lowest[1]).toBeGreaterThan(0.92);
    expect(lowest[2]).toBeGreaterThan(0.92);
  });

  it("has lines enough, half of them with nothing to take out", () => {
    const all = [...linesOf("seen"), ...linesOf("held-out")];
    expect(all.length).toBeGreaterThanOrEqual(300);
    const clean = all.filter(({ wanted }) => wanted.length === 0).length;
    expect(clean / all.length).toBeGreaterThan(0.4);
    expect(clean / all.length).toBeLessThan(0.6);
  });

  it("does nothing more when it is done twice", () => {
    fc.assert(
      fc.property(stirring, (text) => {
        const once = replaceIdentifiers(text);
        expect(replaceIdentifiers(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it("makes no text longer than twice its length, and takes any string", () => {
    fc.assert(
      fc.property(stirring, (text) => {
        expect(replaceIdentifiers(text).length).toBeLessThanOrEqual(2 * text.length);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    "Nguyễn ",
    "a.",
    "0 1",
    "@",
    "số 1 ",
    "lớp 8A ",
    "tên là ",
    "aaa",
    "1/",
    "stk: ",
    "A ",
    "không ",
    "quận Quận ",
    "http://a",
    "\u0302",
  ])("%j over and over: eight times the text, nowhere near sixty-four times the time", (unit) => {
    const text = (length: number) => unit.repeat(Math.ceil(length / unit.length));
    const millisecondsFor = (long: string) => {
      const before = process.cpuUsage();
      replaceIdentifiers(long);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    const least = (long: string) =>
      Math.min(millisecondsFor(long), millisecondsFor(long), millisecondsFor(long));
    const [short, long] = [text(4_000), text(32_000)];
    millisecondsFor(short);
    expect(least(long)).toBeLessThan(Math.max(80, 32 * least(short)));
  });
});
