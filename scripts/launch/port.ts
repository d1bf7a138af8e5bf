import net from 'node:net';

/** Throws a sentence unless `port` can be listened on. `variable` is how another one is chosen. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  const free = await new Promise<boolean>((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  if (!free) {
    throw new Error(
      `Port ${port} is already in use on this machine. Stop what listens there, or choose another: ${variable}=${port + 1} npm start`,
    );
  }
}
