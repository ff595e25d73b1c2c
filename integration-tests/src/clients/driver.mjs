// What every driver shares: its options, its JSON lines, and a loopback listener as native apps have (RFC 8252, 7.3).
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

/** Writes one JSON line for the test that reads our output. */
export function emit(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Runs a driver; whatever it throws becomes the last line and exit code 1. */
export async function drive(run) {
  try {
    await run();
    emit({ done: true });
    process.exit(0);
  } catch (error) {
    emit({ error: describe(error) });
    process.exit(1);
  }
}

function describe(error) {
  const cause = error?.cause ? ` (${describe(error.cause)})` : '';
  return `${error?.name ?? 'Error'}: ${error?.message ?? error}${cause}`;
}

/** The URL under test and the options of a driver; every option takes a value unless its default is a boolean. */
export function readOptions(defaults) {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? { type: 'boolean', default: value } : { type: 'string', ...(value && { default: value }) }
    ])
  );
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length !== 1) {
    throw new Error(`usage: <url> ${Object.keys(defaults).map((name) => `[--${name}]`).join(' ')}`);
  }
  return { url: positionals[0], ...values };
}

/** A free port, for clients that want to be told one. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits on a loopback port for the browser to come back with a code or an error. */
export class Callback {
  static async listen(port, path) {
    const callback = new Callback();
    callback.server = createServer((request, response) => callback.#answer(request, response, path));
    // Without a host Node listens on IPv4 and IPv6: a browser may take either for localhost.
    await new Promise((resolve, reject) => callback.server.once('error', reject).listen(port, resolve));
    callback.port = callback.server.address().port;
    return callback;
  }

  /** The query of the next callback. */
  next() {
    return new Promise((resolve) => (this.resolve = resolve));
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }

  #answer(request, response, path) {
    const url = new URL(request.url, 'http://localhost');
    if (url.pathname !== path) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>Back in the client</title>You can close this page.');
    this.resolve?.(url.searchParams);
  }
}
