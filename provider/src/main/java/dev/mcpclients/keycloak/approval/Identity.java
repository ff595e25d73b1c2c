package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.catalogue.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as finished strings: the block that every page about software begins with. What a page has no use for is left out.
 *
 * @param app name of the software
 * @param initials of that name, in place of a logo
 * @param evidence {@code known}, {@code domain} or {@code none}: how it is coloured
 * @param evidenceLabel evidence in one or two words
 * @param evidenceText evidence in a sentence
 * @param warning that the name looks like that of another product
 * @param places where codes go
 * @param servers the MCP servers it is for
 * @param user as whom
 * @param permissions what the software may do; empty where it asks for nothing, null where that is not the question
 */
public record Identity(
        String app,
        String initials,
        String evidence,
        String evidenceLabel,
        String evidenceText,
        @Nullable String warning,
        List<Place> places,
        List<Server> servers,
        @Nullable String user,
        @Nullable List<Permissions> permissions) {

    /**
     * Where a code goes.
     *
     * @param name the host, or words for a computer
     * @param note what to look out for
     * @param uri the redirect URI itself, for those who have to know
     * @param known whether the catalogue names it
     */
    public record Place(String name, @Nullable String note, @Nullable String uri, boolean known) {}

    /** An MCP server; scopes are their names, for those who have to know. */
    public record Server(String name, String address, @Nullable String scopes) {}

    /** What is allowed of one kind. */
    public record Permissions(String title, List<String> sentences) {}

    public Identity {
        places = List.copyOf(places);
        servers = List.copyOf(servers);
    }

    /** The block with nothing but the name and what is known about it. */
    public static Identity of(
            String app, Evidence evidence, String evidenceLabel, String evidenceText, @Nullable String warning) {
        return new Identity(
                app,
                Initials.of(app),
                evidence.wire(),
                evidenceLabel,
                evidenceText,
                warning,
                List.of(),
                List.of(),
                null,
                null);
    }

    public Identity at(List<Place> all) {
        return new Identity(
                app, initials, evidence, evidenceLabel, evidenceText, warning, all, servers, user, permissions);
    }

    public Identity using(List<Server> all) {
        return new Identity(
                app, initials, evidence, evidenceLabel, evidenceText, warning, places, all, user, permissions);
    }

    Identity as(String name) {
        return new Identity(
                app, initials, evidence, evidenceLabel, evidenceText, warning, places, servers, name, permissions);
    }

    Identity asking(List<Permissions> all) {
        return new Identity(app, initials, evidence, evidenceLabel, evidenceText, warning, places, servers, user, all);
    }
}
