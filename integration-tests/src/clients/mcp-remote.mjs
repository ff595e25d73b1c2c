// mcp-remote, the bridge many desktop clients start for servers with OAuth: a process of its own, spoken to over stdio.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drive, emit, freePort, headless, modulePath, onLine, readOptions } from './driver.mjs';

async function run(options, store) {
  const known = store.read('client_info.json')?.client_id;
  const port = Number(options.port) || (await freePort());
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [modulePath('mcp-remote/dist/proxy.js'), options.url, String(port), '--host', options.host, ...scopeArguments(options)],
    env: headless({ MCP_REMOTE_CONFIG_DIR: store.folder }),
    stderr: 'pipe'
  });
  const said = onLine(transport.stderr, (line, before) => {
    if (/^http\S+[?&]client_id=/.test(line) && before.endsWith('by visiting:')) {
      const client = store.read('client_info.json');
      if (client && client.client_id !== known) {
        emit({ registered: client });
      }
      emit({ authorize: line });
    }
  });
  const client = new Client({ name: 'mcp-remote-driver', version: '1.0.0' }, { capabilities: {} });
  try {
    await client.connect(transport, { timeout: 180_000 });
    emit({ tool: await call(client, options.tool) });

    const before = store.read('tokens.json');
    if (!before.refresh_token) {
      throw new Error('no refresh token was given');
    }
    store.write('tokens.json', { ...before, access_token: 'expired', expires_at: Date.now() - 1000 });
    emit({ tool: await call(client, options.tool) });
    const after = store.read('tokens.json');
    emit({ refreshed: true, rotated: after.refresh_token !== before.refresh_token, scope: after.scope });
    await client.close();
  } catch (error) {
    error.message += `; mcp-remote said: ${said.slice(-15).join(' | ')}`;
    throw error;
  }
}

function scopeArguments({ scope, offline }) {
  if (!scope && !offline) {
    return [];
  }
  const scopes = [scope || 'mcp:tools', ...(offline ? ['offline_access'] : [])].join(' ');
  return ['--static-oauth-client-metadata', JSON.stringify({ scope: scopes })];
}

async function call(client, name) {
  const result = await client.callTool({ name, arguments: {} });
  return { name, isError: result.isError === true, text: result.content.map((part) => part.text).join('\n') };
}

/** The files of mcp-remote, whose names begin with a hash of the server URL. */
class Store {
  constructor(folder) {
    this.temporary = !folder;
    this.folder = folder || mkdtempSync(join(tmpdir(), 'mcp-remote-'));
    mkdirSync(this.folder, { recursive: true });
  }

  read(name) {
    const file = this.#find(name);
    return file && JSON.parse(readFileSync(file, 'utf8'));
  }

  write(name, content) {
    writeFileSync(this.#find(name), JSON.stringify(content));
  }

  remove(name) {
    const file = this.#find(name);
    if (file) {
      rmSync(file);
    }
  }

  close() {
    if (this.temporary) {
      rmSync(this.folder, { recursive: true });
    }
  }

  #find(name) {
    const found = readdirSync(this.folder, { recursive: true }).find((file) => file.endsWith(`_${name}`));
    return found && join(this.folder, found);
  }
}

await drive(async () => {
  const options = readOptions({
    host: 'localhost', // of the redirect URI
    port: '0', // of the redirect URI; 0 takes a free one
    scope: '', // asked for instead of what the MCP server names
    offline: false, // adds offline_access to the scope asked for
    'state-dir': '', // keeps registration and tokens between two runs
    'forget-tokens': false, // authorizes again with the client id that was kept
    tool: 'whoami'
  });
  const store = new Store(options['state-dir']);
  try {
    if (options['forget-tokens']) {
      store.remove('tokens.json');
    }
    await run(options, store);
  } finally {
    store.close();
  }
});
