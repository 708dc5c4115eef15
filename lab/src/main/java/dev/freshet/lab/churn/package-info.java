/**
 * Connections by the million, one after the other, on a hub in the same process: {@link dev.freshet.lab.churn.ChurnCommand}
 * lets a {@link dev.freshet.lab.churn.Churn} open and close them in every way a client can, and compares what is
 * {@link dev.freshet.lab.churn.Kept kept} afterwards with what was before.
 */
@NullMarked
package dev.freshet.lab.churn;

import org.jspecify.annotations.NullMarked;
