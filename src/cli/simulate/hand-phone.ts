import type { Phone, PhoneAct } from "../../wire/phones.ts";

/** A phone with one messenger on it. */
export interface HandPhone {
  show(): Phone;
  /** PNG of a picture that the bot sent. */
  picture(id: number): Uint8Array | null;
  act(act: PhoneAct): Promise<void>;
}

/** How long "is typing" stays after the bot said so, in milliseconds. */
export const TYPING_MS = 5000;
/** How long each answer takes while the messenger is slow, in milliseconds. */
export const SLOW_MS = 3000;
