package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.kubernetes.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The pages that list the libraries of a released module and their licences. Maven writes the rows into the module's {@code
 * target}; without Maven there are none, and the committed ones are neither written nor compared.
 */
final class ThirdParty {

    /** The page of each module. */
    static final Map<String, String> PAGES = Map.of(
            "operator", "THIRD-PARTY.md",
            "emulator", "emulator/THIRD-PARTY.md",
            "kubectl-plugin", "kubectl-plugin/THIRD-PARTY.md");

    /** Built later, so that rows are missing here or of an earlier build: it writes and compares its page itself. */
    private static final String LATER = "kubectl-plugin";

    static final String BEGIN = "|---|---|---|\n";
    static final String END = "<!-- end -->\n";

    private ThirdParty() {}

    static List<GeneratedFile> files() {
        return PAGES.keySet().stream()
                .filter(module -> !module.equals(LATER))
                .sorted()
                .filter(module -> Files.exists(rows(module)))
                .map(module -> GeneratedFile.part(PAGES.get(module), BEGIN, END, () -> Files.readString(rows(module))))
                .toList();
    }

    private static Path rows(String module) {
        return Repository.file(module + "/target/third-party.md");
    }
}
