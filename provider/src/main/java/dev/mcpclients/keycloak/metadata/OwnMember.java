package dev.mcpclients.keycloak.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Members of RFC 7591, OpenID Connect registration and its extensions that would change how one client behaves. A shared
 * client never takes them (the first registrant decides nothing for the others); an own client takes the few marked so.
 */
public enum OwnMember {
    TOKEN_ENDPOINT_AUTH_SIGNING_ALG("token_endpoint_auth_signing_alg", Type.ALGORITHM),
    ID_TOKEN_SIGNED_RESPONSE_ALG("id_token_signed_response_alg", Type.ALGORITHM),
    DPOP_BOUND_ACCESS_TOKENS("dpop_bound_access_tokens", Type.FLAG),
    REQUIRE_PUSHED_AUTHORIZATION_REQUESTS("require_pushed_authorization_requests", Type.FLAG),

    POST_LOGOUT_REDIRECT_URIS("post_logout_redirect_uris", Type.NEVER),
    FRONTCHANNEL_LOGOUT_URI("frontchannel_logout_uri", Type.NEVER),
    FRONTCHANNEL_LOGOUT_SESSION_REQUIRED("frontchannel_logout_session_required", Type.NEVER),
    BACKCHANNEL_LOGOUT_URI("backchannel_logout_uri", Type.NEVER),
    BACKCHANNEL_LOGOUT_SESSION_REQUIRED("backchannel_logout_session_required", Type.NEVER),
    BACKCHANNEL_LOGOUT_REVOKE_OFFLINE_TOKENS("backchannel_logout_revoke_offline_tokens", Type.NEVER),
    INITIATE_LOGIN_URI("initiate_login_uri", Type.NEVER),
    REQUEST_URIS("request_uris", Type.NEVER),
    REQUEST_OBJECT_SIGNING_ALG("request_object_signing_alg", Type.NEVER),
    REQUEST_OBJECT_ENCRYPTION_ALG("request_object_encryption_alg", Type.NEVER),
    REQUEST_OBJECT_ENCRYPTION_ENC("request_object_encryption_enc", Type.NEVER),
    REQUIRE_SIGNED_REQUEST_OBJECT("require_signed_request_object", Type.NEVER),
    SECTOR_IDENTIFIER_URI("sector_identifier_uri", Type.NEVER),
    SUBJECT_TYPE("subject_type", Type.NEVER),
    ID_TOKEN_ENCRYPTED_RESPONSE_ALG("id_token_encrypted_response_alg", Type.NEVER),
    ID_TOKEN_ENCRYPTED_RESPONSE_ENC("id_token_encrypted_response_enc", Type.NEVER),
    USERINFO_SIGNED_RESPONSE_ALG("userinfo_signed_response_alg", Type.NEVER),
    USERINFO_ENCRYPTED_RESPONSE_ALG("userinfo_encrypted_response_alg", Type.NEVER),
    USERINFO_ENCRYPTED_RESPONSE_ENC("userinfo_encrypted_response_enc", Type.NEVER),
    AUTHORIZATION_SIGNED_RESPONSE_ALG("authorization_signed_response_alg", Type.NEVER),
    AUTHORIZATION_ENCRYPTED_RESPONSE_ALG("authorization_encrypted_response_alg", Type.NEVER),
    AUTHORIZATION_ENCRYPTED_RESPONSE_ENC("authorization_encrypted_response_enc", Type.NEVER),
    DEFAULT_MAX_AGE("default_max_age", Type.NEVER),
    REQUIRE_AUTH_TIME("require_auth_time", Type.NEVER),
    DEFAULT_ACR_VALUES("default_acr_values", Type.NEVER),
    AUTHORIZATION_DETAILS_TYPES("authorization_details_types", Type.NEVER),
    TLS_CLIENT_CERTIFICATE_BOUND_ACCESS_TOKENS("tls_client_certificate_bound_access_tokens", Type.NEVER),
    TLS_CLIENT_AUTH_SUBJECT_DN("tls_client_auth_subject_dn", Type.NEVER),
    TLS_CLIENT_AUTH_SAN_DNS("tls_client_auth_san_dns", Type.NEVER),
    TLS_CLIENT_AUTH_SAN_URI("tls_client_auth_san_uri", Type.NEVER),
    TLS_CLIENT_AUTH_SAN_IP("tls_client_auth_san_ip", Type.NEVER),
    TLS_CLIENT_AUTH_SAN_EMAIL("tls_client_auth_san_email", Type.NEVER),
    BACKCHANNEL_TOKEN_DELIVERY_MODE("backchannel_token_delivery_mode", Type.NEVER),
    BACKCHANNEL_CLIENT_NOTIFICATION_ENDPOINT("backchannel_client_notification_endpoint", Type.NEVER),
    BACKCHANNEL_AUTHENTICATION_REQUEST_SIGNING_ALG("backchannel_authentication_request_signing_alg", Type.NEVER),
    BACKCHANNEL_USER_CODE_PARAMETER("backchannel_user_code_parameter", Type.NEVER);

    /** What values an own client may give. */
    enum Type {
        /** The name of an asymmetric signature algorithm. */
        ALGORITHM,
        /** True or false. */
        FLAG,
        /** None: no client of ours takes it. */
        NEVER
    }

    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private final String wire;
    private final Type type;

    OwnMember(String wire, Type type) {
        this.wire = wire;
        this.type = type;
    }

    /** Its name in metadata. */
    public String wire() {
        return wire;
    }

    /** Whether an own client may have this value. */
    public boolean takes(String value) {
        return switch (type) {
            case ALGORITHM -> ALGORITHMS.contains(value);
            case FLAG -> value.equals("true") || value.equals("false");
            case NEVER -> false;
        };
    }

    /** Whether this is the JSON type of the member; of those that nobody may have, any is. */
    boolean hasType(JsonNode value) {
        return switch (type) {
            case ALGORITHM -> value.isTextual();
            case FLAG -> value.isBoolean();
            case NEVER -> true;
        };
    }
}
