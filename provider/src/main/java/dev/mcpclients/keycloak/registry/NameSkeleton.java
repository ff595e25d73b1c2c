package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import dev.mcpclients.keycloak.metadata.Fingerprint;
import org.jspecify.annotations.Nullable;

/** The skeleton of a name as it is stored: hashed, because it may be longer than any column. */
final class NameSkeleton {

    /** Null where the name has nothing to compare. */
    static @Nullable String hash(String name) {
        String skeleton = Catalogue.skeleton(name);
        return skeleton.isEmpty() ? null : Fingerprint.hash(skeleton);
    }

    private NameSkeleton() {}
}
