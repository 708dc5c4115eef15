@NullMarked
package dev.freshet.client.transport;

import org.jspecify.annotations.NullMarked;
