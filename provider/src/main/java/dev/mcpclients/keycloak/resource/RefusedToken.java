package dev.mcpclients.keycloak.resource;

/** Carries a refusal out of the checks to the one place that knows Keycloak's way to answer it. */
final class RefusedToken extends RuntimeException {

    private final transient TokenRefusal refusal;

    RefusedToken(TokenRefusal refusal) {
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
    }

    TokenRefusal refusal() {
        return refusal;
    }
}
