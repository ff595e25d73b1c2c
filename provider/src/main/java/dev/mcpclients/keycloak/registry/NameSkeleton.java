package dev.mcpclients.keycloak.registry;

import dev.mcpclients.keycloak.catalogue.Catalogue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.jose.jws.crypto.HashUtils;

/** The skeleton of a name as it is stored: hashed, because it may be longer than any column. */
final class NameSkeleton {

    /** Null where the name has nothing to compare. */
    static @Nullable String hash(String name) {
        String skeleton = Catalogue.skeleton(name);
        return skeleton.isEmpty()
                ? null
                : HexFormat.of()
                        .formatHex(HashUtils.hash(JavaAlgorithm.SHA256, skeleton.getBytes(StandardCharsets.UTF_8)));
    }

    private NameSkeleton() {}
}
