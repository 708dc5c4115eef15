package dev.freshet.lab.bench;

import dev.freshet.lab.bench.figure.Outcome;
import dev.freshet.lab.bench.figure.Texts;
import dev.freshet.lab.load.LoadCommand;
import dev.freshet.lab.peers.RunningPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a load generator as a process, and reads its answer.
 *
 * @param command the program and its first arguments
 * @param folder where its output goes
 */
record Loader(List<String> command, Path folder) {
    private static final Duration LONGEST_RUN = Duration.ofSeconds(45);

    /** The project's own one. */
    static Loader own(Path folder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Loader(
                List.of(
                        java,
                        "-Xms256m",
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadCommand.class.getName()),
                folder);
    }

    /** Loads a server to the end. */
    Outcome run(RunningPeer peer, List<String> options) throws IOException {
        return start("load", peer, options).outcome();
    }

    /** Begins to load a server; the name tells this run from others at the same time. */
    Run start(String name, RunningPeer peer, List<String> options) throws IOException {
        Path output = folder.resolve(name + ".json");
        Path errors = folder.resolve(name + ".err");
        Process process = new ProcessBuilder(arguments(peer, options))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        return new Run(process, output, errors);
    }

    /** A load generator at work. */
    record Run(Process process, Path output, Path errors) {
        /** Waits for its end; one that takes too long has failed. */
        Outcome outcome() throws IOException {
            if (!isOver(process)) {
                process.destroyForcibly();
                return Outcome.failed("not done in " + LONGEST_RUN.toSeconds() + " s");
            }
            Map<String, Double> figures = figures(Files.readString(output));
            return figures.isEmpty() ? Outcome.failed(complaint(errors)) : new Outcome(figures, trouble(figures));
        }
    }

    private List<String> arguments(RunningPeer peer, List<String> options) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--port", Integer.toString(peer.port()), "--pid", Long.toString(peer.pid())));
        arguments.addAll(List.of("--subscribe", peer.peer().dialect().subscribe()));
        arguments.addAll(List.of("--publish", peer.peer().dialect().publish()));
        arguments.addAll(List.of("--body", "{d}", "--type", "text/plain"));
        arguments.addAll(options);
        return arguments;
    }

    private static boolean isOver(Process process) {
        try {
            return process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String complaint(Path errors) throws IOException {
        return Files.readString(errors, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("no answer from the load generator");
    }

    private static Map<String, Double> figures(String json) {
        Map<String, Double> figures = new LinkedHashMap<>();
        if (!json.isBlank()) {
            addAll("", JsonMapper.shared().readTree(json), figures);
        }
        return figures;
    }

    private static void addAll(String prefix, JsonNode object, Map<String, Double> figures) {
        object.properties().forEach(member -> {
            if (member.getValue().isObject()) {
                addAll(prefix + member.getKey() + ".", member.getValue(), figures);
            } else {
                figures.put(prefix + member.getKey(), member.getValue().asDouble());
            }
        });
    }

    /** What was wrong with the deliveries, in a few words. */
    private static Optional<String> trouble(Map<String, Double> figures) {
        List<String> troubles = new ArrayList<>();
        double missing = figures.getOrDefault("lost", 0.0) + figures.getOrDefault("undelivered", 0.0);
        if (missing > 0) {
            troubles.add(Texts.number(missing) + " deliveries missing");
        }
        for (String name : List.of("refused", "dropped", "doubled", "disordered", "failed_publishes")) {
            double count = figures.getOrDefault(name, 0.0);
            if (count > 0) {
                troubles.add(Texts.number(count) + " " + name.replace('_', ' '));
            }
        }
        return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", troubles));
    }
}
