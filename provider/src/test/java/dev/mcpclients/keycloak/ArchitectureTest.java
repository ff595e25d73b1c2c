package dev.mcpclients.keycloak;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
}
