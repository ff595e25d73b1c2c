package dev.mcpclients.keycloak.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
public final class Ports {

    private static final int PATIENCE_MILLIS = 500;
    private static final int FIRST = 20_000;
    private static final int LAST = 30_000;

    private Ports() {}

    /** A port that was free a moment ago, below those that systems give to outgoing connections: a slow start keeps it. */
    public static int free() {
        return ThreadLocalRandom.current()
                .ints(FIRST, LAST)
                .filter(Ports::canListen)
                .findFirst()
                .orElseThrow();
    }

    /** Whether a program listens there, on loopback or on all interfaces: some systems let a second one bind all the same. */
    static boolean isTaken(int port) {
        return answers(port) || !canListen(port);
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean canListen(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
