/**
 * Programs that use the Java client of Freshet. Each has a {@code main} and needs a hub, such as {@code ./freshet serve} in
 * another terminal; its address may be given, else it is {@code http://localhost:8080}:
 *
 * <pre>
 * ./mvnw -P '!checks' -pl examples/java-client -am package -DskipTests
 * java -cp 'examples/java-client/target/example/*' dev.freshet.examples.TokenStream
 * java -cp 'examples/java-client/target/example/*' dev.freshet.examples.Dashboard
 * </pre>
 */
@NullMarked
package dev.freshet.examples;

import org.jspecify.annotations.NullMarked;
