package dev.sluice.engine.plan;

import dev.sluice.engine.rules.Flags;
import dev.sluice.engine.rules.NamedList;

import java.util.List;

/**
 * What a job's inputs are besides their paths: flags and names, in the order of the inputs. Jobs of
 * a rule without input functions share one.
 *
 * @param pins by input: the index of the rule that has to make it, or -1
 * @param checkpointTargets inputs that stand for a checkpoint that has not finished
 */
@SuppressWarnings("ArrayRecordComponent") // Read in inner loops; never compared or changed.
record InputShape(
        List<Flags> flags, List<NamedList.Name> names, int[] pins, boolean[] checkpointTargets) {
    boolean ancient(int input) {
        return flags.get(input).has(Flags.ANCIENT);
    }

    boolean beforeUpdate(int input) {
        return flags.get(input).has(Flags.BEFORE_UPDATE);
    }

    boolean waits() {
        for (boolean waits : checkpointTargets) {
            if (waits) {
                return true;
            }
        }
        return false;
    }
}
