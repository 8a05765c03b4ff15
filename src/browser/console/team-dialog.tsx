import { useEffect, useState } from "preact/hooks";
import type { AccountsAnswer, InvitationAnswer } from "../../wire/team.ts";
import { AskFirst, Dialog } from "./ask-first.tsx";
import { callServer, codeOf } from "./call-server.ts";
import type { Desk } from "./create-desk.ts";
import { Mistake } from "./entry-pages.tsx";
import { nameOfProblem } from "./name-problem.ts";
import type { Words } from "./words.ts";

type Colleague = AccountsAnswer["accounts"][number];

interface TeamProps {
  readonly desk: Desk;
  readonly words: Words;
  readonly onClose: () => void;
}

/** A supervisor sees who belongs to the house, invites, gives a new link, and closes accounts. */
export function TeamDialog({ desk, words, onClose }: TeamProps) {
  const [accounts, setAccounts] = useState<readonly Colleague[]>([]);
  const [link, setLink] = useState<{ readonly address: string; readonly isFor: string | null } | null>(null);
  const [closing, setClosing] = useState<Colleague | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function load(): Promise<void> {
    const answer = await callServer<AccountsAnswer>("GET", "/accounts");
    if (answer.kind === "ok") setAccounts(answer.value.accounts);
    else setProblem(nameOfProblem(codeOf(answer), words));
  }
  useEffect(() => void load(), []);

  async function invite(body: object, isFor: string | null): Promise<void> {
    setProblem(null);
    const answer = await callServer<InvitationAnswer>("POST", "/invitations", body);
    if (answer.kind !== "ok") return setProblem(nameOfProblem(codeOf(answer), words));
    setLink({ address: `${location.origin}${location.pathname}#join=${answer.value.token}`, isFor });
  }
  async function close({ id }: Colleague): Promise<void> {
    setClosing(null);
    const answer = await callServer<unknown>("POST", `/accounts/${id}/close`, {});
    if (answer.kind !== "ok") setProblem(nameOfProblem(codeOf(answer), words));
    await load();
  }

  if (closing !== null)
    return (
      <AskFirst
        title={`${words.closeAccount}: ${closing.name}`}
        body={words.closeAccountBody}
        yes={words.closeAccount}
        no={words.cancel}
        onYes={() => void close(closing)}
        onNo={() => setClosing(null)}
      />
    );
  return (
    <Dialog title={words.team} onClose={onClose}>
      <ul class="team">
        {accounts.map((each) => (
          <li key={each.id}>
            <span>
              <strong>{each.name}</strong>
              <span class="soft">
                {words[each.role]}
                {each.closedAt !== null && ` · ${words.closedAccount}`}
                {each.closedAt === null && each.isPresent && ` · ${words.presentNow}`}
                {each.closedAt === null && !each.hasSecondFactor && ` · ${words.noSecondFactor}`}
              </span>
            </span>
            {each.id !== desk.state.me?.id && (
              <span class="acts">
                <button type="button" onClick={() => void invite({ accountId: each.id }, each.name)}>
                  {words.newLink}
                  <span class="unseen"> {each.name}</span>
                </button>
                {each.closedAt === null && (
                  <button type="button" onClick={() => setClosing(each)}>
                    {words.closeAccount}
                    <span class="unseen"> {each.name}</span>
                  </button>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {link !== null && (
        <div class="link" role="status">
          <label for="invitation">
            {link.isFor === null ? words.invitation : `${words.newLinkFor} ${link.isFor}`}
          </label>
          <input
            id="invitation"
            readOnly
            value={link.address}
            onFocus={(event) => event.currentTarget.select()}
          />
          <p class="soft">{words.invitationLead}</p>
        </div>
      )}
      <Mistake text={problem} />
      <p class="dialog-acts">
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
        <button type="button" onClick={() => void invite({ role: "editor" }, null)}>
          {words.inviteEditor}
        </button>
        <button type="button" onClick={() => void invite({ role: "supervisor" }, null)}>
          {words.inviteSupervisor}
        </button>
        <button type="button" class="primary" onClick={() => void invite({ role: "counsellor" }, null)}>
          {words.inviteCounsellor}
        </button>
      </p>
    </Dialog>
  );
}
