package dev.mcpclients.keycloak.metadata;

import java.util.ArrayList;
import java.util.List;

/** Collects the repairs of one registration in the order they were made. */
final class Repairs {
    private final List<Repair> made = new ArrayList<>();

    void add(RepairRule rule, String member, String value) {
        made.add(new Repair(member, value, rule));
    }

    void dropped(String redirectUri, RefusalRule cause) {
        made.add(new Repair("redirect_uris", redirectUri, RepairRule.REDIRECT_URI_DROPPED, cause));
    }

    List<Repair> made() {
        return List.copyOf(made);
    }
}
