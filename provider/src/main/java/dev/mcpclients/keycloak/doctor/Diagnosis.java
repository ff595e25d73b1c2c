package dev.mcpclients.keycloak.doctor;

import java.util.List;

/**
 * What the doctor found, the most serious first.
 *
 * @param healthy whether nothing was found that keeps MCP clients from working
 */
record Diagnosis(boolean healthy, List<Finding> findings) {

    Diagnosis(List<Finding> findings) {
        this(findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR), findings);
    }
}
