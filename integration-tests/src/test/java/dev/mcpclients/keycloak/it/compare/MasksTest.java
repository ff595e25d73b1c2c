package dev.mcpclients.keycloak.it.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** What two answers may differ in, and no more. */
final class MasksTest {

    private final Masks masks = new Masks(URI.create("http://localhost:8080"));

    @Test
    void aSecondThatPassedMeanwhileIsNoDifference() {
        assertThat(masks.apply("{\"expires_in\":299}")).isEqualTo(masks.apply("{\"expires_in\":300}"));
    }

    @Test
    void anotherLifespanIsADifference() {
        assertThat(masks.apply("{\"expires_in\":60}")).isNotEqualTo(masks.apply("{\"expires_in\":300}"));
        assertThat(masks.apply("{\"expires_in\":3000}")).isNotEqualTo(masks.apply("{\"expires_in\":300}"));
    }
}
