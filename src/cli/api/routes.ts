import type { z } from "zod";
import { ReferralAnswer } from "../../wire/case-file.ts";
import { PollAnswer, PollRequest, ReturnAnswer, ReturnRequest } from "../../wire/chat.ts";
import { ColleaguesAnswer } from "../../wire/colleagues.ts";
import {
  ActAnswer,
  ActRequest,
  Me,
  QueueAnswer,
  SetupRequest,
  SignInRequest,
  SnippetsAnswer,
  TranscriptAnswer,
} from "../../wire/console.ts";
import { DecisionRequest, ImprovementsAnswer } from "../../wire/improvements.ts";
import { ReviewAnswer, ReviewWeeksAnswer, VerdictAnswer, VerdictRequest } from "../../wire/reviews.ts";
import { BoardAnswer, ReportAnswer } from "../../wire/supervision.ts";
import {
  AccountsAnswer,
  ConfirmRequest,
  InvitationAnswer,
  InvitationRequest,
  InvitedAnswer,
  InvitedRequest,
  JoinRequest,
  OwnPasswordRequest,
  PasswordRequest,
  SecondFactorAnswer,
} from "../../wire/team.ts";

export interface ApiRoute {
  /** As "POST /console/api/cases/:id/act". */
  readonly route: string;
  readonly says: string;
  /** Query parameters and what they are. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: z.ZodType;
  /** A schema, or the type of what is no JSON; nothing: `{"kind":"done"}`. */
  readonly answer?: z.ZodType | string;
}

const SPAN = {
  from: "first day, as 2026-11-01, by the clock of Vietnam",
  until: "the day after the last one",
};
const CONSOLE = "/console/api";

/** Every HTTP route that speaks JSON to a page, and what watches the server. A test holds it against the server's own list. */
export const API_ROUTES: readonly ApiRoute[] = [
  { route: "GET /healthz", says: "The process lives.", answer: "application/json" },
  {
    route: "GET /readyz",
    says: "The store can be read and written; 503 when not.",
    answer: "application/json",
  },
  { route: "GET /metrics", says: "Figures for Prometheus.", answer: "text/plain" },
  {
    route: "POST /chat/poll",
    says: "The chat where WebSockets are blocked: the frames of `/chat/socket`, asked for.",
    body: PollRequest,
    answer: PollAnswer,
  },
  {
    route: "POST /chat/return",
    says: "Four words by which a person finds their talk again.",
    body: ReturnRequest,
    answer: ReturnAnswer,
  },
  {
    route: `POST ${CONSOLE}/setup`,
    says: "The first account, by the one-time link.",
    body: SetupRequest,
    answer: Me,
  },
  {
    route: `POST ${CONSOLE}/sign-in`,
    says: "Sets the cookie of the console.",
    body: SignInRequest,
    answer: Me,
  },
  { route: `POST ${CONSOLE}/sign-out`, says: "Ends this sign-in." },
  { route: `GET ${CONSOLE}/me`, says: "Who is signed in.", answer: Me },
  {
    route: `POST ${CONSOLE}/password`,
    says: "A new password; ends every other sign-in of the account.",
    body: PasswordRequest,
    answer: Me,
  },
  {
    route: `POST ${CONSOLE}/second-factor`,
    says: "A secret for an authenticator app.",
    body: OwnPasswordRequest,
    answer: SecondFactorAnswer,
  },
  {
    route: `POST ${CONSOLE}/second-factor/confirm`,
    says: "Switches it on, with a code of it.",
    body: ConfirmRequest,
  },
  { route: `POST ${CONSOLE}/second-factor/remove`, says: "Switches it off.", body: OwnPasswordRequest },
  { route: `GET ${CONSOLE}/queue`, says: "Waiting and live cases, in queue order.", answer: QueueAnswer },
  {
    route: `GET ${CONSOLE}/cases/:id/transcript`,
    says: "The talk of a case and its file. Audited.",
    query: {
      after: "only lines with a higher number",
      reason: "why a supervisor reads a colleague's case",
    },
    answer: TranscriptAnswer,
  },
  {
    route: `POST ${CONSOLE}/cases/:id/act`,
    says: "Claim, say, release, resolve, hand over, write in the file. The same `actId` happens once; 409 says why not.",
    body: ActRequest,
    answer: ActAnswer,
  },
  {
    route: `GET ${CONSOLE}/cases/:id/referral`,
    says: "A sheet for whoever the case is passed on to, names covered. Audited.",
    answer: ReferralAnswer,
  },
  {
    route: `GET ${CONSOLE}/snippets`,
    says: "Ready sentences, and the bot's own answers, for one person.",
    query: { locale: "vi or en", audience: "teen, parent or unknown" },
    answer: SnippetsAnswer,
  },
  { route: `GET ${CONSOLE}/colleagues`, says: "Whom a case can be offered to.", answer: ColleaguesAnswer },
  { route: `POST ${CONSOLE}/drills/:id/heard`, says: "The trial of the alarm was heard." },
  {
    route: `GET ${CONSOLE}/reviews/next`,
    says: "The next talk to be read again, names covered. Audited.",
    answer: ReviewAnswer,
  },
  {
    route: `POST ${CONSOLE}/reviews/:id`,
    says: "What it should have been called; danger puts the person in the queue.",
    body: VerdictRequest,
    answer: VerdictAnswer,
  },
  {
    route: `GET ${CONSOLE}/reviews/weeks`,
    says: "Which share of dangers is seen, by week.",
    answer: ReviewWeeksAnswer,
  },
  {
    route: `GET ${CONSOLE}/improvements`,
    says: "Lines that the bot could have answered, names covered.",
    answer: ImprovementsAnswer,
  },
  {
    route: `GET ${CONSOLE}/improvements.jsonl`,
    says: "Those that were kept, a line each. Audited.",
    answer: "application/jsonl",
  },
  {
    route: `POST ${CONSOLE}/improvements/:id`,
    says: "What a line is an example of, written anew.",
    body: DecisionRequest,
  },
  { route: `GET ${CONSOLE}/board`, says: "How things stand now.", answer: BoardAnswer },
  { route: `GET ${CONSOLE}/report`, says: "How they went.", query: SPAN, answer: ReportAnswer },
  {
    route: `GET ${CONSOLE}/report.csv`,
    says: "The same as a table, small counts hidden.",
    query: SPAN,
    answer: "text/csv",
  },
  { route: `GET ${CONSOLE}/accounts`, says: "Everybody of the house.", answer: AccountsAnswer },
  { route: `POST ${CONSOLE}/accounts/:id/close`, says: "Ends an account and gives its cases back." },
  {
    route: `POST ${CONSOLE}/invitations`,
    says: "A link that works once.",
    body: InvitationRequest,
    answer: InvitationAnswer,
  },
  {
    route: `POST ${CONSOLE}/invited`,
    says: "Whom an invitation is for.",
    body: InvitedRequest,
    answer: InvitedAnswer,
  },
  {
    route: `POST ${CONSOLE}/join`,
    says: "A new account, or a new password for one.",
    body: JoinRequest,
    answer: Me,
  },
];
