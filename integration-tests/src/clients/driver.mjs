// What every driver shares: its options, its JSON lines, and a loopback listener as native apps have (RFC 8252, 7.3).
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Writes one JSON line for the test that reads our output. */
export function emit(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Runs a driver; whatever it throws becomes the last line and exit code 1. */
export async function drive(run) {
  process.on('SIGTERM', () => process.exit(143));
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

/** A file of an installed package. */
export function modulePath(path) {
  return fileURLToPath(new URL(`./node_modules/${path}`, import.meta.url));
}

/**
 * The environment of a client that would open a browser: it finds one that does nothing, because the test plays the
 * browser with the URL the client prints as well.
 */
export function headless(more) {
  const { DISPLAY, WAYLAND_DISPLAY, XDG_CURRENT_DESKTOP, DESKTOP_SESSION, ...rest } = process.env;
  return { ...rest, BROWSER: 'true', ...more };
}

/** A Node for programs that need version 22: the one that runs us, or else the one installed beside them. */
export function newerNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 19)
    ? process.execPath
    : modulePath(`node-${process.platform}-${process.arch}/bin/node`);
}

/** Starts a program that does not outlive us, with pipes to what it says. */
export function start(command, args, environment = process.env) {
  const child = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  process.on('exit', () => child.kill());
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { stdout: child.stdout, stderr: child.stderr, ended };
}

/** Hands over each line of a stream with the one before, and collects them. */
export function onLine(stream, handle) {
  const lines = [];
  createInterface({ input: stream }).on('line', (line) => {
    handle(line, lines.at(-1) ?? '');
    lines.push(line);
  });
  return lines;
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
