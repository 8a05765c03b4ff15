import type { Utterance } from "../text/utterance.ts";
import type { Understanding } from "../understanding/understanding.ts";
import type { RiskAssessment, RiskEvidence } from "./assessment.ts";

/** A text with what the model made of it. */
export interface ReadText {
  readonly utterance: Utterance;
  readonly understanding: Understanding;
  /** Null when the risk model could not say: rules alone decide, and the doubt itself is a reason to offer a person. */
  readonly evidence: RiskEvidence | null;
}

export interface TriageInput extends ReadText {
  /** The message with those just before it, read as one; null where it stands alone. */
  readonly together?: ReadText | null;
  /** The messages of a little while ago, newest last: what they tell of may frame this one. Asked only when there is a sign to frame. */
  readonly before?: () => readonly Utterance[];
  /** What the conversation holds already; signals add up over turns. */
  readonly held: RiskAssessment;
}

/** Reads one message and says how dangerous it is and why. Pure, and it never throws. */
export interface Triage {
  assess(input: TriageInput): RiskAssessment;
}
