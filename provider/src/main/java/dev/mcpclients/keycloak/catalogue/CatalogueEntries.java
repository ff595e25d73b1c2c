package dev.mcpclients.keycloak.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mcpclients.keycloak.metadata.HostNames;
import dev.mcpclients.keycloak.metadata.RedirectUri;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a realm adds to the catalogue, changes or switches off: one JSON object each. An entry with the id of one that comes with
 * this extension replaces the members it names; {@code "off": true} takes that one out.
 */
final class CatalogueEntries {
    private static final int MOST = 200;
    private static final int LONGEST = 8_000;
    private static final int LONGEST_TEXT = 255;
    private static final String OFF = "off";
    private static final Set<String> TEXTS = Set.of("id", "name", "vendor", "proves", "date", "source");
    private static final Set<String> LISTS = Set.of("names", "alsoCalled", "redirectUris", "metadataUrls", "domains");
    private static final Set<String> FLAGS = Set.of("nameSuffix", "ordinaryWord", OFF);
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern PART_OF_SEGMENT = Pattern.compile("[^/]\\{id}|\\{id}[^/]");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CatalogueEntries() {}

    /**
     * The catalogue with the entries of a realm.
     *
     * @param builtIn the entries as they come with this extension, by id
     * @throws IllegalArgumentException naming the entry, the member and what is wrong with it
     */
    static List<KnownClient> applied(Map<String, ObjectNode> builtIn, List<String> first, List<String> second) {
        Map<String, ObjectNode> all = new LinkedHashMap<>(builtIn);
        Set<String> taken = apply(first, builtIn, all, Set.of());
        apply(second, builtIn, all, taken);
        return all.values().stream().map(CatalogueFile::client).toList();
    }

    /** Applies entries but for ids that are taken, and answers with their ids. */
    private static Set<String> apply(
            List<String> entries, Map<String, ObjectNode> builtIn, Map<String, ObjectNode> all, Set<String> taken) {
        if (entries.size() > MOST) {
            throw new IllegalArgumentException("there are " + entries.size() + " entries; " + MOST + " are the most");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                ObjectNode entry = read(entries.get(i));
                boolean isTaken = taken.contains(entry.path("id").asText());
                apply(entry, isTaken ? new LinkedHashMap<>(builtIn) : all, seen);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("entry " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return seen;
    }

    private static ObjectNode read(String entry) {
        if (entry.length() > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
        }
        try {
            if (MAPPER.readTree(entry) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("is not JSON", e);
        }
        throw new IllegalArgumentException("is not a JSON object");
    }

    private static void apply(ObjectNode entry, Map<String, ObjectNode> all, Set<String> seen) {
        checkTypes(entry);
        String id = entry.path("id").asText();
        require(ID.matcher(id).matches(), "id", "is missing or has other characters than a-z, 0-9 and hyphens");
        require(seen.add(id), "id", id + " is there twice");
        ObjectNode before = all.get(id);
        if (entry.path(OFF).asBoolean()) {
            require(before != null, OFF, "there is no entry " + id + " to switch off");
            all.remove(id);
            return;
        }
        ObjectNode merged = before == null ? added(entry) : before.deepCopy();
        merged.setAll(entry);
        merged.remove(OFF);
        check(CatalogueFile.client(merged));
        all.put(id, merged);
    }

    private static ObjectNode added(ObjectNode entry) {
        ObjectNode added = MAPPER.createObjectNode();
        require(entry.has("name"), "name", "is missing");
        require(entry.has("vendor"), "vendor", "is missing");
        added.putArray("names").add(entry.path("name").asText());
        return added.put("proves", "product").put("date", "").put("source", "realm configuration");
    }

    private static void checkTypes(ObjectNode entry) {
        for (Map.Entry<String, JsonNode> member : entry.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (TEXTS.contains(name)) {
                require(isText(value), name, "is not a text of 1 to " + LONGEST_TEXT + " characters");
            } else if (LISTS.contains(name)) {
                require(value.isArray(), name, "is not a list");
                value.forEach(element -> require(isText(element), name, "holds something that is not a text"));
            } else {
                require(FLAGS.contains(name), name, "is no member of an entry");
                require(value.isBoolean(), name, "is not true or false");
            }
        }
        String proves = entry.path("proves").asText("product");
        require(
                Arrays.stream(Proof.values())
                        .anyMatch(proof -> proof.name().toLowerCase(Locale.ROOT).equals(proves)),
                "proves",
                "is " + proves + "; it is one of "
                        + Arrays.stream(Proof.values())
                                .map(proof -> proof.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }

    private static void check(KnownClient client) {
        require(!client.names().isEmpty(), "names", "is empty");
        client.redirectUris().forEach(uri -> checkRedirectUri(uri.text(), client.proves()));
        client.metadataUrls()
                .forEach(url -> require(
                        canonical(url.text()).equals(filled(url.text()))
                                && url.text().startsWith("https://"),
                        "metadataUrls",
                        url.text() + " is not an https URL with scheme and host in lower case"));
        client.metadataUrls()
                .forEach(url -> require(!url.text().contains("{host}"), "metadataUrls", "{host} is for redirect URIs"));
        client.domains()
                .forEach(domain ->
                        require(HostNames.isPublicName(domain), "domains", domain + " is not a public domain"));
        if (!client.date().isEmpty()) {
            try {
                LocalDate.parse(client.date());
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("date: " + client.date() + " is not of the form 2026-11-21", e);
            }
        }
    }

    private static void checkRedirectUri(String uri, Proof proof) {
        String canonical = canonical(uri);
        require(!canonical.isEmpty(), "redirectUris", uri + " is not a redirect URI that could be registered");
        require(
                canonical.equals(filled(uri)),
                "redirectUris",
                uri + " is compared as " + canonical + "; write it so (loopback as localhost, without port)");
        require(!PART_OF_SEGMENT.matcher(uri).find(), "redirectUris", uri + ": {id} stands for a whole path segment");
        // Whoever may choose the host receives the code himself.
        require(
                !uri.contains("{host}") || proof == Proof.NOTHING,
                "redirectUris",
                uri + " has {host}, so anybody can receive codes there: it needs \"proves\": \"nothing\"");
    }

    /** Empty where it is none. */
    private static String canonical(String template) {
        return RedirectUri.parse(filled(template)) instanceof RedirectUri.Result.Ok ok
                ? ok.uri().canonical()
                : "";
    }

    private static String filled(String template) {
        return template.replace("{id}", "x1").replace("{host}", "host.example");
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual()
                && !value.textValue().isBlank()
                && value.textValue().length() <= LONGEST_TEXT;
    }

    private static void require(boolean holds, String member, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(member + ": " + otherwise);
        }
    }
}
