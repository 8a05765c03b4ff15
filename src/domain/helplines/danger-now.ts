import type { HelplineCategory } from "./helpline.ts";

/** 111: for anyone, about any child, at any hour, free. It ends every list. */
export const CHILD_LINE = "child";

/** 113, 115, 114 and 112: shown for danger, never for their hours; nothing else stands for them. */
export const EMERGENCY_LINES = ["police", "ambulance", "fire", "rescue"] as const;
export type EmergencyLine = (typeof EMERGENCY_LINES)[number];

/** Whom to call first when it is happening now, most urgent first. */
export const DANGER_NOW: Readonly<
  Record<HelplineCategory | "none", readonly [EmergencyLine, ...EmergencyLine[]]>
> = {
  none: ["police", "ambulance"],
  suicide_self_harm: ["ambulance", "police"],
  sexual_exploitation: ["police"],
  sexual_abuse: ["police", "ambulance"],
  violence: ["police", "ambulance"],
  abduction_coercion: ["police"],
  bullying_harassment: ["police"],
  fraud: ["police"],
  mental_distress: ["ambulance"],
  fire: ["fire"],
  disaster: ["rescue"],
};
