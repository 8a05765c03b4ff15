import { createConnection, createServer, type Socket } from "node:net";

/** A TCP relay whose open connections can go silent, as when a router forgets them. New ones work. */
export async function startRelay(
  to: number,
): Promise<{ port: number; swallow(): void; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    const far = createConnection(to, "127.0.0.1");
    keep(near).pipe(keep(far)).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    swallow() {
      for (const socket of sockets) {
        socket.unpipe();
        // Bytes are still taken, and lead nowhere.
        socket.resume();
      }
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
