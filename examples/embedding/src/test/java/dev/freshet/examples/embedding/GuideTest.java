package dev.freshet.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/guide/embedding.md} shows is compiled. */
class GuideTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path SOURCES = Path.of("src/main/java/dev/freshet/examples/embedding");

    @Test
    void itsExamplesAreOfThisProgram() throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("../../docs/guide/embedding.md")))
                .results()
                .map(found -> withoutSpace(found.group(1)))
                .toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
        assertThat(sources()).contains(examples);
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("EmbeddedHub", "TokenAuthenticator", "AccountPolicy")) {
            all.append(withoutSpace(Files.readString(SOURCES.resolve(name + ".java"))));
        }
        return all.toString();
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
