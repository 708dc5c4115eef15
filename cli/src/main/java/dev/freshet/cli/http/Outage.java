package dev.freshet.cli.http;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** Tells the user once that a hub cannot be reached, and once that it is back. Confined to one thread. */
public final class Outage {
    private final PrintStream err;
    private final HubUrl server;
    private boolean told;

    /**
     * Creates an outage that is not one yet.
     *
     * @param err where it is told
     * @param server the hub
     */
    public Outage(PrintStream err, HubUrl server) {
        this.err = err;
        this.server = server;
    }

    /**
     * An attempt failed and another will follow. Only the first of a row is told.
     *
     * @param reason why it failed, in a few words
     */
    public void onFailure(String reason) {
        if (!told) {
            err.println("freshet: " + server + ": " + reason + "; trying again");
            told = true;
        }
    }

    /** The hub answered. */
    public void onSuccess() {
        if (told) {
            err.println("freshet: " + server + ": connected again");
            told = false;
        }
    }

    /**
     * Puts a failure of the JDK's client in words; many of its messages are empty or name its own parts.
     *
     * @param failure what the client threw
     * @return a few words
     */
    public static String reason(IOException failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof ConnectException) {
            return isUnknownHost(failure) ? "unknown host" : "connection refused";
        }
        String message = Optional.ofNullable(failure.getMessage()).orElse("");
        return message.contains("certificat") || message.contains("TLS") ? message : "connection lost";
    }

    private static boolean isUnknownHost(Throwable failure) {
        return failure instanceof UnresolvedAddressException
                || (failure.getCause() != null && isUnknownHost(failure.getCause()));
    }
}
