// The authorization-server scenarios of the official conformance suite against an issuer URL.
//
// The suite does not register: it takes a client id whose redirect URI is http://127.0.0.1:<port>/callback, prints the
// authorization URL, listens on that port, and redeems the code. We register for it, as a client of the suite would.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drive, emit, freePort, modulePath, newerNode, onLine, readOptions, start } from './driver.mjs';

async function run(options) {
  const port = Number(options.port) || (await freePort());
  const clientId = options['client-id'] || (await register(options.url, port));
  const results = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    const child = start(
      newerNode(),
      [
        modulePath('@modelcontextprotocol/conformance/dist/index.js'),
        ...['authorization', '--url', options.url, '--client-id', clientId, '--port', String(port)],
        ...(options.resource ? ['--resource', options.resource] : []),
        ...(options['spec-version'] ? ['--spec-version', options['spec-version']] : []),
        ...['--output-dir', results]
      ]
    );
    const said = onLine(child.stdout, (line) => {
      if (/^http\S+[?&]client_id=/.test(line)) {
        emit({ authorize: line });
      }
    });
    const complaints = onLine(child.stderr, () => {});
    const code = await child.ended;
    const checks = readChecks(results);
    checks.forEach((check) => emit({ check }));
    if (checks.length === 0) {
      throw new Error(`no check ran, code ${code}: ${[...said, ...complaints].slice(-15).join(' | ')}`);
    }
  } finally {
    rmSync(results, { recursive: true });
  }
}

/** RFC 7591, at the endpoint the RFC 8414 document names. */
async function register(issuer, port) {
  const { origin, pathname } = new URL(issuer);
  const metadata = await json(fetch(`${origin}/.well-known/oauth-authorization-server${pathname}`));
  const client = await json(
    fetch(metadata.registration_endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        client_name: 'Conformance suite',
        redirect_uris: [`http://127.0.0.1:${port}/callback`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none'
      })
    })
  );
  emit({ registered: client });
  return client.client_id;
}

async function json(request) {
  const response = await request;
  if (!response.ok) {
    throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  }
  return response.json();
}

/** One checks.json for each scenario, as {scenario, id, status, description, errorMessage}; status is SUCCESS, WARNING, … */
function readChecks(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('checks.json'))
    .sort()
    .flatMap((file) =>
      JSON.parse(readFileSync(join(folder, file), 'utf8')).map(({ id, status, description, errorMessage }) => ({
        scenario: /^authorization-server-(.*?)-\d{4}-\d\d-/.exec(file)[1],
        id,
        status,
        description,
        errorMessage
      }))
    );
}

await drive(async () =>
  run(
    readOptions({
      port: '0', // of the redirect URI; 0 takes a free one
      'client-id': '', // a client that is registered already, for http://127.0.0.1:<port>/callback
      resource: '', // the MCP server the token is asked for
      'spec-version': '' // checks of that MCP version only; otherwise all
    })
  )
);
