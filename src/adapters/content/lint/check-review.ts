import type { ContentProblem } from "../read-yaml.ts";

const DAYS_A_YEAR = 365;
const MS_A_DAY = 86_400_000;

export interface Reviewed {
  readonly file: string;
  readonly line: number;
  /** YYYY-MM-DD */
  readonly date: string;
}

/** What nobody has looked at for a year may be wrong by now. `today` in ms since 1970. */
export function checkReview(reviewed: readonly Reviewed[], today: number): ContentProblem[] {
  return reviewed.flatMap(({ file, line, date }) => {
    const days = Math.floor((today - Date.parse(date)) / MS_A_DAY);
    if (days > DAYS_A_YEAR)
      return [{ file, line, message: `was last reviewed ${days} days ago, on ${date}` }];
    return days < -1 ? [{ file, line, message: `the date of review, ${date}, has not come yet` }] : [];
  });
}
