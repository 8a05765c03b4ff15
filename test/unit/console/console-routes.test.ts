import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createConsole, type Console } from "../../../src/adapters/console/create-console.ts";
import { createHttpServer, type HttpServer } from "../../../src/adapters/http/create-http-server.ts";
import { createInboundHandler } from "../../../src/app/handle-inbound.ts";
import { labelOfChoice } from "../../../src/domain/dialogue/label-of-choice.ts";
import { lookAtDrill } from "../../../src/app/drills.ts";
import { CONSOLE_HEADER, QueueAnswer, SnippetsAnswer, TranscriptAnswer } from "../../../src/wire/console.ts";
import { ImprovementsAnswer } from "../../../src/wire/improvements.ts";
import { ReferralAnswer } from "../../../src/wire/case-file.ts";
import { noteUndelivered } from "../../../src/app/undelivered.ts";
import { aBot, type ABot } from "../../support/a-bot.ts";
import { said, tapped } from "../../support/builders.ts";

const PASSWORD = "một mật khẩu dài";

describe("the console's routes", () => {
  let bot: ABot;
  let http: HttpServer;
  let console: Console;

  beforeEach(async () => {
    bot = aBot();
    const metrics = { ...bot.metrics, page: async () => "", contentType: "text/plain" };
    http = await createHttpServer({
      publicDir: "/nowhere",
      publicUrl: undefined,
      log: bot.log,
      metrics,
      ready: async () => {},
    });
    console = createConsole({
      ...bot,
      labelOf: (value, locale) => labelOfChoice(bot.book, value, locale),
      quoteSigns: (text) => [
        { level: "urgent", reason: { vi: "Lý do", en: "Reason" }, words: [text.slice(0, 3)] },
      ],
      isSecure: false,
      needsSecondFactor: false,
      capacity: 4,
    });
    console.register(http.app);
    await http.app.ready();
  });
  afterEach(async () => {
    console.close();
    await http.close();
  });

  const post = (path: string, payload: object, cookie = "") =>
    http.app.inject({
      method: "POST",
      url: `/console/api${path}`,
      payload,
      headers: { [CONSOLE_HEADER]: "1", cookie },
    });
  const get = (path: string, cookie = "") =>
    http.app.inject({ method: "GET", url: `/console/api${path}`, headers: { cookie } });

  async function signUp(): Promise<string> {
    const token = await console.openSetup();
    const answer = await post("/setup", { token, name: "Lan", password: PASSWORD });
    expect(answer.statusCode).toBe(200);
    return String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  }
  async function join(name: string, by: string): Promise<void> {
    const { token } = (await post("/invitations", { role: "counsellor" }, by)).json();
    expect((await post("/join", { token, name, password: PASSWORD })).statusCode).toBe(200);
  }
  async function signInAs(name: string): Promise<string> {
    const answer = await post("/sign-in", { name, password: PASSWORD });
    expect(answer.statusCode).toBe(200);
    return String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  }
  async function aCase(): Promise<string> {
    await createInboundHandler(bot)(said("cứu em !urgent"));
    return (await bot.store.handoffs.open())[0]?.id ?? "";
  }

  it("lets the one-time link make the first account, once", async () => {
    const token = await console.openSetup();
    const first = await post("/setup", { token, name: "Lan", password: PASSWORD });
    expect(first.json()).toMatchObject({ name: "Lan", role: "supervisor" });
    expect((await post("/setup", { token, name: "Kẻ gian", password: PASSWORD })).statusCode).toBe(403);
    expect(await console.openSetup()).toBeNull();
  });

  it("gives the cookie to no script and to no other site", async () => {
    const token = await console.openSetup();
    const answer = await post("/setup", { token, name: "Lan", password: PASSWORD });
    expect(String(answer.headers["set-cookie"])).toMatch(/HttpOnly.*SameSite=Strict/);
  });

  it.each([
    { path: "/queue", method: "GET" },
    { path: "/me", method: "GET" },
    { path: "/snippets?locale=vi&audience=teen", method: "GET" },
    { path: "/cases/x/transcript", method: "GET" },
    { path: "/cases/x/act", method: "POST" },
    { path: "/accounts", method: "GET" },
    { path: "/invitations", method: "POST" },
    { path: "/accounts/x/close", method: "POST" },
    { path: "/password", method: "POST" },
    { path: "/second-factor", method: "POST" },
    { path: "/sign-out", method: "POST" },
  ] as const)("answers $method $path with 401 to whoever is not signed in", async ({ path, method }) => {
    const answer = method === "GET" ? await get(path) : await post(path, {});
    expect(answer.statusCode).toBe(401);
  });

  it("refuses a change that a foreign page could have sent", async () => {
    const cookie = await signUp();
    const url = "/console/api/cases/x/act";
    const answer = await http.app.inject({ method: "POST", url, payload: {}, headers: { cookie } });
    expect(answer.json()).toMatchObject({ code: "FOREIGN_PAGE" });
    expect(bot.logged).toContainEqual(expect.stringMatching(/^console-refused .*FOREIGN_PAGE.*:id\/act/));
  });

  it("signs in with the right password only, and slows down guessing", async () => {
    await signUp();
    expect((await post("/sign-in", { name: "lan", password: PASSWORD })).statusCode).toBe(200);
    for (let i = 0; i < 10; i++)
      expect((await post("/sign-in", { name: "Lan", password: "sai" })).statusCode).toBe(401);
    expect((await post("/sign-in", { name: "Lan", password: PASSWORD })).statusCode).toBe(429);
    expect((await post("/sign-in", { name: "Không ai", password: "sai" })).statusCode).toBe(401);
  });

  it("offers ready sentences in the voice for one person, and asks back for a person nobody is", async () => {
    const cookie = await signUp();
    const texts = async (query: string) =>
      SnippetsAnswer.parse((await get(`/snippets?${query}`, cookie)).json()).snippets.map(({ text }) => text);
    expect(await texts("locale=vi&audience=parent")).toContain(
      "Cảm ơn anh/chị đã chờ. Bây giờ tôi ở đây với anh/chị.",
    );
    expect(await texts("locale=en&audience=teen")).toContain(
      "Thank you for waiting. I am here with you now.",
    );
    expect((await get("/snippets?locale=xx&audience=teen", cookie)).statusCode).toBe(400);
    const library = SnippetsAnswer.parse(
      (await get("/snippets?locale=vi&audience=teen", cookie)).json(),
    ).snippets.filter(({ group }) => group === "library");
    expect(library.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["sextortion", "cyberbullying", "scam", "suicidal_thoughts"]),
    );
    expect(library.length).toBeGreaterThanOrEqual(40);
    for (const { text } of library) expect(text).not.toMatch(/[{}]|undefined/);
    expect(library.find(({ id }) => id === "sextortion")?.text).toMatch(/1\. [\s\S]*☎ 111/);
  });

  it("shows the queue with the reason in words", async () => {
    const cookie = await signUp();
    await aCase();
    const { cases } = (await get("/queue", cookie)).json();
    expect(cases).toMatchObject([
      { level: "urgent", status: "waiting", reasons: [{ vi: "dấu hiệu urgent" }] },
    ]);
  });

  it("shows beside each message of the person the signs in it and the words they rest on", async () => {
    await signUp();
    const id = await aCase();
    const { entries } = TranscriptAnswer.parse(
      (await get(`/cases/${id}/transcript`, await signInAs("Lan"))).json(),
    );
    for (const { from, text, because } of entries)
      expect(because).toEqual(
        from === "person" ? [{ level: "urgent", vi: "Lý do", en: "Reason", words: [text.slice(0, 3)] }] : [],
      );
    expect(entries.some(({ from }) => from === "person")).toBe(true);
  });

  it("shows which lines the channel refused for good", async () => {
    const cookie = await signUp();
    const id = await aCase();
    const read = async () =>
      TranscriptAnswer.parse((await get(`/cases/${id}/transcript`, cookie)).json()).undelivered;
    expect(await read()).toEqual([]);
    const conversation = (await bot.store.handoffs.open())[0]?.conversationId;
    if (conversation === undefined) throw new Error("no case");
    for (const seq of [2, 3, 2]) await noteUndelivered(bot.store.shelf, conversation, seq);
    expect(await read()).toEqual([3, 2]);
  });

  it("shows a case that a colleague holds to nobody else but a supervisor, and writes down every reading", async () => {
    const lan = await signUp();
    await join("Minh", lan);
    await join("Hoa", lan);
    const [minh, hoa] = [await signInAs("Minh"), await signInAs("Hoa")];
    const id = await aCase();
    expect((await get(`/cases/${id}/transcript`, hoa)).statusCode).toBe(200);
    expect(
      (await post(`/cases/${id}/act`, { actId: "claim-0001", act: { kind: "claim" } }, minh)).statusCode,
    ).toBe(200);
    expect((await get(`/cases/${id}/transcript`, hoa)).statusCode).toBe(403);
    expect((await get(`/cases/${id}/transcript`, minh)).statusCode).toBe(200);
    expect((await get(`/cases/${id}/transcript`, lan)).json().code).toBe("REASON_NEEDED");
    expect((await get(`/cases/${id}/transcript?reason=curious`, lan)).statusCode).toBe(403);
    expect((await get(`/cases/${id}/transcript?reason=complaint`, lan)).statusCode).toBe(200);
    // The rest of the talk is read by number: that too is a reading.
    expect((await get(`/cases/${id}/transcript?after=1&reason=quality`, hoa)).statusCode).toBe(403);
    bot.clock.advance(11 * 60_000);
    expect((await get(`/cases/${id}/transcript?after=1`, minh)).statusCode).toBe(200);
    const reads = (await bot.store.audit.recent(50)).filter((event) => event.act === "transcript-read");
    expect(reads.map(({ detail }) => detail)).toEqual(["waiting", "own-case", "over:complaint", "own-case"]);
  });

  it("lets a supervisor, and nobody else, take a colleague's case, give it to somebody who is there, and put it back", async () => {
    const lan = await signUp();
    for (const name of ["Minh", "Hoa"]) await join(name, lan);
    const [minh, hoa] = [await signInAs("Minh"), await signInAs("Hoa")];
    const id = await aCase();
    let n = 0;
    const act = (what: object, cookie: string) =>
      post(`/cases/${id}/act`, { actId: `supervise-${++n}`, act: what }, cookie);
    const owner = async () => (await get("/queue", lan)).json().cases[0]?.counsellorName;
    const idOf = async (name: string) => (await bot.store.accounts.byName(name))?.id ?? "";
    const told = async () => {
      const [handoff] = await bot.store.handoffs.open();
      const lines = await bot.store.transcript(handoff?.conversationId as never, { after: 0, limit: 99 });
      return lines.flatMap(({ speech }) => speech?.text ?? []);
    };
    await act({ kind: "claim" }, minh);

    expect((await act({ kind: "assign", to: await idOf("Hoa") }, minh)).statusCode).toBe(403);
    expect((await act({ kind: "put-back" }, hoa)).statusCode).toBe(403);
    expect((await act({ kind: "assign", to: await idOf("Hoa") }, lan)).json().code).toBe("NO_COLLEAGUE");
    await bot.presence.seen((await idOf("Hoa")) as never);
    expect((await act({ kind: "assign", to: await idOf("Hoa") }, lan)).statusCode).toBe(200);
    expect(await owner()).toBe("Hoa");
    expect((await act({ kind: "say", text: "Chị đây" }, minh)).statusCode).toBe(409);
    expect((await act({ kind: "assign", to: await idOf("Lan") }, lan)).statusCode).toBe(200);
    expect(await owner()).toBe("Lan");
    expect((await told()).filter((text) => text.includes("tư vấn viên khác"))).toHaveLength(2);
    expect((await act({ kind: "put-back" }, lan)).statusCode).toBe(200);
    expect(await owner()).toBeNull();
    expect((await act({ kind: "put-back" }, lan)).statusCode).toBe(409);
    const acts = (await bot.store.audit.recent(50)).map((event) => event.act);
    expect(acts).toEqual(expect.arrayContaining(["handoff-assigned", "handoff-put-back"]));
  });

  it("shows a supervisor who waits and who holds whom, and how the day went, without a word of anybody", async () => {
    const lan = await signUp();
    const id = await aCase();
    bot.clock.advance(90_000);
    const waits = (await get("/board", lan)).json();
    expect(waits.waiting[1]).toEqual({ level: "urgent", count: 1, oldestAt: waits.now - 90_000 });
    expect(waits.counsellors).toEqual([]);
    const act = (actId: string, what: object) => post(`/cases/${id}/act`, { actId, act: what }, lan);
    await act("claim-0001", { kind: "claim" });
    bot.clock.advance(30_000);
    await act("say-000001", { kind: "say", text: "Chào em" });
    bot.clock.advance(60_000);
    await act("say-000002", { kind: "say", text: "Em kể đi" });
    expect((await get("/board", lan)).json().counsellors).toMatchObject([{ name: "Lan", live: 1, load: 1 }]);
    await act("resolve-01", { kind: "resolve" });
    const day = (offset: number) =>
      new Date(bot.clock.now() + (7 + offset) * 3600_000).toISOString().slice(0, 10);
    const report = await get(`/report?from=${day(0)}&until=${day(24)}`, lan);
    expect(report.json().levels[1]).toEqual({
      ...{ level: "urgent", asked: 1, reached: 1, leftBefore: 0, pending: 0 },
      ...{ firstReplyP50: 120_000, firstReplyP90: 120_000 },
    });
    const csv = await get(`/report.csv?from=${day(0)}&until=${day(24)}`, lan);
    expect(csv.body).toContain("urgent,<5,<5,0,0,,");
    expect(report.body + csv.body).not.toMatch(/Chào em|cứu em/);
    for (const span of [
      "",
      "?from=x&until=y",
      `?from=${day(24)}&until=${day(0)}`,
      "?from=2020-01-01&until=2026-01-01",
    ])
      expect((await get(`/report${span}`, lan)).statusCode).toBe(400);
  });

  it("keeps what counsellors write down for the next one, and tells the person nothing of it", async () => {
    const lan = await signUp();
    await join("Minh", lan);
    const minh = await signInAs("Minh");
    const id = await aCase();
    let n = 0;
    const act = (what: object, cookie: string) =>
      post(`/cases/${id}/act`, { actId: `file-000${++n}`, act: what }, cookie);
    const read = async (cookie: string, query = "") =>
      TranscriptAnswer.parse((await get(`/cases/${id}/transcript${query}`, cookie)).json());
    const before = await read(minh);
    expect(before.file).toMatchObject({ notes: [], tags: [], suggested: ["violence"], marks: [] });
    await act({ kind: "claim" }, minh);
    const { lastSeq } = await read(minh);

    const note = { actId: "note-00001", act: { kind: "note", text: " Mẹ em ở quê. " } };
    for (let twice = 0; twice < 2; twice++)
      expect((await post(`/cases/${id}/act`, note, minh)).statusCode).toBe(200);
    for (const tag of ["school", "fraud", "violence"]) await act({ kind: "tag", tag, isOn: true }, minh);
    await act({ kind: "tag", tag: "fraud", isOn: false }, minh);
    await act({ kind: "tick", step: "safe_now", isDone: true }, minh);
    await act({ kind: "mark", seq: 1, isMarked: true }, minh);
    expect((await act({ kind: "whisper", text: "Hỏi 113 nhé" }, minh)).statusCode).toBe(403);
    expect((await act({ kind: "whisper", text: "Hỏi 113 nhé" }, lan)).statusCode).toBe(200);
    expect((await act({ kind: "note", text: "của tôi" }, lan)).statusCode).toBe(409);
    expect((await act({ kind: "note", text: "  " }, minh)).statusCode).toBe(400);

    const after = await read(minh);
    expect(after.lastSeq).toBe(lastSeq);
    expect(after.file).toMatchObject({
      notes: [
        { byName: "Minh", isOwn: true, text: "Mẹ em ở quê." },
        { byName: "Lan", isOwn: false, text: "Hỏi 113 nhé" },
      ],
      tags: ["violence", "school"],
      marks: [1],
    });
    expect(after.file.steps.find((step) => step.id === "safe_now")?.done?.byName).toBe("Minh");
    await act({ kind: "release" }, minh);
    expect((await read(lan)).file.notes).toHaveLength(2);
    const acts = (await bot.store.audit.recent(50)).map((event) => event.act);
    expect(acts.filter((each) => each === "case-noted" || each === "case-whispered")).toHaveLength(2);
  });

  it("makes a sheet for whoever a case is passed on to, without what tells who the person is", async () => {
    const lan = await signUp();
    await join("Minh", lan);
    const minh = await signInAs("Minh");
    const id = await aCase();
    const sheet = (cookie: string) => get(`/cases/${id}/referral`, cookie);
    expect((await sheet(minh)).statusCode).toBe(403);
    await post(`/cases/${id}/act`, { actId: "claim-0001", act: { kind: "claim" } }, minh);
    await createInboundHandler(bot)(said("em tên Nguyễn Thị Hoa, số em 0912 345 678, nhà ở Quận 3"));
    const plan = {
      ...{ signs: "", alone: "", places: "", people: "mẹ em, 0987 654 321", helplines: "111", safer: "" },
    };
    await post(`/cases/${id}/act`, { actId: "plan-00001", act: { kind: "plan", plan } }, minh);
    const answer = ReferralAnswer.parse((await sheet(minh)).json());
    expect(answer.helplines[0]?.number).toBe("111");
    expect(answer.lines.map(({ from }) => from)).toEqual(["person", "person"]);
    expect(JSON.stringify(answer)).not.toMatch(/Hoa|0912|345 678|0987/);
    expect(answer.plan.helplines).toBe("111");
    expect((await sheet(lan)).statusCode).toBe(403);
    const opened = (await bot.store.audit.recent(50)).filter((event) => event.act === "referral-opened");
    expect(opened).toHaveLength(1);
    await post(
      `/cases/${id}/act`,
      { actId: "resolve-01", act: { kind: "resolve", ending: "helpline" } },
      minh,
    );
    expect((await sheet(minh)).statusCode).toBe(404);
  });

  it("lists for editors what counsellors marked, without what tells who wrote it, and forgets it with the talk", async () => {
    const lan = await signUp();
    const { token } = (await post("/invitations", { role: "editor" }, lan)).json();
    const joined = await post("/join", { token, name: "Nga", password: PASSWORD });
    const nga = String(joined.headers["set-cookie"]).split(";")[0] ?? "";
    const id = await aCase();
    const act = (actId: string, what: object) => post(`/cases/${id}/act`, { actId, act: what }, lan);
    await act("claim-0001", { kind: "claim" });
    await createInboundHandler(bot)(said("em tên Nguyễn Thị Hoa, nick bị hack thì làm sao ạ"));
    const { entries } = TranscriptAnswer.parse((await get(`/cases/${id}/transcript`, lan)).json());
    const marked = entries.findLast(({ from }) => from === "person")?.seq ?? 0;
    await act("mark-00001", { kind: "mark", seq: marked, isMarked: true });
    await act("mark-00002", { kind: "mark", seq: 2, isMarked: true });
    await act("resolve-01", { kind: "resolve" });

    const list = async () => ImprovementsAnswer.parse((await get("/improvements", nga)).json());
    const { lines, topics } = await list();
    expect(topics).toHaveLength(60);
    // What the bot said was marked too, by a page gone wrong: only a person's words are listed.
    expect(lines).toMatchObject([{ decision: null, locale: "vi" }]);
    expect(lines[0]?.text).toContain("nick bị hack");
    expect(lines[0]?.text).not.toContain("Hoa");
    expect((await get("/queue", nga)).statusCode).toBe(403);
    expect((await get(`/cases/${id}/transcript`, nga)).statusCode).toBe(403);

    const decide = (line: string, body: object) => post(`/improvements/${line}`, body, nga);
    const [line] = lines;
    const text = "nick em bị hack thì phải làm sao ạ";
    expect((await decide(line?.id ?? "", { intent: "no_such_topic", text })).statusCode).toBe(400);
    expect((await decide(`${id}.9`, { intent: null, text })).statusCode).toBe(404);
    expect((await decide("x", { intent: null, text })).statusCode).toBe(404);
    expect((await decide(line?.id ?? "", { intent: "hacked_account", text })).statusCode).toBe(200);
    expect((await list()).lines[0]?.decision).toEqual({ intent: "hacked_account", text, byName: "Nga" });
    const taken = await get("/improvements.jsonl", nga);
    expect(JSON.parse(taken.body)).toEqual({
      intent: "hacked_account",
      locale: "vi",
      audience: "unknown",
      text,
    });

    await createInboundHandler(bot)(tapped("a:erase-everything"));
    expect((await list()).lines).toEqual([]);
    expect((await get("/improvements.jsonl", nga)).body).toBe("");
  });

  it("shows a trial of the alarm until somebody says that they heard it, and writes down who", async () => {
    const lan = await signUp();
    const everyMs = 600_000;
    const drillOf = async () => QueueAnswer.parse((await get("/queue", lan)).json()).drill;
    await lookAtDrill({ ...bot, everyMs });
    expect(await drillOf()).toBeNull();
    bot.clock.advance(everyMs);
    const [account] = await bot.store.accounts.all();
    await bot.presence.seen(account?.id as never);
    await lookAtDrill({ ...bot, everyMs });
    const drill = await drillOf();
    expect((await post("/drills/another/heard", {}, lan)).statusCode).toBe(404);
    expect((await post(`/drills/${drill?.id}/heard`, {}, lan)).statusCode).toBe(200);
    expect(await drillOf()).toBeNull();
    expect((await bot.store.audit.recent(1))[0]).toMatchObject({ act: "drill-heard", by: account?.id });
  });

  it("tells the second of two who claim that a colleague was faster", async () => {
    const lan = await signUp();
    await join("Minh", lan);
    const minh = await signInAs("Minh");
    const id = await aCase();
    await post(`/cases/${id}/act`, { actId: "claim-0001", act: { kind: "claim" } }, lan);
    const second = await post(`/cases/${id}/act`, { actId: "claim-0002", act: { kind: "claim" } }, minh);
    expect(second.statusCode).toBe(409);
    expect(second.json()).toEqual({ kind: "refused", reason: "already-claimed" });
  });

  it("hands a case to a named colleague, who sees the offer; a third sees nothing of it", async () => {
    const lan = await signUp();
    for (const name of ["Minh", "Hoa"]) await join(name, lan);
    const [minh, hoa] = [await signInAs("Minh"), await signInAs("Hoa")];
    const id = await aCase();
    const actId = () => `act-${Math.random().toString(36).slice(2).padEnd(8, "0")}`;
    const act = (what: object, cookie: string) =>
      post(`/cases/${id}/act`, { actId: actId(), act: what }, cookie);
    const offerOf = async (cookie: string) => (await get("/queue", cookie)).json().cases[0].offer;
    await act({ kind: "claim" }, lan);
    const { colleagues } = (await get("/colleagues", lan)).json();
    expect(colleagues).toMatchObject([
      { name: "Hoa", isPresent: false },
      { name: "Minh", isPresent: false },
    ]);
    expect((await act({ kind: "offer", to: "nobody" }, lan)).json().code).toBe("NO_COLLEAGUE");
    expect((await act({ kind: "offer", to: colleagues[1].id }, lan)).statusCode).toBe(200);
    const offer = await offerOf(minh);
    expect(offer).toMatchObject({ state: "open", isForMe: true, toName: "Minh" });
    expect(await offerOf(lan)).toMatchObject({ isForMe: false });
    expect(await offerOf(hoa)).toBeNull();
    expect((await get(`/cases/${id}/transcript`, hoa)).statusCode).toBe(403);
    const accept = { kind: "accept", offeredAt: offer.offeredAt };
    expect((await act(accept, hoa)).json()).toEqual({ kind: "refused", reason: "no-offer" });
    expect((await act(accept, minh)).statusCode).toBe(200);
    expect((await act(accept, minh)).statusCode).toBe(200);
    expect((await get("/queue", lan)).json().cases).toMatchObject([{ counsellorName: "Minh", offer: null }]);
  });

  it("names the wrong field and never what was in it", async () => {
    const cookie = await signUp();
    const answer = await post("/cases/x/act", { actId: "1", act: { kind: "say", text: "" } }, cookie);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain("actId");
  });

  it("ends the sign-in on sign-out", async () => {
    const cookie = await signUp();
    expect((await get("/me", cookie)).statusCode).toBe(200);
    await post("/sign-out", {}, cookie);
    expect((await get("/me", cookie)).statusCode).toBe(401);
  });
});
