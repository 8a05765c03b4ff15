import { type ShownHelpline, telephoneLink } from "./helplines.ts";
import { PhoneIcon } from "./icons.tsx";

/** One tap calls. The whole card is the link: a shaking thumb must not miss. */
export function HelplineCard({
  helpline,
  call,
}: {
  readonly helpline: ShownHelpline;
  readonly call: string;
}) {
  const { number, name, note } = helpline;
  return (
    <a class="helpline" href={telephoneLink(number)}>
      <span class="helpline-icon">
        <PhoneIcon />
      </span>
      <span class="helpline-words">
        <span class="helpline-number">
          <span class="unseen">{call} </span>
          {number}
        </span>
        <span class="helpline-name">{name}</span>
        <span class="helpline-note">{note}</span>
      </span>
    </a>
  );
}
