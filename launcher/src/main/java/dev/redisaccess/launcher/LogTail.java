package dev.redisaccess.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The last lines of a log. What looks like a token is masked, although no program of this repository logs one. */
public record LogTail(List<String> lines) {
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}(\\.[A-Za-z0-9_-]*)*");

    public LogTail {
        lines = List.copyOf(lines);
    }

    /** The last lines of each file. */
    static LogTail of(List<Path> files, int count) {
        List<String> tail = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = read(file);
            lines.subList(Math.max(0, lines.size() - count), lines.size()).stream()
                    .map(line -> TOKEN.matcher(line).replaceAll("<token>"))
                    .forEach(tail::add);
        }
        return new LogTail(tail);
    }

    private static List<String> read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of("(no log: " + file + ")");
        }
    }
}
