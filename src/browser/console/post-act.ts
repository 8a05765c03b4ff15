import type { ActAnswer, ActRequest } from "../../wire/console.ts";
import { randomId } from "../kit/random-id.ts";
import { type Answer, callServer } from "./call-server.ts";

/** One act on a case. Where nobody answered it is sent once more with the same id: it happens once. */
export async function postAct(caseId: string, act: ActRequest["act"]): Promise<Answer<ActAnswer>> {
  const body: ActRequest = { actId: randomId(12), act };
  const path = `/cases/${encodeURIComponent(caseId)}/act`;
  const answer = await callServer<ActAnswer>("POST", path, body);
  return answer.kind === "unreachable" ? callServer<ActAnswer>("POST", path, body) : answer;
}
