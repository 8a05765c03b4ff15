import { describe, expect, it } from "@jest/globals";
import { findStraddlers } from "../../../src/adapters/content/find-straddlers.ts";

const learnt = ["Em bị tống tiền bằng ảnh nóng", "chào bạn", "how do i report a fake account on tiktok"];

describe("held-out messages that straddle into what is learnt", () => {
  it.each(["em bi tong tien bang anh nong!!", "CHÀO BẠN", "How do I report a fake account on TikTok?"])(
    "finds the same words in other spelling: %s",
    (text) => {
      expect(findStraddlers([text], learnt)).toMatchObject([{ held: text, likeness: 1 }]);
    },
  );

  it("finds nearly the same words", () => {
    expect(findStraddlers(["em đang bị tống tiền bằng ảnh nóng"], learnt)).toHaveLength(1);
  });

  it("lets another wording of the same thought pass", () => {
    expect(findStraddlers(["nó đòi tiền mới chịu xóa hình của em", "chào ad"], learnt)).toEqual([]);
  });
});
