package dev.mcpclients.keycloak.doctor;

/**
 * Something that is not as it should be.
 *
 * @param id of the check, described in {@code docs/troubleshooting.md}
 * @param what what was found
 * @param means what users notice
 * @param command the command that mends it, run by an admin who is signed in to {@code kcadm.sh}, or on the server ({@code kc.sh})
 */
record Finding(String id, Severity severity, String what, String means, String command) {}
