package dev.mcpclients.keycloak.approval;

import dev.mcpclients.keycloak.catalogue.Evidence;
import dev.mcpclients.keycloak.registry.ClientAttributes;
import dev.mcpclients.keycloak.registry.SoftwareState;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;

/**
 * Whether an OAuth error may go to a redirect URI without a click. RFC 9700 section 4.11.2: an authorization server must not become an
 * open redirector for clients that nobody vouches for.
 */
public final class SilentErrors {

    /**
     * Whether a person approved the software, or it is known who receives the error, or it does not leave the user's computer.
     *
     * @param state of the software, as the registry confirms it; asked for where it matters
     */
    public static boolean mayGoTo(
            ClientModel client, Supplier<SoftwareState> state, Destination destination, Evidence evidence) {
        return destination.isThisComputer() || evidence == Evidence.KNOWN || isApproved(client, state);
    }

    /** Whether a person approved the software of the client; an approval that admission or evidence gave does not count. */
    private static boolean isApproved(ClientModel client, Supplier<SoftwareState> state) {
        return ClientAttributes.basisOf(client).isHuman() && state.get() == SoftwareState.APPROVED;
    }

    private SilentErrors() {}
}
