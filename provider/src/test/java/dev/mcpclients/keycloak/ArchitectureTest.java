package dev.mcpclients.keycloak;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the packages may depend on. */
@AnalyzeClasses(packages = "dev.mcpclients.keycloak", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    /** So that the rules can be tested, and trusted, without a server. */
    @ArchTest
    static final ArchRule RULES_ARE_PLAIN_JAVA = classes()
            .that()
            .resideInAnyPackage("..keycloak.metadata..", "..keycloak.catalogue..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson.databind..",
                    "org.jspecify.annotations..",
                    "dev.mcpclients.keycloak.metadata..",
                    "dev.mcpclients.keycloak.catalogue..");
}
