import { readFileSync } from "node:fs";
import { join } from "node:path";
import fastify from "fastify";
import { PHONES, PhoneAct, type PhoneName, type PhonesAnswer } from "../../wire/phones.ts";
import { root } from "../shared/paths.ts";
import type { HandPhone } from "./hand-phone.ts";

const FILES = {
  "/": ["phones.html", "text/html; charset=utf-8"],
  "/phones.js": ["phones.js", "text/javascript; charset=utf-8"],
  "/mark.svg": ["mark.svg", "image/svg+xml"],
  "/phones.css": ["phones.css", "text/css; charset=utf-8"],
} as const;
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the page with both phones on this machine only. Answers its address. */
export async function servePhones(
  phones: Readonly<Record<PhoneName, HandPhone>>,
  port: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const app = fastify({ forceCloseConnections: true });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("content-security-policy", POLICY);
    reply.header("cache-control", "no-store");
  });
  for (const [path, [file, type]] of Object.entries(FILES)) {
    app.get(path, (_request, reply) =>
      reply.type(type).send(readFileSync(join(root, "dist", "phones", file))),
    );
  }
  app.get("/phones", (): PhonesAnswer => ({ telegram: phones.telegram.show(), zalo: phones.zalo.show() }));
  app.post<{ Params: { name: string } }>("/phones/:name", async (request, reply) => {
    const phone = phoneOf(phones, request.params.name);
    const act = PhoneAct.safeParse(request.body);
    // Only a page of this address can send JSON here without being asked first.
    if (phone === null || !act.success) return reply.code(400).send({ code: "BAD_ACT" });
    await phone.act(act.data);
    return {};
  });
  app.get<{ Params: { name: string; id: string } }>("/phones/:name/pictures/:id", (request, reply) => {
    const png = phoneOf(phones, request.params.name)?.picture(Number(request.params.id)) ?? null;
    return png === null ? reply.code(404).send() : reply.type("image/png").send(Buffer.from(png));
  });
  return { url: await app.listen({ host: "127.0.0.1", port }), close: () => app.close() };
}

function phoneOf(phones: Readonly<Record<PhoneName, HandPhone>>, name: string): HandPhone | null {
  const known = PHONES.find((each) => each === name);
  return known === undefined ? null : phones[known];
}
