/**
 * Numbers that circulate, in other chatbots too, and are old, closed, or were never proved to exist. Some facts name
 * one only to warn of it, so that a fact which holds the digits is not enough. Compared by digits alone.
 */
export const RETIRED_NUMBERS: ReadonlySet<string> = new Set([
  "18001567",
  "18001769",
  "18009069",
  "19003228",
  "19006233",
  "19009204",
  "1900599933",
  "02838996099",
  "0339035656",
  "0692348560",
  "0909658035",
]);
