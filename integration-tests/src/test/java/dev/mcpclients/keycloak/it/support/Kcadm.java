package dev.mcpclients.keycloak.it.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The command line of an admin: {@code kcadm.sh} of the distribution, signed in, run by a shell as it is copied from a page. */
public final class Kcadm {

    private static final long SECONDS = 60;

    private final Path home;

    private Kcadm(Path home) {
        this.home = home;
    }

    /**
     * Signs in as the bootstrap admin.
     *
     * @param home an empty directory, where kcadm keeps its session
     */
    public static Kcadm signedIn(KeycloakServer server, Path home) {
        Kcadm kcadm = new Kcadm(home);
        kcadm.run("kcadm.sh config credentials --server " + server.inside() + " --realm master --user " + AdminApi.USER
                + " --password " + AdminApi.PASSWORD);
        return kcadm;
    }

    /** Runs a command line and returns what it said; fails where it does not end with 0. */
    public String run(String command) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-ec", command)
                .directory(home.toFile())
                .redirectErrorStream(true);
        Path bin = Settings.keycloakHome().resolve("bin");
        builder.environment().merge("PATH", bin.toString(), (path, ours) -> ours + File.pathSeparator + path);
        // kcadm keeps its session below the home directory of the JVM.
        builder.environment().put("KC_OPTS", "-Duser.home=" + home + " -XX:TieredStopAtLevel=1");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(command + "\nsaid:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
