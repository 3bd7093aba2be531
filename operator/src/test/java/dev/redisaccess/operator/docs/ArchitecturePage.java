package dev.redisaccess.operator.docs;

import dev.redisaccess.operator.PackageRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Generates the table of packages in docs/architecture.md. */
final class ArchitecturePage {

    static final String FILE = "docs/architecture.md";

    private static final String BEGIN = "<!-- imports: generated -->\n";
    private static final String END = "<!-- end -->\n";

    private ArchitecturePage() {}

    /** The committed page with the table of {@link PackageRule}. */
    static String text() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("repository.root"), FILE));
        return page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                + PackageRule.table()
                + page.substring(page.indexOf(END));
    }
}
