import { isLocale, type Locale } from "../kit/locale.ts";
import { accentOf } from "./accent.ts";
import { exitAddress } from "./setting.ts";
import { LOADER_WORDS } from "./loader-words.ts";

/** What the script tag says. Read again at each use: a page may change its language after loading. */
export interface LoaderOption {
  readonly locale: Locale;
  readonly audience: string;
  readonly accent: ReturnType<typeof accentOf>;
  readonly isLeft: boolean;
  readonly label: string;
  readonly exit: string;
}

export function readOption({ dataset }: HTMLScriptElement): LoaderOption {
  const wanted = dataset["locale"];
  const locale: Locale = isLocale(wanted) ? wanted : "vi";
  return {
    locale,
    audience: dataset["audience"] ?? "",
    accent: accentOf(dataset["color"]),
    isLeft: dataset["position"] === "left",
    label: dataset["label"] || LOADER_WORDS[locale].open,
    exit: exitAddress(dataset["exit"]),
  };
}
