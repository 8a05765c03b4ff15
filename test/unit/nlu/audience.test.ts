import { describe, expect, it } from "@jest/globals";
import { audienceByCues } from "../../../src/adapters/nlu/nlpjs/audience-cues.ts";
import { normalise } from "../../../src/domain/text/normalise.ts";

describe("audienceByCues", () => {
  it.each([
    ["con gái tôi bị bắt nạt", "parent"],
    ["con gai toi bi bat nat", "parent"],
    ["bé nhà em học lớp 3 mê điện thoại", "parent"],
    ["học sinh lớp tôi chủ nhiệm đánh nhau", "parent"],
    ["my daughter will not eat", "parent"],
    ["em bị bạn trai đòi ảnh", "teen"],
    ["tớ buồn quá", "teen"],
    ["sao cắt đuôi đc ng cứ nt mãi z", "teen"],
    ["em gái tôi bị lừa", null],
    ["mật khẩu mạnh là gì", null],
  ])("%s: %s", (text, audience) => {
    expect(audienceByCues(normalise(text))).toBe(audience);
  });
});
