package dev.redisaccess.systemtest.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The system's table of TCP connections, where it has one to read ({@code /proc/net}); elsewhere nothing is counted. */
final class SocketTable {

    private static final String ESTABLISHED = "01";

    private SocketTable() {}

    /** The connections that clients hold to a local port. */
    static long established(int port) throws IOException {
        String remote = ":" + String.format(Locale.ROOT, "%04X", port);
        long count = 0;
        for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
            if (Files.isReadable(table)) {
                try (Stream<String> lines = Files.lines(table)) {
                    count += lines.map(line -> line.strip().split("\\s+"))
                            .filter(columns -> columns.length > 3)
                            .filter(columns -> columns[2].endsWith(remote) && columns[3].equals(ESTABLISHED))
                            .count();
                }
            }
        }
        return count;
    }
}
