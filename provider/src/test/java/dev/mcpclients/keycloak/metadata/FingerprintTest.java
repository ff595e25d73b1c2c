package dev.mcpclients.keycloak.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FingerprintTest {
    private static final List<String> URIS = List.of("https://a.example/cb", "http://localhost/callback");

    /** A change of the form makes new software of everything that is registered: it needs a new version. */
    @Test
    void theFormIsStable() {
        Fingerprint fingerprint = Fingerprint.of("Claude Code", URIS, AuthMethod.NONE);
        assertThat(fingerprint.form())
                .isEqualTo(
                        """
                        v1
                        name:11:Claude Code
                        redirect:25:http://localhost/callback
                        redirect:20:https://a.example/cb
                        auth:4:none""");
        assertThat(fingerprint.hash()).isEqualTo("e2d1a8270e29cdc3730748563cf1e6aa05c1d59cc1944ff38817b61d1b46c337");
    }

    @Test
    void theOrderOfRedirectUrisDoesNotMatter() {
        assertThat(Fingerprint.of("A", List.of(URIS.get(1), URIS.get(0), URIS.get(1)), AuthMethod.NONE))
                .isEqualTo(Fingerprint.of("A", URIS, AuthMethod.NONE));
    }

    @Test
    void everyPartMatters() {
        assertThat(List.of(
                        Fingerprint.of("A", URIS, AuthMethod.NONE).hash(),
                        Fingerprint.of("a", URIS, AuthMethod.NONE).hash(),
                        Fingerprint.of("\u0410", URIS, AuthMethod.NONE).hash(),
                        Fingerprint.of("", URIS, AuthMethod.NONE).hash(),
                        Fingerprint.of("A", URIS.subList(0, 1), AuthMethod.NONE).hash(),
                        Fingerprint.of("A", URIS, AuthMethod.CLIENT_SECRET_POST).hash(),
                        Fingerprint.ofMetadataUrl("https://a.example/cb").hash()))
                .doesNotHaveDuplicates();
    }

    @Property
    void noNameReadsAsAnotherPart(@ForAll String name) {
        assertThat(Fingerprint.of(name + "\nredirect:1:x", List.of(), AuthMethod.NONE)
                        .form())
                .isNotEqualTo(
                        Fingerprint.of(name, List.of("x"), AuthMethod.NONE).form());
    }

    @Test
    void aDocumentIsItsUrl() {
        assertThat(Fingerprint.ofMetadataUrl("https://a.example/client.json").form())
                .isEqualTo("v1\ncimd:29:https://a.example/client.json");
    }

    @Test
    void givesTheUrlOfItsDocumentBack() {
        assertThat(Fingerprint.metadataUrl(Fingerprint.ofMetadataUrl("https://a.example/client.json")
                        .form()))
                .contains("https://a.example/client.json");
        assertThat(Fingerprint.metadataUrl(
                        Fingerprint.of("cimd:1:x", URIS, AuthMethod.NONE).form()))
                .isEmpty();
    }

    @Test
    void givesItsRedirectUrisBack() {
        List<String> uris = List.of("http://localhost/cb", "https://chatgpt.com/connector/oauth/{id}");
        assertThat(Fingerprint.redirectUris(
                        Fingerprint.of("redirect:1:x", uris, AuthMethod.NONE).form()))
                .isEqualTo(uris);
        assertThat(Fingerprint.redirectUris(
                        Fingerprint.ofMetadataUrl("https://a.example/x").form()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "", "name:1:B", "\u0410\ud83d\ude00"})
    void readsWhatItWrote(String name) {
        Fingerprint written = Fingerprint.of(name, URIS, AuthMethod.NONE);
        assertThat(Fingerprint.read(written.form())).contains(written);
        assertThat(Fingerprint.name(written.form())).contains(name);
        Fingerprint document = Fingerprint.ofMetadataUrl("https://a.example/x");
        assertThat(Fingerprint.read(document.form())).contains(document);
        assertThat(Fingerprint.name(document.form())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "v2\nname:1:A",
                "v1\nname:2:A",
                "v1\nname:1:AB",
                "v1\nname:1:A\n",
                "v1\nother:1:A",
                "v1\nname:-1:A",
                "v1\nname:99999:A",
                "v1name:1:A"
            })
    void readsNothingElse(String form) {
        assertThat(Fingerprint.read(form)).isEmpty();
    }
}
