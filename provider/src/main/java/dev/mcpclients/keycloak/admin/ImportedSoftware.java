package dev.mcpclients.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mcpclients.keycloak.metadata.DisplayText;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import dev.mcpclients.keycloak.registry.Basis;
import dev.mcpclients.keycloak.registry.Door;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of software as {@link Export} wrote it, read strictly: what is missing or misspelt must not pass for an approval.
 *
 * @param decided the decision its state comes from, null where no person decided
 * @param decisions its history, still to be read one by one
 */
record ImportedSoftware(
        String id,
        Fingerprint fingerprint,
        Door door,
        String name,
        @Nullable Decided decided,
        Instant registeredAt,
        @Nullable Instant usedAt,
        String claims,
        List<Client> clients,
        List<JsonNode> decisions) {

    private static final int MAX_CLIENTS = 1000;
    private static final int MAX_URIS = 200;

    /**
     * A human decision.
     *
     * @param limits as the export wrote them, null for none
     */
    record Decided(
            SoftwareState state, Instant at, @Nullable String by, @Nullable String reason, @Nullable JsonNode limits) {}

    /** A client of the software. */
    record Client(String clientId, boolean shared, boolean listed, List<String> redirectUris) {}

    /**
     * Reads a row.
     *
     * @throws RowRefusedException saying what is wrong with it
     */
    static ImportedSoftware of(JsonNode row, Instant now) {
        Fields fields = new Fields(row);
        Fingerprint fingerprint = Fingerprint.read(fields.text("form", 20_000))
                .orElseThrow(() -> new RowRefusedException("form is none that this version writes"));
        if (!fingerprint.hash().equals(fields.text("fingerprint", 64))) {
            throw new RowRefusedException("form and fingerprint are not of the same software");
        }
        String name = fields.text("name", 255);
        boolean namedSo = Fingerprint.name(fingerprint.form())
                .map(own -> own.isEmpty() ? name.equals(DisplayText.UNNAMED) : own.equals(name))
                .orElse(true);
        if (!namedSo || !DisplayText.harmless(name, 255).equals(name)) {
            throw new RowRefusedException("name is not that of the form");
        }
        SoftwareState state = fields.oneOf("state", Arrays.asList(SoftwareState.values()), SoftwareState::wire);
        Basis basis = fields.oneOf("basis", Arrays.asList(Basis.values()), Basis::wire);
        Instant registeredAt = fields.past("registeredAt", now);
        Decided decided = basis.isHuman()
                ? new Decided(
                        state,
                        fields.has("decidedAt") ? fields.past("decidedAt", now) : registeredAt,
                        fields.optional("decidedBy", 255),
                        fields.optional("reason", 1000),
                        fields.has("limits") ? row.get("limits") : null)
                : null;
        return new ImportedSoftware(
                fields.text("id", 36),
                fingerprint,
                fields.oneOf("door", Arrays.asList(Door.values()), Door::wire),
                name,
                decided,
                registeredAt,
                fields.has("usedAt") ? fields.past("usedAt", now) : null,
                fields.json("claims", JsonNode::isArray, 100_000),
                clients(fields.list("clients", MAX_CLIENTS)),
                fields.list("decisions", Export.DECISIONS_OF_ONE));
    }

    private static List<Client> clients(List<JsonNode> rows) {
        List<Client> clients = new ArrayList<>();
        for (JsonNode row : rows) {
            Fields fields = new Fields(row);
            clients.add(new Client(
                    fields.text("clientId", 255),
                    row.path("shared").asBoolean(),
                    row.path("listed").asBoolean(),
                    fields.has("redirectUris")
                            ? fields.list("redirectUris", MAX_URIS).stream()
                                    .map(JsonNode::asText)
                                    .toList()
                            : List.of()));
        }
        return clients;
    }
}
