package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GuideTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void itsExamplesAreCompiled() throws IOException {
        String compiled =
                withoutSpace(Files.readString(Path.of("src/test/java/dev/freshet/client/GuideExamples.java")));
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/guide/client-java.md")))
                .results()
                .map(found -> withoutSpace(found.group(1)))
                .toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(11);
        assertThat(examples).allSatisfy(example -> assertThat(compiled).contains(example));
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
