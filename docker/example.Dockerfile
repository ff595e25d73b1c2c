# The example MCP server. Build it from the root of the repository:
#   docker build -f docker/example.Dockerfile -t example-mcp-server .
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /source
COPY . .
RUN mvn -B -ntp -DskipTests -pl examples/mcp-server -am package \
 && mvn -B -ntp -pl examples/mcp-server dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/server \
 && cp examples/mcp-server/target/example-mcp-server-[0-9]*.jar /server/

FROM eclipse-temurin:17-jre
LABEL org.opencontainers.image.title="Example MCP server" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /server/ /server/
USER 1000
EXPOSE 9090
ENTRYPOINT ["java", "-cp", "/server/*", "dev.mcpclients.keycloak.example.ExampleMcpServer"]
