/** What the page fetches second and then has at hand; its own bundle, so nothing here may hold state of the first one. */
export { createReturnFlow } from "./create-return-flow.ts";
export { LastingHelp } from "./lasting-help.tsx";
export { openPoll } from "./open-poll.ts";
export { ReturnPanel } from "./return-panel.tsx";
export { EN_PACK } from "./words-en.ts";
