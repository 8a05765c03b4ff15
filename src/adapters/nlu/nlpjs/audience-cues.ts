import type { Utterance } from "../../../domain/text/utterance.ts";
import type { Audience } from "../../../domain/taxonomy/speaker.ts";

/** Words that settle who speaks, whatever else is said; null when only the model can tell. */
export function audienceByCues(_utterance: Utterance): Audience | null {
  return null;
}
