// The command line of the MCP Inspector: one process for each call, registration and tokens in its own files.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drive, emit, freePort, headless, modulePath, newerNode, onLine, readOptions, start } from './driver.mjs';

async function run(options, store) {
  const port = Number(options.port) || (await freePort());
  const interactive = ['--callback-url', `http://${options.host}:${port}/oauth/callback`];
  if (options['forget-tokens']) {
    store.changeTokens(() => undefined);
  }
  emit({ tool: await inspect(options, store, interactive) });

  let before;
  store.changeTokens((tokens) => {
    before = tokens;
    return { ...tokens, access_token: 'expired' };
  });
  if (!before?.refresh_token) {
    throw new Error('no refresh token was given');
  }
  emit({ tool: await inspect(options, store, ['--stored-auth-only']) });
  const after = store.tokens();
  emit({ refreshed: true, rotated: after.refresh_token !== before.refresh_token, scope: after.scope });
}

/** Calls the tool with one run of the command line. */
async function inspect({ url, tool }, store, more) {
  const known = store.client()?.client_id;
  const child = start(
    newerNode(),
    [
      modulePath('@modelcontextprotocol/inspector/clients/launcher/build/index.js'),
      ...['--cli', url, '--method', 'tools/call', '--tool-name', tool, '--format', 'json', '--quiet', ...more]
    ],
    store.environment()
  );
  const results = onLine(child.stdout, () => {});
  const said = onLine(child.stderr, (line) => {
    const [, authorize] = /navigate to: (http\S+)/.exec(line) ?? [];
    if (authorize) {
      const client = store.client();
      if (client && client.client_id !== known) {
        emit({ registered: client });
      }
      emit({ authorize });
    }
  });
  const code = await child.ended;
  if (code !== 0) {
    throw new Error(`the Inspector ended with ${code}: ${said.slice(-5).join(' | ')}`);
  }
  const answer = JSON.parse(results.join('\n'));
  const result = answer.result ?? answer;
  return { name: tool, isError: result.isError === true, text: result.content.map((part) => part.text).join('\n') };
}

/** The files of the Inspector: what it knows of servers, and, apart from that, tokens. */
class Store {
  constructor(folder) {
    this.temporary = !folder;
    this.folder = folder || mkdtempSync(join(tmpdir(), 'inspector-'));
    mkdirSync(this.folder, { recursive: true });
    this.secrets = join(this.folder, 'secrets.json');
  }

  environment() {
    return headless({
      HOME: this.folder,
      MCP_STORAGE_DIR: this.folder,
      MCP_INSPECTOR_SECRET_STORE: 'file',
      MCP_INSPECTOR_SECRET_FILE: this.secrets,
      MCP_AUTO_OPEN_ENABLED: 'true' // without a terminal it would not start a sign-in
    });
  }

  client() {
    const file = join(this.folder, 'oauth.json');
    const servers = existsSync(file) ? Object.values(JSON.parse(readFileSync(file, 'utf8')).servers) : [];
    return servers.flatMap((server) => Object.values(server.byIssuer ?? {}))[0]?.clientInformation;
  }

  tokens() {
    let found;
    this.changeTokens((tokens) => (found = tokens));
    return found;
  }

  /** Replaces the tokens by what a function makes of them; undefined takes them away. */
  changeTokens(change) {
    if (!existsSync(this.secrets)) {
      return;
    }
    const content = JSON.parse(readFileSync(this.secrets, 'utf8'));
    for (const key of Object.keys(content.secrets).filter((name) => name.includes(':tokens:'))) {
      content.secrets[key] = JSON.stringify(change(JSON.parse(content.secrets[key])));
    }
    writeFileSync(this.secrets, JSON.stringify(content));
  }

  close() {
    if (this.temporary) {
      rmSync(this.folder, { recursive: true });
    }
  }
}

await drive(async () => {
  const options = readOptions({
    host: '127.0.0.1', // of the redirect URI
    port: '0', // of the redirect URI; 0 takes a free one
    'state-dir': '', // keeps registration and tokens between two runs
    'forget-tokens': false, // authorizes again with the client id that was kept
    tool: 'whoami'
  });
  const store = new Store(options['state-dir']);
  try {
    await run(options, store);
  } finally {
    store.close();
  }
});
