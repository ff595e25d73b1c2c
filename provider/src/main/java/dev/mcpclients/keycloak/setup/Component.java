package dev.mcpclients.keycloak.setup;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy;

/** A client registration policy of a realm as it is remembered: with its id, so that it comes back as the same one. */
record Component(String id, String name, String providerId, String door, Map<String, List<String>> config) {

    static Component of(ComponentModel model) {
        return new Component(
                model.getId(),
                model.getName(),
                model.getProviderId(),
                model.getSubType(),
                new TreeMap<>(model.getConfig()));
    }

    /** The policies of a realm, at both doors. */
    static Stream<ComponentModel> in(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), ClientRegistrationPolicy.class.getName());
    }

    ComponentModel model(RealmModel realm) {
        ComponentModel model = new ComponentModel();
        model.setId(id);
        model.setName(name);
        model.setParentId(realm.getId());
        model.setProviderId(providerId);
        model.setProviderType(ClientRegistrationPolicy.class.getName());
        model.setSubType(door);
        MultivaluedHashMap<String, String> values = new MultivaluedHashMap<>();
        config.forEach((key, list) -> values.put(key, List.copyOf(list)));
        model.setConfig(values);
        return model;
    }
}
