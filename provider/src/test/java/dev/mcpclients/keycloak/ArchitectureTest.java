package dev.mcpclients.keycloak;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** What the packages may depend on. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.mcpclients.keycloak");

    /** So that the rules can be tested, and trusted, without a server. */
    @Test
    void rulesArePlainJava() {
        classes()
                .that()
                .resideInAnyPackage("..keycloak.metadata..", "..keycloak.catalogue..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "com.fasterxml.jackson.databind..",
                        "org.jspecify.annotations..",
                        "dev.mcpclients.keycloak.metadata..",
                        "dev.mcpclients.keycloak.catalogue..")
                .check(CLASSES);
    }

    /** Entities never leave their package. */
    @Test
    void onlyTheRegistryKnowsItsTables() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..keycloak.registry..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.mcpclients\\.keycloak\\.registry\\..*Entity")
                .check(CLASSES);
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(CLASSES);
    }

    /**
     * The packages below the root. Two are one slice: evidence, which the catalogue finds in redirect URIs, is part of what the
     * rules of {@code metadata} decide.
     */
    private static final class Packages implements SliceAssignment {

        private static final String ROOT = "dev.mcpclients.keycloak.";

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            if (!name.startsWith(ROOT)) {
                return SliceIdentifier.ignore();
            }
            String slice = name.substring(ROOT.length()).replaceFirst("\\..*", "");
            return SliceIdentifier.of(slice.equals("catalogue") ? "metadata" : slice);
        }

        @Override
        public String getDescription() {
            return "packages below the root";
        }
    }

    /** A client policy can be out of force; what keeps codes and tokens back must not rest on one. */
    @Test
    void theGateAndTheGuardKnowNothingOfClientPolicies() {
        noClasses()
                .that()
                .resideInAnyPackage("..keycloak.approval..", "..keycloak.resource..")
                .and()
                .haveSimpleNameNotStartingWith("OnceOnly")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..keycloak.redirects..", "..keycloak.policy..", "org.keycloak.services.clientpolicy..")
                .check(CLASSES);
    }
}
