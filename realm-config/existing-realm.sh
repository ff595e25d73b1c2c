#!/usr/bin/env bash
# Made from mcp-realm.json: makes an existing realm ready for MCP clients; again, it changes nothing.
# Sign in first: kcadm.sh config credentials --server … --realm master --user …
#   REALM=myrealm MCP_RESOURCE_URL=https://mcp.example.com/mcp realm-config/existing-realm.sh [-s dryRun=true]
# To take it back: kcadm.sh create mcp/setup -r myrealm -s undo=true -o
set -euo pipefail
kcadm.sh create mcp/setup -o -r "${REALM:?the name of the realm}" \
  -s "admission=${MCP_ADMISSION:-user-approval}" \
  -s "resources=[{\"url\": \"${MCP_RESOURCE_URL:-http://localhost:9090/mcp}\", \"name\": \"${MCP_RESOURCE_NAME:-Example MCP server}\", \"scopes\": [\"mcp:tools\"]}]" "$@"
