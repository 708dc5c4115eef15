package dev.freshet.cli;

import dev.freshet.cli.http.RequestFailedException;
import dev.freshet.cli.log.LogCommand;
import dev.freshet.cli.terminal.Streams;
import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import dev.freshet.server.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet serve}. */
@Command(
        name = "serve",
        description = {
            "Runs a hub until Ctrl-C or SIGTERM.",
            "",
            "Its settings come from a file, the environment (http.port is FRESHET_HTTP_PORT) and the command line; what comes"
                    + " later wins."
        },
        exitCodeList = {
            "0:stopped by a signal",
            "1:could not start",
            "2:the command line or a setting is wrong",
            LogCommand.EXIT_3,
        },
        footer = {
            "  freshet serve",
            "  freshet serve --data /var/lib/freshet",
            "  freshet serve --port 9000 --config freshet.yaml",
            "  freshet serve --host 0.0.0.0 --insecure",
            "  freshet serve --tls-certificate chain.pem --tls-key key.pem",
            "  freshet serve --set http.port=9000"
        })
final class ServeCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", description = "The port; 0 takes a free one (default: 8080).")
    private Optional<String> port = Optional.empty();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to bind (default: 127.0.0.1).")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps the log in a directory; without it, history ends with the process.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "Speaks HTTPS, with the certificate of this PEM file.")
    private Optional<String> certificate = Optional.empty();

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The private key of that certificate, a PEM file.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with settings.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; may be given again.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--insecure", description = "Lets everybody who reaches another address than 127.0.0.1 in.")
    private boolean insecure;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "What is logged to standard error: ERROR, WARN, INFO or DEBUG (default: WARN).")
    private Optional<LogLevel> logLevel = Optional.empty();

    @Option(names = "--rehearse", hidden = true, description = "Works for a moment on a free port, and ends.")
    private boolean rehearse;

    ServeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        logLevel.ifPresent(level -> System.setProperty("freshet.log.level", level.name()));
        if (rehearse) {
            port = Optional.of("0");
            return rehearse(start(configuration()));
        }
        ServerConfig configuration = configuration();
        HubServer server = start(configuration);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "freshet-shutdown"));
        streams.text().print(new Greeting(Version.number(), server.address(), where(configuration)).text());
        new CountDownLatch(1).await();
        return 0;
    }

    /** The settings of the command line, by their keys. */
    Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        settings.forEach(setting -> put(setting, flags));
        port.ifPresent(value -> flags.put("http.port", value));
        host.ifPresent(value -> flags.put("http.host", value));
        data.ifPresent(value -> flags.put("log.data", value));
        certificate.ifPresent(value -> flags.put("tls.certificate", value));
        key.ifPresent(value -> flags.put("tls.key", value));
        if (insecure) {
            flags.put("http.insecure", "true");
        }
        return flags;
    }

    private void put(String setting, Map<String, String> flags) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new ParameterException(spec.commandLine(), "--set: " + setting + " (expected: KEY=VALUE)");
        }
        flags.put(setting.substring(0, equals), setting.substring(equals + 1));
    }

    private static String where(ServerConfig configuration) {
        return configuration
                .logDirectory()
                .map(directory -> "The log is in " + directory.toAbsolutePath() + ".")
                .orElse("History is in memory and ends with this process; --data DIR keeps it.");
    }

    private ServerConfig configuration() {
        try {
            return ServerConfig.load(config, System.getenv(), flags());
        } catch (ConfigurationException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static int rehearse(HubServer server) {
        try (server) {
            new Rehearsal(server.address()).run();
            return 0;
        } catch (IOException e) {
            throw new RequestFailedException(String.valueOf(e.getMessage()));
        }
    }

    private static HubServer start(ServerConfig config) {
        try {
            return HubServer.start(config);
        } catch (IOException e) {
            throw new RequestFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Ends the process itself: to be stopped by a signal is no failure, and without this the exit code would be 143. */
    private static void stop(HubServer server) {
        server.close();
        Runtime.getRuntime().halt(0);
    }

    /** How much is logged. */
    enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }
}
