/**
 * Programs that use the Java client of Freshet. Each has a {@code main} and needs a hub:
 *
 * <pre>
 * ./freshet serve
 * ./mvnw -pl examples/java-client -am package
 * java -cp 'examples/java-client/target/example/*' dev.freshet.examples.TokenStream
 * java -cp 'examples/java-client/target/example/*' dev.freshet.examples.Dashboard
 * </pre>
 */
@NullMarked
package dev.freshet.examples;

import org.jspecify.annotations.NullMarked;
