import { z } from "zod";
import { AccountName, Me, OneTimeCode, Password } from "./console.ts";

/** JSON of the console about accounts, under `/console/api`. */

/** `POST /password`: also ends every other sign-in of the account. */
export const PasswordRequest = z.strictObject({ current: z.string().min(1).max(200), next: Password });

/** `POST /second-factor`: a secret for an authenticator app; it counts once a code of it was sent to `/confirm`. */
export const SecondFactorAnswer = z.strictObject({ secret: z.string(), uri: z.string() });
export type SecondFactorAnswer = z.infer<typeof SecondFactorAnswer>;
/** `POST /second-factor/confirm`. */
export const ConfirmRequest = z.strictObject({ code: OneTimeCode });
/** `POST /second-factor` and `/second-factor/remove`. */
export const OwnPasswordRequest = z.strictObject({ password: z.string().min(1).max(200) });

/** `GET /accounts`, for supervisors. */
export const AccountsAnswer = z.strictObject({
  accounts: z.array(
    Me.pick({ id: true, name: true, role: true }).extend({
      isPresent: z.boolean(),
      hasSecondFactor: z.boolean(),
      closedAt: z.number().nullable(),
    }),
  ),
});
export type AccountsAnswer = z.infer<typeof AccountsAnswer>;

/** `POST /invitations`: a link that works once. With `accountId` it gives that account a new password and no second factor. */
export const InvitationRequest = z.union([
  z.strictObject({ role: Me.shape.role }),
  z.strictObject({ accountId: z.string().min(1).max(128) }),
]);
export const InvitationAnswer = z.strictObject({ token: z.string(), expiresAt: z.number() });
export type InvitationAnswer = z.infer<typeof InvitationAnswer>;

/** `POST /join`, with the token of an invitation. `name` is left out where the account has one. */
export const JoinRequest = z.strictObject({
  token: z.string().min(20).max(200),
  name: AccountName.optional(),
  password: Password,
});
/** `POST /invited`: whom an invitation is for, before it is used. */
export const InvitedRequest = JoinRequest.pick({ token: true });
export const InvitedAnswer = z.strictObject({ name: z.string().nullable() });
export type InvitedAnswer = z.infer<typeof InvitedAnswer>;
