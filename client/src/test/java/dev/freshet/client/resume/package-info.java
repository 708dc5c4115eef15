@NullMarked
package dev.freshet.client.resume;

import org.jspecify.annotations.NullMarked;
