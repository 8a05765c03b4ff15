import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { contentSecurity } from "./content-security.ts";

/** Address → built page. The chat may be framed by any site: that is what embedding means. */
const PAGES = {
  "/": { file: "index.html", framed: false },
  "/chat": { file: "chat.html", framed: true },
  "/thoat-nhanh": { file: "thoat-nhanh.html", framed: false },
  "/console": { file: "console.html", framed: false },
} as const;

/** Serves the pages. They hold no data of anyone, so a cache may keep them for a short while. */
export function registerPages(app: FastifyInstance, publicDir: string): void {
  for (const [path, { file, framed }] of Object.entries(PAGES)) {
    if (!existsSync(join(publicDir, file))) continue;
    const helmet = framed ? { contentSecurityPolicy: contentSecurity("*"), frameguard: false } : {};
    app.get(path, { helmet }, async (_request, reply) =>
      reply.header("cache-control", "public, max-age=300").sendFile(file),
    );
  }
}
