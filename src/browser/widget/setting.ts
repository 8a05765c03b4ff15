import { isLocale, type Locale } from "../kit/locale.ts";

export type Asker = "teen" | "parent";

/** How the host page wants the chat. It travels after "#", so it reaches no server and no log. */
export interface Setting {
  /** Origin of the page around the frame; null when the chat is a page of its own. */
  readonly host: string | null;
  readonly locale: Locale;
  readonly asker: Asker;
  readonly color: string | null;
  readonly exit: string;
}

export const DEFAULT_EXIT = "https://www.google.com/search?q=thoi+tiet";

export function readSetting(hash: string, isFramed: boolean): Setting {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const locale = given.get("locale");
  return {
    host: isFramed ? given.get("host") : null,
    locale: isLocale(locale) ? locale : "vi",
    asker: given.get("audience") === "parent" ? "parent" : "teen",
    color: given.get("color"),
    exit: exitAddress(given.get("exit")),
  };
}

/** Only a web address: never a script. */
export function exitAddress(wanted: string | null | undefined): string {
  return wanted && /^https?:\/\//i.test(wanted) ? wanted : DEFAULT_EXIT;
}
