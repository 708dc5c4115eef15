@NullMarked
package dev.freshet.client.retry;

import org.jspecify.annotations.NullMarked;
