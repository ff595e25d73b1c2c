package dev.mcpclients.keycloak.demo;

/** What the demo tells people to try. */
final class NextSteps {

    private static final String TEXT =
            """

            Sign in as      alice / alice, or bob / bob (may approve clients)
            Admin console   {keycloak}/admin/master/console/#/mcp    admin / admin

            Try an MCP client
              Claude Code   claude mcp add --transport http demo {mcp}
                            then in a session: /mcp, demo, Authenticate
              Inspector     npx @modelcontextprotocol/inspector
                            transport "Streamable HTTP", URL {mcp}, Connect
              by hand       curl -s {issuer}/clients-registrations/mcp -H 'Content-Type: application/json' \\
                              -d '{"client_name":"My app","redirect_uris":["http://127.0.0.1/callback"]}'

            Let an approver decide about every new app
              Admin console, realm "mcp": Clients > Client registration > Anonymous access policies >
              MCP clients, admission = admin-approval. Then connect an app, and decide as bob at
              {issuer}/mcp/approvals
              or by REST
              {kcadm} config credentials --server {keycloak} --realm mcp --user bob --password bob
              {kcadm} get mcp/software -r mcp
              {kcadm} create mcp/software/<id>/approve -r mcp

            Ctrl-C stops both. The realm is kept for the next time; for a fresh one delete
            {data}

            """;

    private NextSteps() {}

    static String text(DemoSettings settings) {
        return TEXT.replace("{keycloak}", settings.keycloakUrl().toString())
                .replace("{mcp}", settings.mcpUrl().toString())
                .replace("{issuer}", settings.issuer().toString())
                .replace("{data}", settings.data().toString())
                .replace("{kcadm}", settings.keycloak().resolve("bin/kcadm.sh").toString());
    }
}
