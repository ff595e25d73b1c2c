// An MCP client on @modelcontextprotocol/client (version 2), which also checks `iss` of the callback (RFC 9207).
import { auth, Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { driveSdk } from './sdk-flow.mjs';

await driveSdk({
  Client,
  Transport: StreamableHTTPClientTransport,
  UnauthorizedError,
  auth,
  callbackArgument: (query) => query,
  callbackOptions: (query) => ({ authorizationCode: query.get('code'), iss: query.get('iss') ?? undefined })
});
