@NullMarked
package dev.freshet.client.http;

import org.jspecify.annotations.NullMarked;
