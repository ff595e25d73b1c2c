package dev.mcpclients.keycloak.setup;

import dev.mcpclients.keycloak.registration.PolicyChoices;
import dev.mcpclients.keycloak.registration.RegistrationSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;
import org.keycloak.theme.Theme;

/** The steps of setup in their order: clients first, the doors last. */
final class RealmSetup {

    /** Longer than the wait itself, so that the page that ends it can still be answered. */
    private static final Duration AFTER_THE_WAIT = Duration.ofMinutes(5);

    private final KeycloakSession session;
    private final RealmModel realm;

    RealmSetup(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * Answers with the plan, or carries it out.
     *
     * @throws SetupRefused where the request cannot be carried out
     */
    SetupAnswer run(SetupRequest request) {
        return request.undo() ? takeBack(request) : carryOut(request);
    }

    private SetupAnswer carryOut(SetupRequest request) {
        List<Step> steps = steps(request);
        List<Boolean> done = steps.stream().map(Step::isDone).toList();
        List<SetupAnswer.StepAnswer> answers = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String what = step.what();
            if (!done.get(i) && !request.dryRun()) {
                step.apply();
            }
            answers.add(new SetupAnswer.StepAnswer(step.id(), what, state(done.get(i), "already-done", request)));
        }
        return new SetupAnswer(request.dryRun(), false, answers, untouched());
    }

    private SetupAnswer takeBack(SetupRequest request) {
        List<SetupAnswer.StepAnswer> answers = new ArrayList<>();
        for (Step step : steps(request)) {
            boolean undoable = step.isUndoable();
            if (undoable && !request.dryRun()) {
                step.undo();
            }
            answers.add(new SetupAnswer.StepAnswer(
                    step.id(), "takes back: " + step.what(), state(!undoable, "nothing-to-undo", request)));
        }
        return new SetupAnswer(request.dryRun(), true, answers, untouched());
    }

    private static String state(boolean nothingToDo, String inThatCase, SetupRequest request) {
        if (nothingToDo) {
            return inThatCase;
        }
        return request.dryRun() ? "to-do" : "done";
    }

    private List<Step> steps(SetupRequest request) {
        List<SetupRequest.Resource> resources = request.resources() == null ? List.of() : request.resources();
        List<String> approvers = request.approvers() == null ? List.of() : request.approvers();
        List<Step> steps = new ArrayList<>();
        steps.add(new ClientsStep(session, realm));
        steps.add(new ApprovalsPageStep(session, realm));
        steps.add(new ResourcesStep(session, realm, resources));
        steps.add(new ApproverStep(session, realm, approvers));
        steps.add(new RequiredActionStep(realm));
        steps.add(new SettingStep(
                realm,
                "refresh-rotation",
                "a refresh gives a new refresh token and ends the old one (Revoke Refresh Token), as MCP asks for public"
                        + " clients; this holds for all clients of the realm",
                "true",
                () -> Boolean.toString(realm.isRevokeRefreshToken()),
                value -> realm.setRevokeRefreshToken(Boolean.parseBoolean(value))));
        steps.add(new SettingStep(
                realm,
                "refresh-reuse",
                "a refresh token is good for one refresh (Refresh Token Max Reuse 0); this holds for all clients of the realm",
                "0",
                () -> Integer.toString(realm.getRefreshTokenMaxReuse()),
                value -> realm.setRefreshTokenMaxReuse(Integer.parseInt(String.valueOf(value)))));
        steps.add(new SettingStep(
                realm,
                "user-action-lifespan",
                "pages that wait for a user or an approver live at least " + lifespan() + " seconds (User-Initiated"
                        + " Action Lifespan of logins, now " + realm.getAccessCodeLifespanUserAction() + ")",
                Integer.toString(lifespan()),
                () -> Integer.toString(realm.getAccessCodeLifespanUserAction()),
                value -> realm.setAccessCodeLifespanUserAction(Integer.parseInt(String.valueOf(value)))));
        if (request.theme() != null || request.undo()) {
            steps.add(theme(request.theme()));
        }
        steps.add(new ObstaclesStep(realm));
        steps.add(new DoorsStep(
                realm,
                new PolicyChoices(
                        request.admission(),
                        request.allowedHosts(),
                        request.allowedSchemes(),
                        resources.size() == 1 ? resources.get(0).url() : null)));
        return steps;
    }

    private Step theme(@Nullable String theme) {
        if (theme != null && !session.theme().nameSet(Theme.Type.LOGIN).contains(theme)) {
            throw new SetupRefused("theme: this server has no login theme " + theme);
        }
        return new SettingStep(
                realm,
                "login-theme",
                "login theme of the realm" + (theme == null ? "" : ": " + theme),
                String.valueOf(theme),
                realm::getLoginTheme,
                realm::setLoginTheme);
    }

    /** A longer lifespan than needed stays. */
    private int lifespan() {
        Duration waiting =
                RegistrationSettings.at(realm, RegistrationAuth.ANONYMOUS).waiting();
        return Math.max(
                realm.getAccessCodeLifespanUserAction(),
                Math.toIntExact(waiting.plus(AFTER_THE_WAIT).toSeconds()));
    }

    private List<String> untouched() {
        List<String> policies = Component.in(realm)
                .filter(component -> !RegistrationSettings.POLICY_ID.equals(component.getProviderId()))
                .filter(component -> ObstaclesStep.in(realm).noneMatch(component::equals))
                .map(RealmSetup::named)
                .sorted()
                .toList();
        return List.of(
                "users, groups, identity providers, keys, authentication flows, events and the SMTP server",
                "clients that did not register as MCP clients, and their sessions",
                "openid-configuration: its registration_endpoint stays Keycloak's unless the setting openid-discovery says otherwise",
                "access token lifespan: " + realm.getAccessTokenLifespan() + " seconds",
                policies.isEmpty()
                        ? "no other registration policies"
                        : "registration policies that let MCP clients pass: " + String.join(", ", policies));
    }

    private static String named(ComponentModel component) {
        return component.getName() + " (" + component.getSubType() + ")";
    }
}
