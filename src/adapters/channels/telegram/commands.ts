/** What a person may type after "/", and the choice it stands for. */
interface Command {
  readonly name: string;
  readonly choice: string;
  readonly menu: { readonly vi: string; readonly en: string };
}

const COMMANDS: readonly Command[] = [
  { name: "help", choice: "f:help_menu", menu: { vi: "Xem các chủ đề", en: "See topics" } },
  { name: "111", choice: "f:helpline_info", menu: { vi: "Các số để gọi", en: "Numbers to call" } },
  {
    name: "nguoithat",
    choice: "a:request-counsellor",
    menu: { vi: "Gặp tư vấn viên", en: "Talk to a counsellor" },
  },
  { name: "xoa", choice: "f:delete_data", menu: { vi: "Xóa cuộc trò chuyện", en: "Delete this chat" } },
  { name: "english", choice: "a:speak-english", menu: { vi: "English", en: "English" } },
  { name: "tiengviet", choice: "a:speak-vietnamese", menu: { vi: "Tiếng Việt", en: "Tiếng Việt" } },
  { name: "start", choice: "f:greeting", menu: { vi: "Bắt đầu", en: "Start" } },
];

export interface TypedCommand {
  readonly choice: string;
  /** Words after the command: they are read too, for danger may be named there. */
  readonly rest: string;
}

const TYPED = /^\/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?:\s+([\s\S]*))?$/;
/** What a t.me link may add to /start: set by a link, not written by the person. */
const LINK_PARAMETER = /^[A-Za-z0-9_-]{1,64}$/;

/** Null when the text is no command of ours; then it is read as any other text. */
export function readCommand(text: string): TypedCommand | null {
  const [, name = "", after = ""] = TYPED.exec(text.trim()) ?? [];
  const command = COMMANDS.find((each) => each.name === name.toLowerCase());
  if (command === undefined) return null;
  const rest = after.trim();
  return { choice: command.choice, rest: command.name === "start" && LINK_PARAMETER.test(rest) ? "" : rest };
}

export function commandMenu(locale: "vi" | "en"): { command: string; description: string }[] {
  return COMMANDS.map(({ name, menu }) => ({ command: name, description: menu[locale] }));
}
