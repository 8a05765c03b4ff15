import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PHONES } from "../../wire/phones.ts";
import { useStore } from "../kit/use-store.ts";
import { PhoneView } from "./phone-view.tsx";
import { type Phones, watchPhones } from "./watch-phones.ts";
import { WORDS } from "./words.ts";

function PhonesApp({ phones: watched }: { readonly phones: Phones }) {
  const { phones, hasEnded } = useStore(watched);
  const [locale, setLocale] = useState<"vi" | "en">("vi");
  const words = WORDS[locale];
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = words.title;
  }, [locale, words]);
  return (
    <>
      <header class="top">
        <h1>{words.title}</h1>
        <div role="group" aria-label={words.language}>
          {(["vi", "en"] as const).map((each) => (
            <button
              key={each}
              type="button"
              lang={each}
              aria-pressed={locale === each}
              onClick={() => setLocale(each)}
            >
              {each === "vi" ? "Tiếng Việt" : "English"}
            </button>
          ))}
        </div>
        <p>{words.intro}</p>
        <p role="alert">{hasEnded ? words.ended : ""}</p>
      </header>
      <main class="phones">
        {phones !== null &&
          PHONES.map((name) => (
            <PhoneView
              key={name}
              name={name}
              phone={phones[name]}
              words={words}
              onAct={(act) => void watched.act(name, act)}
            />
          ))}
      </main>
    </>
  );
}

const place = document.getElementById("phones");
if (place !== null) render(<PhonesApp phones={watchPhones()} />, place);
