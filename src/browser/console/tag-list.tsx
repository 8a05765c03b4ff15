import type { CaseFileView, CaseTag } from "../../wire/case-file.ts";
import { CASE_TAGS } from "../../wire/lists.ts";
import { nameOfTag } from "./name-case.ts";
import type { Words } from "./words.ts";

interface TagsProps {
  readonly file: Pick<CaseFileView, "tags" | "suggested">;
  /** Null where only reading is allowed. */
  readonly onTag: ((tag: CaseTag, isOn: boolean) => void) | null;
  readonly words: Words;
}

/** What the case is about, as its counsellor sees it. What the signs of danger speak for stands first. */
export function TagList({ file, onTag, words }: TagsProps) {
  const { tags, suggested } = file;
  const order = [...suggested, ...CASE_TAGS.filter((tag) => !suggested.includes(tag))];
  return (
    <fieldset class="file-part" disabled={onTag === null}>
      <legend>
        <h3>{words.tags}</h3>
      </legend>
      <ul class="checks">
        {order.map((tag) => (
          <li key={tag}>
            <label>
              <input
                type="checkbox"
                checked={tags.includes(tag)}
                onChange={(event) => onTag?.(tag, event.currentTarget.checked)}
              />
              <span>
                {nameOfTag(tag, words)}
                {suggested.includes(tag) && <span class="soft"> ({words.suggestedTag})</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
