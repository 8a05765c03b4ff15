import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Container, containerBootstrap, type Normalizer, type Stemmer, type Tokenizer } from "@nlpjs/core";
import { Nlp } from "@nlpjs/nlp";
import { NluNeural } from "@nlpjs/nlu";
import { LangVi } from "../../../src/adapters/nlu/nlpjs/lang-vi/lang-vi.ts";

function parts() {
  const container = new Container(true);
  container.use(new LangVi());
  return {
    normalizer: container.get("normalizer-vi") as Normalizer,
    tokenizer: container.get("tokenizer-vi") as Tokenizer,
    stemmer: container.get("stemmer-vi") as Stemmer,
  };
}

describe("Vietnamese for nlp.js", () => {
  it("keeps the marks that nlp.js's own normaliser drops", () => {
    expect(parts().normalizer.normalize("Má ơi,  MẠ đâu\u200b")).toBe("má ơi, mạ đâu");
  });

  it("cuts at syllables and adds frequent compounds, with marks or without", () => {
    const { tokenizer } = parts();
    expect(tokenizer.tokenize("gọi công an nha!")).toEqual(["gọi", "công", "an", "công_an", "nha", "!"]);
    expect(tokenizer.tokenize("goi cong an")).toEqual(["goi", "cong", "an", "cong_an"]);
  });

  it("gives each token with and without marks, and the pairs", () => {
    expect(parts().stemmer.stem(["tự", "tử"])).toEqual(["f:tự", "f:tử", "f:~tu", "f:~tu", "f:tu tu"]);
  });

  it.each(["constructor", "__proto__"])("makes %s a feature like any other", (word) => {
    expect(parts().stemmer.stem([word])[0]).toBe(`f:${word}`);
  });

  it("works inside nlp.js's own pipeline, as its other languages do", async () => {
    const container = await containerBootstrap();
    container.use(NluNeural);
    container.use(new LangVi());
    const nlp = new Nlp({
      container,
      autoSave: false,
      autoLoad: false,
      languages: ["vi"],
      forceNER: false,
      nlu: { log: false },
    });
    nlp.addLanguage("vi");
    for (const text of ["bị đánh ở nhà", "ba đánh con", "mẹ cầm roi đánh em"])
      nlp.addDocument("vi", text, "violence");
    for (const text of ["mất tiền vì lừa đảo", "bị lừa chuyển khoản", "lừa nạp thẻ"])
      nlp.addDocument("vi", text, "scam");
    await nlp.train();
    const { classifications } = await nlp.process("em bi danh o nha");
    expect(classifications[0]?.intent).toBe("violence");
  });

  it("imports nothing but nlp.js, so that it can be a package of its own", () => {
    const folder = join(import.meta.dirname, "../../../src/adapters/nlu/nlpjs/lang-vi");
    const imported = readdirSync(folder)
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) =>
        [...readFileSync(join(folder, name), "utf8").matchAll(/from "([^"]+)"/g)].map(([, from]) => from),
      );
    expect(imported.filter((from) => !from?.startsWith("./") && from !== "@nlpjs/core")).toEqual([]);
  });
});
