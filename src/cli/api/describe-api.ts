import { z } from "zod";
import { ClientFrame, Hello, ServerFrame } from "../../wire/chat.ts";
import { CONSOLE_HEADER, ConsoleEvent, ConsoleFrame, Problem } from "../../wire/console.ts";
import { API_ROUTES, type ApiRoute } from "./routes.ts";

const CONSOLE = "/console/api";
/** Whoever has no account yet. */
const OPEN = new Set(["setup", "sign-in", "invited", "join"].map((name) => `POST ${CONSOLE}/${name}`));

/** The OpenAPI 3.1 document of the server, from the schemas that its routes and pages read with. */
export function describeApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of API_ROUTES) {
    const [method = "", path = ""] = route.route.split(" ");
    const named = path.replace(/:(\w+)/g, "{$1}");
    paths[named] = { ...paths[named], [method.toLowerCase()]: operation(route, method, named) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Kề Bên",
      version,
      description:
        "HTTP between the pages and the server. Two WebSockets carry the rest: `/chat/socket` takes `ChatHello`, then `ChatClientFrame`, and sends `ChatServerFrame`; `/console/socket` sends `ConsoleEvent` and takes `ConsoleFrame`. The webhooks of Telegram and Zalo are described by those services.",
    },
    paths,
    components: {
      schemas: {
        Problem: schemaOf(Problem, "output"),
        Done: schemaOf(z.strictObject({ kind: z.literal("done") }), "output"),
        ChatHello: schemaOf(Hello, "input"),
        ChatClientFrame: schemaOf(ClientFrame, "input"),
        ChatServerFrame: schemaOf(ServerFrame, "output"),
        ConsoleEvent: schemaOf(ConsoleEvent, "output"),
        ConsoleFrame: schemaOf(ConsoleFrame, "input"),
      },
      securitySchemes: { console: { type: "apiKey", in: "cookie", name: "ke_ben_console" } },
    },
  };
}

function operation(
  { route, says, query = {}, body, answer }: ApiRoute,
  method: string,
  path: string,
): object {
  const isConsole = path.startsWith(CONSOLE);
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name ?? "", "path", "")),
    ...Object.entries(query).map(([name, meaning]) => parameter(name, "query", meaning)),
    ...(isConsole && method === "POST"
      ? [parameter(CONSOLE_HEADER, "header", "1: a foreign page cannot set it")]
      : []),
  ];
  return {
    summary: says,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(isConsole && !OPEN.has(route) ? { security: [{ console: [] }] } : {}),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(schemaOf(body, "input")) } }),
    responses: {
      200: { description: "Done", content: contentOf(answer) },
      ...(isConsole
        ? { default: { description: "Not done", content: json({ $ref: "#/components/schemas/Problem" }) } }
        : {}),
    },
  };
}

function contentOf(answer: ApiRoute["answer"]): object {
  if (answer === undefined) return json({ $ref: "#/components/schemas/Done" });
  return typeof answer === "string" ? { [answer]: {} } : json(schemaOf(answer, "output"));
}

function parameter(name: string, where: "path" | "query" | "header", description: string): object {
  return {
    ...{ name, in: where, required: where !== "query", schema: { type: "string" } },
    ...(description === "" ? {} : { description }),
  };
}

const json = (schema: object) => ({ "application/json": { schema } });

/** `io`: as it is sent, or as it is read. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
