// The flow of an MCP client built on a TypeScript SDK, as the examples of the SDKs do it. Both major versions ask the
// same things of their user (an OAuthClientProvider), so that what differs is handed in.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Callback, drive, emit, readOptions } from './driver.mjs';

const CALLBACK_PATH = '/callback';

/**
 * @param sdk {Client, Transport, UnauthorizedError, auth, callbackArgument, callbackOptions}: the classes and the function of
 *     that version, and how it wants the parameters of a callback
 */
export function driveSdk(sdk) {
  return drive(async () => {
    const options = readOptions({
      name: 'SDK client', // client_name
      host: 'localhost', // of the redirect URI
      port: '0', // of the redirect URI; 0 takes a free one
      'auth-method': 'none', // token_endpoint_auth_method
      scope: '', // asked for instead of what the MCP server names
      offline: false, // adds offline_access to the scope asked for
      cimd: '', // client ID metadata document URL, used where the server says it takes one
      'state-dir': '', // keeps registration and tokens between two runs
      'forget-tokens': false, // authorizes again with the client id that was kept
      tool: 'whoami'
    });
    const callback = await Callback.listen(Number(options.port), CALLBACK_PATH);
    const provider = new Provider(options, `http://${options.host}:${callback.port}${CALLBACK_PATH}`);
    try {
      await runSdk(sdk, options, provider, callback);
    } finally {
      callback.close();
    }
  });
}

async function runSdk(sdk, options, provider, callback) {
  let client = await connect(sdk, options, provider, callback);
  emit({ tool: await call(client, options.tool) });

  const before = provider.tokens();
  if (!before.refresh_token) {
    throw new Error('no refresh token was given');
  }
  provider.spoilAccessToken();
  emit({ tool: await call(client, options.tool) });
  const after = provider.tokens();
  emit({ refreshed: true, rotated: after.refresh_token !== before.refresh_token, scope: after.scope });
  await client.close();
}

async function connect(sdk, options, provider, callback) {
  const scope = [options.scope || 'mcp:tools', ...(options.offline ? ['offline_access'] : [])].join(' ');
  const explicit = options.scope || options.offline;
  if (explicit && !provider.tokens()) {
    const back = callback.next();
    if ((await sdk.auth(provider, { serverUrl: options.url, scope })) !== 'AUTHORIZED') {
      const query = provider.checked(await back);
      await sdk.auth(provider, { serverUrl: options.url, scope, ...sdk.callbackOptions(query) });
    }
  }
  const transport = new sdk.Transport(new URL(options.url), { authProvider: provider });
  const client = newClient(sdk);
  const back = callback.next();
  try {
    await client.connect(transport);
    return client;
  } catch (error) {
    if (!(error instanceof sdk.UnauthorizedError)) {
      throw error;
    }
  }
  const query = provider.checked(await back);
  await transport.finishAuth(sdk.callbackArgument(query));
  const authorized = newClient(sdk);
  await authorized.connect(new sdk.Transport(new URL(options.url), { authProvider: provider }));
  return authorized;
}

function newClient(sdk) {
  return new sdk.Client({ name: 'sdk-driver', version: '1.0.0' }, { capabilities: {} });
}

async function call(client, name) {
  const result = await client.callTool({ name, arguments: {} });
  return { name, isError: result.isError === true, text: result.content.map((part) => part.text).join('\n') };
}

/** What an application keeps for the SDK: in memory, or in a folder that the next run finds again. */
class Provider {
  #state = randomUUID();
  #verifier;
  #discovery;

  constructor(options, redirectUrl) {
    this.options = options;
    this.redirectUrl = redirectUrl;
    this.kept = this.#load();
    if (options['forget-tokens']) {
      delete this.kept.tokens;
    }
    if (options.cimd) {
      this.clientMetadataUrl = options.cimd;
    }
  }

  get clientMetadata() {
    return {
      client_name: this.options.name,
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: this.options['auth-method']
    };
  }

  state() {
    return this.#state;
  }

  /** The parameters of a callback, if they answer what was asked. */
  checked(query) {
    if (query.get('state') !== this.#state) {
      throw new Error(`callback with a foreign state: ${query}`);
    }
    if (query.has('error')) {
      throw new Error(`${query.get('error')}: ${query.get('error_description') ?? ''}`);
    }
    return query;
  }

  clientInformation() {
    return this.kept.client;
  }

  saveClientInformation(client) {
    const known = this.kept.client?.client_id === client.client_id;
    this.#keep({ client });
    if (!known) {
      emit({ registered: client });
    }
  }

  tokens() {
    return this.kept.tokens;
  }

  saveTokens(tokens) {
    this.#keep({ tokens });
  }

  /** What an expired access token looks like to the MCP server: it does not pass. */
  spoilAccessToken() {
    this.#keep({ tokens: { ...this.kept.tokens, access_token: 'expired' } });
  }

  codeVerifier() {
    return this.#verifier;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  discoveryState() {
    return this.#discovery;
  }

  saveDiscoveryState(discovery) {
    this.#discovery = discovery;
  }

  redirectToAuthorization(url) {
    emit({ authorize: String(url) });
  }

  invalidateCredentials(what) {
    emit({ invalidated: what });
    if (what === 'all' || what === 'client') {
      this.#keep({ client: undefined });
    }
    if (what === 'all' || what === 'tokens') {
      this.#keep({ tokens: undefined });
    }
  }

  #file() {
    return this.options['state-dir'] && join(this.options['state-dir'], 'sdk.json');
  }

  #load() {
    return this.#file() && existsSync(this.#file()) ? JSON.parse(readFileSync(this.#file(), 'utf8')) : {};
  }

  #keep(change) {
    this.kept = { ...this.kept, ...change };
    if (this.#file()) {
      mkdirSync(this.options['state-dir'], { recursive: true });
      writeFileSync(this.#file(), JSON.stringify(this.kept));
    }
  }
}
