@NullMarked
package dev.freshet.client.json;

import org.jspecify.annotations.NullMarked;
