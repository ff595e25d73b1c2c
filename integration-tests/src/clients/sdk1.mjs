// An MCP client on @modelcontextprotocol/sdk 1.x.
import { auth, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { driveSdk } from './sdk-flow.mjs';

await driveSdk({
  Client,
  Transport: StreamableHTTPClientTransport,
  UnauthorizedError,
  auth,
  callbackArgument: (query) => query.get('code'),
  callbackOptions: (query) => ({ authorizationCode: query.get('code') })
});
