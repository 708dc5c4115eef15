/**
 * A program with a hub inside, {@link dev.freshet.examples.embedding.EmbeddedHub}:
 *
 * <pre>
 * ./mvnw -P '!checks' -pl examples/embedding -am package -DskipTests
 * java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
 *   -cp 'examples/embedding/target/example/*' dev.freshet.examples.embedding.EmbeddedHub 8080
 * </pre>
 *
 * <p>Leave the second option out for a JDK older than 24, which does not know it.
 */
@NullMarked
package dev.freshet.examples.embedding;

import org.jspecify.annotations.NullMarked;
