package dev.redisaccess.quickstart;

import dev.redisaccess.launcher.SourceTree;
import java.nio.file.Path;

/**
 * The programs that the quickstart starts with {@code java -jar}.
 *
 * @param workload an application that uses Redis
 */
record Jars(Path operator, Path emulator, Path workload) {

    /** @throws IllegalArgumentException if one was not built, with the command that builds it */
    Jars {
        SourceTree.requireBuilt(operator);
        SourceTree.requireBuilt(emulator);
        SourceTree.requireBuilt(workload);
    }
}
