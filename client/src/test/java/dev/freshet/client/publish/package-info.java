@NullMarked
package dev.freshet.client.publish;

import org.jspecify.annotations.NullMarked;
