/**
 * Configuration: {@link dev.freshet.server.config.Settings} reads the values of known
 * {@link dev.freshet.server.config.Setting}s from a YAML file, the environment and flags, in that order of strength. It knows
 * no feature; who needs a value declares its setting. Immutable.
 */
@NullMarked
package dev.freshet.server.config;

import org.jspecify.annotations.NullMarked;
