import { describe, expect, it } from "@jest/globals";
import { readUpdate } from "../../../src/adapters/channels/telegram/read-update.ts";

const chat = { id: 501, type: "private", first_name: "Lan", username: "lan_nguyen" };
const from = { id: 501, is_bot: false, first_name: "Lan", language_code: "vi-VN" };
const message = (content: object, over: object = {}) => ({
  update_id: 42,
  message: { message_id: 7, date: 1, chat, from, ...content, ...over },
});
const parts = (update: unknown) => {
  const heard = readUpdate(update);
  return heard.kind === "person" ? heard.parts : heard.kind;
};

describe("what is read of a Telegram update", () => {
  it("takes the text and the language, and no name", () => {
    const heard = readUpdate(message({ text: "em chào" }));
    expect(heard).toEqual({
      kind: "person",
      chatId: 501,
      localeHint: "vi",
      callbackId: undefined,
      parts: [{ id: "tg:42", content: { kind: "text", text: "em chào" } }],
    });
    expect(JSON.stringify(heard)).not.toMatch(/lan/i);
  });

  it.each([
    ["/start", "f:greeting"],
    ["/start ref_123", "f:greeting"],
    ["/help", "f:help_menu"],
    ["/HELP@ke_ben_bot", "f:help_menu"],
    ["/xoa", "f:delete_data"],
    ["/nguoithat", "a:request-counsellor"],
    ["/english", "a:speak-english"],
    ["/tiengviet", "a:speak-vietnamese"],
    ["/111", "f:helpline_info"],
  ])("reads %s as the choice %s", (text, value) => {
    expect(parts(message({ text }))).toEqual([{ id: "tg:42", content: { kind: "choice", value } }]);
  });

  it("reads words after a command too, for danger may be named there", () => {
    expect(parts(message({ text: "/111 em bị đánh" }))).toEqual([
      { id: "tg:42", content: { kind: "choice", value: "f:helpline_info" } },
      { id: "tg:42.2", content: { kind: "text", text: "em bị đánh" } },
    ]);
    expect(parts(message({ text: "/start cứu em với" }))).toHaveLength(2);
  });

  it("reads a command that is not ours as any other text", () => {
    expect(parts(message({ text: "/hu hu em sợ" }))).toEqual([
      { id: "tg:42", content: { kind: "text", text: "/hu hu em sợ" } },
    ]);
  });

  it.each([
    ["photo", [{ file_id: "x" }], "image"],
    ["voice", { file_id: "x" }, "audio"],
    ["video_note", { file_id: "x" }, "video"],
    ["document", { file_id: "x" }, "file"],
    ["sticker", { file_id: "x" }, "sticker"],
    ["location", { latitude: 1, longitude: 2 }, "location"],
    ["contact", { phone_number: "0900000000" }, "contact"],
    ["poll", {}, "other"],
  ])("keeps of a %s only its kind", (field, value, media) => {
    expect(parts(message({ [field]: value }))).toEqual([
      { id: "tg:42", content: { kind: "unsupported", media } },
    ]);
  });

  it("reads the words under a picture", () => {
    expect(parts(message({ photo: [], caption: "họ doạ đăng ảnh này" }))).toEqual([
      { id: "tg:42", content: { kind: "unsupported", media: "image" } },
      { id: "tg:42.2", content: { kind: "text", text: "họ doạ đăng ảnh này" } },
    ]);
  });

  it("counts pictures sent together as one message, and each caption as words", () => {
    expect(parts(message({ photo: [], media_group_id: "9" }))).toEqual([
      { id: "tg:album:9", content: { kind: "unsupported", media: "image" } },
    ]);
    expect(parts(message({ photo: [], media_group_id: "9", caption: "đây" }))).toEqual([
      { id: "tg:album:9", content: { kind: "unsupported", media: "image" } },
      { id: "tg:42", content: { kind: "text", text: "đây" } },
    ]);
  });

  it("reads edited words as new words, and nothing else of an edit", () => {
    const edited = (content: object) => ({
      update_id: 43,
      edited_message: { message_id: 7, date: 1, chat, from, ...content },
    });
    expect(parts(edited({ text: "em muốn chết" }))).toEqual([
      { id: "tg:43", content: { kind: "text", text: "em muốn chết" } },
    ]);
    expect(parts(edited({ location: {} }))).toBe("nothing");
  });

  it("reads a tap, also when the message it hangs on is no longer to be seen", () => {
    const tap = {
      id: "t1",
      from,
      chat_instance: "1",
      data: "f:scam",
      message: { chat, message_id: 1, date: 0 },
    };
    expect(readUpdate({ update_id: 44, callback_query: tap })).toMatchObject({
      callbackId: "t1",
      parts: [{ id: "tg:44", content: { kind: "choice", value: "f:scam" } }],
    });
  });

  it.each([
    ["a group", message({ text: "chào" }, { chat: { id: -5, type: "supergroup" } }), "group"],
    ["a channel", message({ text: "chào" }, { chat: { id: -5, type: "channel" } }), "nothing"],
    ["a bot", message({ text: "chào" }, { from: { ...from, is_bot: true } }), "nothing"],
    ["a service message", message({ pinned_message: {} }), "nothing"],
    [
      "a tap in a group",
      {
        update_id: 1,
        callback_query: { id: "t", from, data: "f:scam", message: { chat: { id: -5, type: "group" } } },
      },
      "nothing",
    ],
    ["a tap without data", { update_id: 1, callback_query: { id: "t", from, message: { chat } } }, "nothing"],
    ["a kind of update that we did not ask for", { update_id: 1, poll_answer: {} }, "nothing"],
    ["no update", { hello: 1 }, "unreadable"],
    ["null", null, "unreadable"],
  ])("stores nothing of %s", (_name, update, kind) => {
    expect(parts(update)).toBe(kind);
  });

  it("loses no words for an odd extra, and passes on no half characters", () => {
    const odd = message(
      { text: "cứu em \ud83d" },
      { from: { ...from, language_code: 5 }, media_group_id: 7 },
    );
    expect(parts(odd)).toEqual([{ id: "tg:42", content: { kind: "text", text: "cứu em \ufffd" } }]);
  });
});
