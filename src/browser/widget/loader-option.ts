import { isLocale, type Locale } from "../kit/locale.ts";
import { accentOf } from "./accent.ts";
import { exitAddress } from "./setting.ts";
import { LOADER_WORDS } from "./loader-words.ts";

/** The attributes of a script tag, or an object with the same names. */
export type GivenOption = Readonly<
  Partial<Record<"locale" | "audience" | "color" | "position" | "label" | "exit", string | undefined>>
>;

/** What the page wants. Read again at each use: a page may change its language after loading. */
export interface LoaderOption {
  readonly locale: Locale;
  readonly audience: string;
  readonly accent: ReturnType<typeof accentOf>;
  readonly isLeft: boolean;
  readonly label: string;
  readonly exit: string;
}

export function readOption(given: GivenOption): LoaderOption {
  const wanted = given.locale;
  const locale: Locale = isLocale(wanted) ? wanted : "vi";
  return {
    locale,
    audience: given.audience ?? "",
    accent: accentOf(given.color),
    isLeft: given.position === "left",
    label: given.label || LOADER_WORDS[locale].open,
    exit: exitAddress(given.exit),
  };
}
