/**
 * What every log must do, by subject: {@link dev.freshet.hub.testing.contract.AppendContract} and the other parts are the tests,
 * which {@code EventLogContract} puts together for a log's own test to extend; each works on a
 * {@link dev.freshet.hub.testing.contract.StartedLog}. Confined to the test's thread, but where a test begins more.
 */
@NullMarked
package dev.freshet.hub.testing.contract;

import org.jspecify.annotations.NullMarked;
