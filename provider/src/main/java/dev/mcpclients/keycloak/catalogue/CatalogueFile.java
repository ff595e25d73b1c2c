package dev.mcpclients.keycloak.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the data file of the catalogue. */
final class CatalogueFile {
    private static final String NAME = "known-clients.json";
    private static final int SCHEMA_VERSION = 1;

    private CatalogueFile() {}

    /** The entries that come with this extension, by id, in the order of the file. */
    static Map<String, ObjectNode> builtIn() {
        try (InputStream file = CatalogueFile.class.getResourceAsStream(NAME)) {
            if (file == null) {
                throw new IllegalStateException(NAME + " is missing from the JAR");
            }
            return read(new ObjectMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, ObjectNode> read(JsonNode file) {
        int version = file.path("schemaVersion").asInt();
        if (version != SCHEMA_VERSION) {
            throw new IllegalArgumentException("Unknown schema version " + version);
        }
        Map<String, ObjectNode> clients = new LinkedHashMap<>();
        file.path("clients").forEach(client -> clients.put(client(client).id(), (ObjectNode) client));
        return clients;
    }

    static KnownClient client(JsonNode client) {
        return new KnownClient(
                text(client, "id"),
                text(client, "name"),
                text(client, "vendor"),
                Set.copyOf(texts(client, "names")),
                Set.copyOf(texts(client, "alsoCalled")),
                texts(client, "redirectUris").stream().map(UriTemplate::new).toList(),
                texts(client, "metadataUrls").stream().map(UriTemplate::new).toList(),
                Set.copyOf(texts(client, "domains")),
                client.path("ordinaryWord").asBoolean(),
                Proof.valueOf(text(client, "proves").toUpperCase(Locale.ROOT)),
                client.path("nameSuffix").asBoolean(),
                text(client, "date"),
                text(client, "source"));
    }

    private static String text(JsonNode client, String member) {
        JsonNode value = client.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(member + " is missing from " + client);
        }
        return value.textValue();
    }

    private static List<String> texts(JsonNode client, String member) {
        List<String> texts = new ArrayList<>();
        client.path(member).forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
