/**
 * A program with a hub inside, {@link dev.freshet.examples.embedding.EmbeddedHub}:
 *
 * <pre>
 * ./mvnw -P '!checks' -pl examples/embedding -am package -DskipTests
 * java --enable-native-access=ALL-UNNAMED -cp 'examples/embedding/target/example/*' dev.freshet.examples.embedding.EmbeddedHub
 * </pre>
 */
@NullMarked
package dev.freshet.examples.embedding;

import org.jspecify.annotations.NullMarked;
