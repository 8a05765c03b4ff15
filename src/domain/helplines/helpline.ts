import { z } from "zod";
import { RISK_CATEGORIES } from "../taxonomy/risk.ts";
import { Bilingual, Locale } from "../taxonomy/speaker.ts";
import { HolidayName } from "./holidays.ts";
import { Hours } from "./hours.ts";

/** What a line helps with: the categories of risk, and two dangers that triage does not name but a person may meet. */
export const HELPLINE_CATEGORIES = [
  ...RISK_CATEGORIES.filter((category) => category !== "none"),
  "fire",
  "disaster",
] as const;
export const HelplineCategory = z.enum(HELPLINE_CATEGORIES);
export type HelplineCategory = z.infer<typeof HelplineCategory>;

/** A province by its name without marks, as the fact names it. Provinces were merged in July 2025; names may be old. */
export const ProvinceId = z.string().regex(/^[a-z]+(?:-[a-z]+)*$/, "a name such as ho-chi-minh");
export type ProvinceId = z.infer<typeof ProvinceId>;

const Age = z.number().int().min(0).max(120);

/** A number that may be shown. Texts name helplines only by `id`; nothing else can print a number. */
export const Helpline = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9_-]{2,24}$/),
    number: z.string().regex(/^[0-9 ]{3,16}$/),
    name: Bilingual,
    /** Hours, cost and what to expect, in a few words. What is not certain is said as not certain. */
    note: Bilingual,
    for: z.strictObject({
      audiences: z.array(z.enum(["teen", "parent", "anyone"])).min(1),
      /** Whom it helps, in a few words. */
      whom: Bilingual,
    }),
    categories: z.array(HelplineCategory).min(1),
    /** Inclusive, in years; absent when the line names no limit. */
    minAge: Age.optional(),
    maxAge: Age.optional(),
    hours: Hours,
    /** Holidays on which it is known to rest. */
    closedOn: z.array(HolidayName).default([]),
    /** Holidays on which it is known to answer as on any day. On all others, hours by the week are not certain. */
    openOn: z.array(HolidayName).default([]),
    /** `unknown` says nothing about money: what may be said is in `note`. */
    cost: z.enum(["free", "charged", "unknown"]),
    /** Languages known to be answered; no other may be promised. */
    languages: z.array(Locale).min(1),
    channels: z.array(z.enum(["call", "sms", "zalo", "app", "web"])).min(1),
    /** Only for people there; absent for the whole country. */
    provinces: z.array(ProvinceId).min(1).optional(),
    facts: z.array(z.string().regex(/^H\d{2}$/)).min(1),
    /** The day on which the sources were last read or the line was called. */
    checked: z.iso.date(),
    /** How sure it is that this number reaches this line. */
    confidence: z.enum(["high", "medium"]),
    /** How sure the hours are. Unless both are high, the line is never said to be open. */
    hoursConfidence: z.enum(["high", "medium"]),
    /** How urgently a person must check it before going live; null once a person has called and confirmed it. */
    verify: z.enum(["RV-1", "RV-2", "RV-3"]).nullable(),
  })
  .refine(({ minAge, maxAge }) => minAge === undefined || maxAge === undefined || minAge <= maxAge, {
    message: "maxAge must not be below minAge",
    path: ["maxAge"],
  })
  .refine(({ closedOn, openOn }) => !closedOn.some((name) => openOn.includes(name)), {
    message: "a line cannot rest and answer on one holiday",
    path: ["openOn"],
  })
  .refine(
    ({ hours, closedOn, openOn }) => typeof hours !== "string" || closedOn.length + openOn.length === 0,
    {
      message: "holidays belong to hours by the week only",
      path: ["closedOn"],
    },
  );
export type Helpline = z.infer<typeof Helpline>;
