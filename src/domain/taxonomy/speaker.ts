import { z } from "zod";

export const LOCALES = ["vi", "en"] as const;
export const Locale = z.enum(LOCALES);
export type Locale = z.infer<typeof Locale>;

export const AUDIENCES = ["teen", "parent", "unknown"] as const;
export const Audience = z.enum(AUDIENCES);
export type Audience = z.infer<typeof Audience>;

/** The same words in both languages of the service. */
export const Bilingual = z.strictObject({ vi: z.string().trim().min(1), en: z.string().trim().min(1) });
export type Bilingual = z.infer<typeof Bilingual>;
