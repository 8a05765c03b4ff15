import { existsSync } from "node:fs";
import { basename } from "node:path";
import helmet from "@fastify/helmet";
import staticFiles from "@fastify/static";
import cookie from "@fastify/cookie";
import { fastify, type FastifyInstance, type FastifyReply } from "fastify";
import { WebSocketServer, type WebSocket } from "ws";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Logger, Metrics } from "../../app/ports.ts";
import { contentSecurity } from "./content-security.ts";

export interface HttpOptions {
  /** Folder of built pages and scripts. */
  readonly publicDir: string;
  /** The address that people use, when a proxy stands before us. */
  readonly publicUrl: string | undefined;
  readonly log: Logger;
  readonly metrics: Metrics & { page(): Promise<string>; readonly contentType: string };
  /** Rejects when the server should get no traffic. */
  readonly ready: () => Promise<void>;
}

export type SocketHandler = (socket: WebSocket, request: IncomingMessage) => void;

export interface HttpServer {
  readonly app: FastifyInstance;
  /** Takes WebSockets at a path; pages of other origins are refused before the handshake. */
  readonly onSocket: (
    path: string,
    handler: SocketHandler,
    admit?: (request: IncomingMessage) => Promise<boolean>,
  ) => void;
  /** False when a browser says that a page of another site asks. */
  readonly isOwnOrigin: (request: IncomingMessage) => boolean;
  close(): Promise<void>;
}

// A message of 10,000 characters may take 40 kB in UTF-8; more than this is not a person typing.
const MAX_FRAME_BYTES = 128 * 1024;
/** What pages of other sites load. */
const EMBEDDED: ReadonlySet<string> = new Set(["widget.js", "ke-ben.js"]);
const MAX_BODY_BYTES = 256 * 1024;
/** After so long open connections are cut at the stop. Far below the 10 s after which supervisors kill. */
const GOODBYE_WITHIN_MS = 2000;

export async function createHttpServer(options: HttpOptions): Promise<HttpServer> {
  const { publicDir, log, metrics } = options;
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: options.publicUrl !== undefined,
    // Fastify's own answer to an address that it cannot read quotes the address.
    frameworkErrors: (error, _request, reply) => void problem(reply, error.statusCode ?? 400, error.code),
  });
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: contentSecurity("'none'"),
    referrerPolicy: { policy: "no-referrer" },
    hsts: options.publicUrl?.startsWith("https:") ? { maxAge: 31_536_000 } : false,
    crossOriginResourcePolicy: { policy: "cross-origin" },
    crossOriginEmbedderPolicy: false,
  });
  if (existsSync(publicDir))
    await app.register(staticFiles, {
      root: publicDir,
      index: false,
      cacheControl: false,
      // Packed when they were built; none of them holds anything of anyone, so their length tells nothing.
      preCompressed: true,
      setHeaders: (response, path) => {
        response.setHeader("vary", "accept-encoding");
        // A browser checks the integrity of another site's file only when that site lets it read the file.
        if (EMBEDDED.has(basename(path).replace(/\.(gz|br)$/, "")))
          response.setHeader("access-control-allow-origin", "*");
      },
    });

  app.setErrorHandler((error: { statusCode?: number; code?: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error("request-failed", { code: error.code ?? "unknown", cause: error });
    // The text of an error may quote what was sent: only its code goes out.
    return problem(reply, status, error.code ?? "ERROR");
  });
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, "NOT_FOUND"));

  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    try {
      await options.ready();
      return { status: "ready" };
    } catch {
      return reply.code(503).send({ status: "not-ready" });
    }
  });
  app.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.page()));

  const sockets = serveSockets(app, options);
  // Whatever it has become since: a request, a WebSocket, something between the two.
  const lines = new Set<Socket>();
  app.server.on("connection", (line) => {
    lines.add(line);
    line.once("close", () => lines.delete(line));
  });
  return {
    app,
    onSocket: (path, handler, admit) => sockets.onSocket(path, handler, admit),
    isOwnOrigin: (request) => isOwnOrigin(request, options.publicUrl),
    async close() {
      sockets.close();
      // A page that was frozen or lost its line never says goodbye: the stop must not wait for it.
      const late = setTimeout(() => {
        for (const line of lines) line.destroy();
      }, GOODBYE_WITHIN_MS);
      await app.close();
      clearTimeout(late);
    },
  };
}

function problem(reply: FastifyReply, status: number, code: string): FastifyReply {
  return reply
    .code(status)
    .send({ code, message: status === 404 ? "there is nothing here" : "the request could not be answered" });
}

function serveSockets(app: FastifyInstance, options: HttpOptions) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  const routes = new Map<
    string,
    { handler: SocketHandler; admit: (request: IncomingMessage) => Promise<boolean> }
  >();

  app.server.on("upgrade", (request, socket, head) => {
    // Until it is a WebSocket nobody else listens: a line that breaks meanwhile must not end the process.
    const broken = () => socket.destroy();
    socket.on("error", broken);
    const refuse = (status: string) => {
      options.metrics.count("inbound_refused_total", { reason: "socket" });
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`, () => socket.destroy());
    };
    const path = (request.url ?? "").split("?")[0] ?? "";
    const route = routes.get(path);
    if (route === undefined) return refuse("404 Not Found");
    if (!isOwnOrigin(request, options.publicUrl)) return refuse("403 Forbidden");
    route
      .admit(request)
      .then((admitted) => {
        if (!admitted) return refuse("401 Unauthorized");
        socket.off("error", broken);
        server.handleUpgrade(request, socket, head, (accepted) => route.handler(accepted, request));
      })
      .catch(() => refuse("503 Service Unavailable"));
  });

  return {
    onSocket(
      path: string,
      handler: SocketHandler,
      admit: (request: IncomingMessage) => Promise<boolean> = async () => true,
    ) {
      routes.set(path, { handler, admit });
    },
    close() {
      // 1012: the page knows that we come back and connects again by itself.
      for (const client of server.clients) client.close(1012, "restart");
      server.close();
    },
  };
}

/** A browser always names the page's origin; a program that names none holds no cookies of anyone. */
function isOwnOrigin(request: IncomingMessage, publicUrl: string | undefined): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
