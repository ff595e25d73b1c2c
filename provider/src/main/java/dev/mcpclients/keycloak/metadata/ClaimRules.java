package dev.mcpclients.keycloak.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of the members that only tell people something the claims that are kept. */
final class ClaimRules {
    private static final Pattern LINK = Pattern.compile("https?://[A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]+");

    private ClaimRules() {}

    static Claims claims(ClientMetadata metadata, Repairs repairs) {
        if (metadata.logoUri() != null) {
            repairs.add(RepairRule.LOGO_NOT_STORED, "logo_uri", metadata.logoUri());
        }
        return new Claims(
                metadata.clientName() == null ? null : shown(metadata.clientName()),
                link("client_uri", metadata.clientUri(), repairs),
                contacts(metadata.contacts(), repairs),
                text("software_id", metadata.softwareId(), repairs),
                text("software_version", metadata.softwareVersion(), repairs),
                text("application_type", metadata.applicationType(), repairs),
                link("tos_uri", metadata.tosUri(), repairs),
                link("policy_uri", metadata.policyUri(), repairs));
    }

    private static @Nullable String link(String member, @Nullable String uri, Repairs repairs) {
        if (uri == null) {
            return null;
        }
        boolean fits = uri.length() <= Limits.CLAIM && LINK.matcher(uri).matches();
        return kept(member, uri, fits ? uri : "", repairs);
    }

    private static @Nullable String text(String member, @Nullable String text, Repairs repairs) {
        return text == null ? null : kept(member, text, shown(text), repairs);
    }

    private static List<String> contacts(List<String> contacts, Repairs repairs) {
        List<String> kept = new ArrayList<>();
        for (String contact : contacts) {
            String fitting = kept.size() < Limits.CONTACTS ? shown(contact) : "";
            String shown = kept("contacts", contact, fitting, repairs);
            if (shown != null) {
                kept.add(shown);
            }
        }
        return kept;
    }

    private static @Nullable String kept(String member, String sent, String shown, Repairs repairs) {
        if (!shown.isEmpty()) {
            return shown;
        }
        repairs.add(RepairRule.CLAIM_DROPPED, member, sent);
        return null;
    }

    private static String shown(String text) {
        return DisplayText.stripped(text, Limits.CLAIM);
    }
}
