import { loadOwnModel } from "./shared/load-own-model.ts";
import { say } from "./shared/say.ts";

/** `npm run train`: makes the model of this state of `intents/` in MODEL_DIR, unless it is there; an image carries it ready. */
await loadOwnModel();
say("The model is ready.");
