import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decodeModel, encodeModel } from "../../../src/adapters/nlu/nlpjs/model-file.ts";
import type { Model } from "../../../src/adapters/nlu/nlpjs/model.ts";
import { createModelNlu } from "../../../src/adapters/nlu/nlpjs/model-nlu.ts";
import { createSilentNlu } from "../../../src/adapters/nlu/nlpjs/silent-nlu.ts";
import { trainModel } from "../../../src/adapters/nlu/nlpjs/train-model.ts";
import { trainPart } from "../../../src/adapters/nlu/nlpjs/train-part.ts";
import type { TrainingItem } from "../../../src/adapters/nlu/nlpjs/training-item.ts";
import type { Nlu } from "../../../src/app/ports.ts";
import { normalise } from "../../../src/domain/text/normalise.ts";

/** A toy corpus of three intents: enough to learn, small enough for a unit test. */
function toyCorpus(): TrainingItem[] {
  const says = {
    sextortion: [
      "nó dọa tung ảnh nóng của em",
      "bị tống tiền bằng ảnh nhạy cảm",
      "không chuyển tiền nó đăng clip của em",
      "hắn đòi tiền mới xóa ảnh nóng",
      "em bị dọa phát tán ảnh riêng tư",
      "nó bắt em nạp thẻ không thì đăng ảnh",
    ],
    suicidal_thoughts: [
      "em không muốn sống nữa",
      "em muốn chết",
      "em muốn tự tử",
      "sống làm gì nữa",
      "em chán sống lắm rồi",
      "em chỉ muốn chết cho xong",
    ],
    out_of_scope: [
      "thời tiết hôm nay thế nào",
      "giải giúp bài toán này",
      "nấu canh chua ra sao",
      "đội nào thắng tối qua",
      "mua vé máy bay ở đâu",
      "công thức tính diện tích hình tròn",
    ],
  } as const;
  const endings = ["", " ạ", " bây giờ", " giúp em", " với ad ơi", " làm sao đây"];
  return (["sextortion", "suicidal_thoughts", "out_of_scope"] as const).flatMap((intent) =>
    says[intent].flatMap((text) =>
      endings.map(
        (ending): TrainingItem => ({
          text: text + ending,
          locale: "vi",
          audience: intent === "out_of_scope" ? "unknown" : "teen",
          intent,
          level: intent === "out_of_scope" ? "none" : "urgent",
          category:
            intent === "sextortion"
              ? "sexual_exploitation"
              : intent === "suicidal_thoughts"
                ? "suicide_self_harm"
                : "none",
        }),
      ),
    ),
  );
}

let model: Model;
let nlu: Nlu;
beforeAll(async () => {
  model = await trainModel(toyCorpus(), { trainPart, onProgress: () => undefined });
  nlu = createModelNlu(model);
});

const understand = (text: string) => nlu.understand(normalise(text));

describe("the model", () => {
  it("understands what it learnt, with marks, without them and in teencode", () => {
    for (const text of ["em muốn chết", "em muon chet", "e mún chớt"]) {
      expect(understand(text)).toMatchObject({
        kind: "understood",
        intent: "suicidal_thoughts",
        locale: "vi",
        audience: "teen",
      });
    }
  });

  it("answers nothing to what it does not know", () => {
    expect(understand("thời tiết hôm nay ở đâu")).toMatchObject({ kind: "unclear", intent: "out_of_scope" });
  });

  it("says there is no text where there is none", () => {
    expect(understand(" … 😀")).toMatchObject({ kind: "unclear", reason: "no-text", alternatives: [] });
  });

  it("weighs risk as probabilities that add up to one", () => {
    const evidence = nlu.weighRisk(normalise("em muốn tự tử"));
    const total = (chances: Readonly<Record<string, number>> = {}) =>
      Object.values(chances).reduce((sum, chance) => sum + chance, 0);
    expect(total(evidence?.levels)).toBeCloseTo(1, 3);
    expect(total(evidence?.categories)).toBeCloseTo(1, 3);
    expect(evidence?.levels.urgent).toBeGreaterThan(0.5);
  });

  it.each(["constructor", "__proto__", "hasOwnProperty toString", "prototype valueOf"])(
    "is not silenced by %s (nlp.js issues 1100, 943)",
    (word) => {
      expect(understand(`em muốn tự tử ${word}`)).toMatchObject({
        kind: "understood",
        intent: "suicidal_thoughts",
      });
    },
  );

  it("gives the same data the same model", async () => {
    const again = await trainModel(toyCorpus(), { trainPart, onProgress: () => undefined });
    expect(encodeModel(again, "k").equals(encodeModel(model, "k"))).toBe(true);
  });

  it("never throws, whatever arrives", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const utterance = normalise(text);
        const { alternatives, confidence } = nlu.understand(utterance);
        nlu.weighRisk(utterance);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(alternatives.every((each) => each.confidence >= 0 && each.confidence <= 1)).toBe(true);
      }),
    );
  });
});

describe("the model file", () => {
  it("answers as the model did before it was written", () => {
    const read = createModelNlu(decodeModel(encodeModel(model, "key"), "key"));
    for (const { text } of toyCorpus()) expect(read.understand(normalise(text))).toEqual(understand(text));
  });

  it.each([
    ["another key", (bytes: Buffer) => ({ bytes, key: "other" })],
    [
      "a damaged byte",
      (bytes: Buffer) => ({
        bytes: Buffer.from(bytes.map((byte, i) => (i === bytes.length - 9 ? byte ^ 1 : byte))),
        key: "key",
      }),
    ],
    ["a cut file", (bytes: Buffer) => ({ bytes: bytes.subarray(0, bytes.length >> 1), key: "key" })],
    ["something else", () => ({ bytes: Buffer.from("hello, I am no model"), key: "key" })],
    ["an empty file", () => ({ bytes: Buffer.alloc(0), key: "key" })],
  ])("is refused with %s", (_name, spoil) => {
    const { bytes, key } = spoil(encodeModel(model, "key"));
    expect(() => decodeModel(bytes, key)).toThrow(expect.objectContaining({ code: "MODEL_UNUSABLE" }));
  });
});

describe("without a model", () => {
  it("says that it cannot say", () => {
    const silent = createSilentNlu();
    const utterance = normalise("I want to die");
    expect(silent.understand(utterance)).toMatchObject({ kind: "unclear", reason: "nlu-down", locale: "en" });
    expect(silent.weighRisk(utterance)).toBeNull();
  });
});
