package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.server.http.Problem;
import dev.freshet.server.http.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the documents say of routes and problems is what the code does. */
class OpenApiTest {
    private static final Path OPENAPI = Path.of("../docs/openapi.yaml");
    private static final Path GUIDE = Path.of("../docs/guide/http.md");
    private static final Path SOURCES = Path.of("src/main/java");

    /** A problem is made by {@code of(status, slug, ..)}, or by {@code badRequest(slug, title, ..)}, whose status is 400. */
    private static final Pattern MADE =
            Pattern.compile("\\bof\\(\\s*([45][0-9]{2}),\\s*\"([a-z-]+)\"|\\bbadRequest\\(\\s*()\"([a-z-]+)\",");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([45][0-9]{2}) \\| `([a-z-]+)` \\|");

    @Test
    void describesEveryRouteAndNoOther() throws IOException {
        Set<String> described = new TreeSet<>();
        openApi()
                .required("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(method -> !method.equals("parameters"))
                        .forEach(method -> described.add(method + " " + path.getKey())));

        assertThat(described).isEqualTo(new TreeSet<>(routes()));
    }

    @Test
    void namesEveryTypeOfProblemAndNoOther() throws IOException {
        List<String> named = new ArrayList<>();
        openApi().at("/components/schemas/ProblemType/enum").forEach(type -> named.add(type.asString()));

        assertThat(named)
                .isSorted()
                .containsExactlyInAnyOrderElementsOf(problems().stream()
                        .map(problem -> Problem.TYPES + problem.substring(4))
                        .toList());
    }

    @Test
    void theGuideHasEveryProblemWithItsStatus() throws IOException {
        Set<String> listed = ROW.matcher(Files.readString(GUIDE))
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed).isEqualTo(problems());
    }

    @Test
    void everyReferenceLeadsSomewhere() throws IOException {
        JsonNode openApi = openApi();
        List<String> references = openApi.findValuesAsString("$ref");

        assertThat(references)
                .hasSizeGreaterThan(20)
                .allMatch(reference -> !openApi.at(reference.substring(1)).isMissingNode());
    }

    private static List<String> routes() throws IOException {
        try (RunningServer server = RunningServer.with()) {
            return server.server().router().routes().stream()
                    .flatMap(OpenApiTest::operations)
                    .toList();
        }
    }

    private static Stream<String> operations(Route route) {
        String path = route.pattern().replace("...}", "}");
        return route.method().equals("GET")
                ? Stream.of("get " + path, "head " + path)
                : Stream.of(route.method().toLowerCase(java.util.Locale.ROOT) + " " + path);
    }

    private static Set<String> problems() throws IOException {
        Set<String> problems = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                MADE.matcher(Files.readString(file)).results().forEach(made -> problems.add(problem(made)));
            }
        }
        return problems;
    }

    private static String problem(MatchResult made) {
        return made.group(1) != null ? made.group(1) + " " + made.group(2) : "400 " + made.group(4);
    }

    private static JsonNode openApi() throws IOException {
        return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(OPENAPI)));
    }
}
