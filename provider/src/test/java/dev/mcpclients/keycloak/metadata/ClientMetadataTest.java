package dev.mcpclients.keycloak.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientMetadataTest {

    @ParameterizedTest
    @ValueSource(strings = {"[]", "'text'", "1", "true", "null"})
    void isAnObject(String json) {
        assertThat(parse(json)).isEqualTo(new Parsed.Refused(Refusal.of(RefusalRule.NOT_AN_OBJECT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_name",
                "token_endpoint_auth_method",
                "scope",
                "application_type",
                "client_uri",
                "logo_uri",
                "tos_uri",
                "policy_uri",
                "software_id",
                "software_version",
                "software_statement",
                "jwks_uri",
                "token_endpoint_auth_signing_alg",
                "id_token_signed_response_alg"
            })
    void textIsText(String member) {
        for (String value : List.of("1", "true", "[]", "['a']", "{}")) {
            assertWrongType(member, value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect_uris", "grant_types", "response_types", "contacts"})
    void listsAreListsOfText(String member) {
        for (String value : List.of("'a'", "1", "true", "{}")) {
            assertWrongType(member, value);
        }
        for (String element : List.of("1", "null", "true", "[]", "{}")) {
            assertThat(parse("{'" + member + "': ['a', " + element + "]}"))
                    .isEqualTo(refused(RefusalRule.WRONG_TYPE, member, element));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpop_bound_access_tokens", "require_pushed_authorization_requests"})
    void flagsAreFlags(String member) {
        for (String value : List.of("'true'", "1", "[]", "{}")) {
            assertWrongType(member, value);
        }
    }

    @Test
    void aKeySetIsAnObject() {
        for (String value : List.of("'a'", "1", "true", "[]")) {
            assertWrongType("jwks", value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "grant_types, TOO_MANY_VALUES",
        "response_types, TOO_MANY_VALUES",
        "redirect_uris, TOO_MANY_REDIRECT_URIS"
    })
    void listsThatDecideAreBounded(String member, RefusalRule rule) {
        assertThat(parse("{'" + member + "': [" + "'a', ".repeat(19) + "'a']}")).isInstanceOf(Parsed.Ok.class);
        assertThat(parse("{'" + member + "': [" + "'a', ".repeat(20) + "'a']}")).isEqualTo(refused(rule, member, "21"));
    }

    @Test
    void namesTheFirstFault() {
        assertThat(parse("{'scope': 1, 'client_name': 2, 'redirect_uris': 3}"))
                .isEqualTo(refused(RefusalRule.WRONG_TYPE, "redirect_uris", "3"));
    }

    /** Nobody gets these members, so what is in them makes no difference. */
    @ParameterizedTest
    @EnumSource(OwnMember.class)
    void keepsMembersOfOneClientApart(OwnMember member) {
        for (String value : List.of("'a'", "true", "1", "{'a':1}")) {
            JsonNode json = Registrations.read("{'" + member.wire() + "': " + value + "}");
            if (member.hasType(json.path(member.wire()))) {
                String text = value.startsWith("{") ? "{\"a\":1}" : value.replace("'", "");
                assertThat(ClientMetadata.parse(json)).isInstanceOfSatisfying(Parsed.Ok.class, ok -> assertThat(
                                ok.metadata().ownMembers())
                        .containsExactlyEntriesOf(Map.of(member, text)));
            } else {
                assertThat(ClientMetadata.parse(json)).isInstanceOf(Parsed.Refused.class);
            }
        }
    }

    private static void assertWrongType(String member, String value) {
        assertThat(parse("{'" + member + "': " + value + "}"))
                .isEqualTo(refused(RefusalRule.WRONG_TYPE, member, value.replace('\'', '"')));
    }

    private static Parsed.Refused refused(RefusalRule rule, String member, String value) {
        return new Parsed.Refused(new Refusal(rule, member, value));
    }

    private static Parsed parse(String json) {
        return ClientMetadata.parse(Registrations.read(json));
    }
}
