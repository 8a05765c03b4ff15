import { afterEach, describe, expect, it } from "@jest/globals";
import { eventually } from "../../support/eventually.ts";
import { aTelegram, aZalo } from "./messenger-bench.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const ASK = "bị dọa tung ảnh #sextortion";
const IT_IS_ME = "Mình đang gặp chuyện này";

describe("a card on Telegram", () => {
  async function telegram() {
    const phone = await aTelegram("polling");
    closing.push(() => phone.stop());
    const keep = async (person: string) => {
      await phone.says(person, ASK);
      await eventually(() => expect(phone.labels(person)).toContain(IT_IS_ME));
      await phone.taps(person, IT_IS_ME);
      await eventually(() => expect(phone.labels(person)).toContain("Lưu thành thẻ"));
      const before = phone.heard(person).length;
      await phone.taps(person, "Lưu thành thẻ");
      await eventually(() => expect(phone.heard(person).length).toBeGreaterThan(before));
    };
    return { ...phone, keep };
  }

  it("comes as a picture with its title, and as words; the second time the picture is not sent up again", async () => {
    const { standIn, keep } = await telegram();
    await keep("501");
    expect(standIn.picturesSentTo(501)).toMatchObject([{ caption: "Bị dọa tung ảnh", isUpload: true }]);
    await keep("502");
    expect(standIn.picturesSentTo(502)).toMatchObject([{ caption: "Bị dọa tung ảnh", isUpload: false }]);
  });

  it("is said in words where Telegram takes no picture", async () => {
    const { standIn, keep, heard } = await telegram();
    standIn.takesPictures = false;
    await keep("501");
    expect(standIn.picturesSentTo(501)).toEqual([]);
    expect(heard("501").at(-1)).toMatch(/111/);
  });
});

describe("a card on Zalo", () => {
  async function zalo() {
    const phone = await aZalo();
    closing.push(() => phone.stop());
    const keep = async (person: string) => {
      await phone.says(person, ASK);
      await eventually(() => expect(phone.heard(person).join()).toContain(IT_IS_ME));
      await phone.says(person, IT_IS_ME);
      await eventually(() => expect(phone.heard(person).join()).toContain("Lưu thành thẻ"));
      const before = phone.heard(person).length;
      await phone.says(person, "Lưu thành thẻ");
      await eventually(() => expect(phone.heard(person).length).toBeGreaterThan(before));
    };
    return { ...phone, keep };
  }

  it("is sent up once and shown to two people", async () => {
    const { standIn, keep } = await zalo();
    await keep("701");
    await keep("702");
    const [first] = standIn.picturesSentTo("701");
    expect(first).toMatch(/^image-/);
    expect(standIn.picturesSentTo("702")).toEqual([first]);
  });

  it("is said in words where Zalo takes no picture", async () => {
    const { standIn, keep, heard } = await zalo();
    standIn.takesPictures = false;
    await keep("701");
    expect(standIn.picturesSentTo("701")).toEqual([]);
    expect(heard("701").at(-1)).toMatch(/111/);
  });
});
