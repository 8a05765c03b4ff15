import type { WireEntry } from "../../wire/chat.ts";
import { HelplineCard } from "../kit/helpline-card.tsx";
import { AlertIcon, Mark, PersonIcon } from "../kit/icons.tsx";
import { foldAnswer } from "./fold-answer.ts";
import type { Words } from "./words.ts";

interface EntryProps {
  readonly entry: WireEntry;
  readonly words: Words;
  /** First of a run by the same speaker: their name stands above. */
  readonly isFirst: boolean;
  readonly areButtonsOpen: boolean;
  /** The newest line, and the counsellor has it on the screen. */
  readonly isSeen: boolean;
  readonly onChoose: (button: { readonly label: string; readonly value: string }) => void;
}

export function EntryView({ entry, words, isFirst, areButtonsOpen, isSeen, onChoose }: EntryProps) {
  const { from, tone, text, points, helplines, buttons, card } = entry;
  // A person is never cut short, and nothing said in an emergency waits for a tap.
  const isFoldable = from === "bot" && tone === "plain";
  const { shown, rest } = isFoldable ? foldAnswer(entry) : { shown: { text, points }, rest: null };
  return (
    <div class={`entry from-${from} tone-${tone}`}>
      <Speaker from={from} words={words} isFirst={isFirst} />
      <div class="bubble">
        {tone === "emergency" && (
          <p class="alarm-mark">
            <AlertIcon />
            {words.important}
          </p>
        )}
        {text !== "" && <p class="text">{shown.text}</p>}
        {tone === "emergency" && <Helplines helplines={helplines} words={words} />}
        <Points points={shown.points} from={0} />
        {rest !== null && (
          <details>
            <summary>{words.unfold}</summary>
            {rest.text !== "" && <p class="text">{rest.text}</p>}
            <Points points={rest.points} from={shown.points.length} />
          </details>
        )}
        {tone !== "emergency" && <Helplines helplines={helplines} words={words} />}
        {card !== undefined && (
          <p class="card-links">
            <a href={card.picture} download>
              {words.keepCard}
            </a>
            <a href={card.print} target="_blank" rel="noopener">
              {words.printCard}
            </a>
          </p>
        )}
      </div>
      {from === "person" && isSeen && <p class="fate seen">{words.seen}</p>}
      {buttons.length > 0 && (
        <div class="choices" role="group" aria-label={words.choices}>
          {buttons.map((button) => (
            <button
              key={button.value + button.label}
              type="button"
              class={isAside(button) ? "aside" : undefined}
              disabled={!areButtonsOpen}
              onClick={() => onChoose(button)}
            >
              {button.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Points({ points, from }: { readonly points: readonly string[]; readonly from: number }) {
  if (points.length === 0) return null;
  return (
    <ol class="points" start={from + 1} style={{ counterReset: `point ${from}` }}>
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ol>
  );
}

/** Ways that stand at every step are drawn quieter than the answers to this one. */
function isAside({ value }: { readonly value: string }): boolean {
  return /^(a:(go-back|leave)|f:help_menu$)/.test(value);
}

/** In an emergency the numbers stand before everything that may be done besides. */
function Helplines({
  helplines,
  words,
}: {
  readonly helplines: WireEntry["helplines"];
  readonly words: Words;
}) {
  if (helplines.length === 0) return null;
  return (
    <div class="helplines">
      {helplines.map((helpline) => (
        <HelplineCard key={helpline.id} helpline={helpline} call={words.call} />
      ))}
    </div>
  );
}

/** Who speaks, in words and with a picture; nobody may take the machine for a person or a person for the machine. */
export function Speaker({
  from,
  words,
  isFirst,
}: Pick<EntryProps, "words" | "isFirst"> & Pick<WireEntry, "from">) {
  if (from === "person") return <span class="unseen">{words.you}: </span>;
  const name = words[from];
  if (!isFirst) return <span class="unseen">{name}: </span>;
  return (
    <p class="speaker">
      {from === "bot" ? <Mark /> : <PersonIcon />}
      {name}
    </p>
  );
}
