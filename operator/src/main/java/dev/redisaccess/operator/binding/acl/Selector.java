package dev.redisaccess.operator.binding.acl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One list of permissions: the rules outside of parentheses, or those of one pair of them. A command is allowed if one selector
 * allows it with all its keys.
 */
final class Selector {

    /** Of Redis 7 without modules: a database with modules has no access strings. */
    static final Set<String> CATEGORIES = Set.of(
            "keyspace",
            "read",
            "write",
            "set",
            "sortedset",
            "list",
            "hash",
            "string",
            "bitmap",
            "hyperloglog",
            "geo",
            "stream",
            "pubsub",
            "admin",
            "fast",
            "slow",
            "blocking",
            "dangerous",
            "connection",
            "transaction",
            "scripting",
            "all");

    /** Categories whose commands nearly all need a key. */
    private static final Set<String> OF_KEYS = Set.of(
            "keyspace",
            "read",
            "write",
            "set",
            "sortedset",
            "list",
            "hash",
            "string",
            "bitmap",
            "hyperloglog",
            "geo",
            "stream");

    /** @param text of a pattern, without {@code ~} or {@code %R~} */
    record KeyPattern(String text, Glob glob, boolean read, boolean write) {}

    /** @param name of a command, a subcommand ({@code config|get}), or a category with its {@code @} */
    private record CommandRule(boolean adds, String name) {}

    private final List<CommandRule> commands = new ArrayList<>();
    private final List<KeyPattern> keys = new ArrayList<>();
    private final Set<String> channels = new LinkedHashSet<>();
    private boolean allKeys;
    private boolean allChannels;

    /** Adds a rule; the result is what is wrong with it. */
    Optional<String> add(String rule) {
        return switch (rule) {
            case "allcommands" -> command(true, "@all");
            case "nocommands" -> command(false, "@all");
            case "allkeys" -> allKeys();
            case "resetkeys" -> {
                keys.clear();
                allKeys = false;
                yield Optional.empty();
            }
            case "allchannels" -> channel("*");
            case "resetchannels" -> {
                channels.clear();
                allChannels = false;
                yield Optional.empty();
            }
            default -> byFirst(rule);
        };
    }

    private Optional<String> byFirst(String rule) {
        String rest = rule.substring(1);
        return switch (rule.charAt(0)) {
            case '+' -> command(true, rest);
            case '-' -> command(false, rest);
            case '~' -> rest.equals("*") ? allKeys() : key(rest, true, true);
            case '%' -> permission(rest);
            case '&' -> channel(rest);
            default ->
                Optional.of(
                        "must be a rule for commands (`+`, `-`), keys (`~`, `%R~`, `%W~`) or channels (`&`), or a selector of such"
                                + " rules in parentheses");
        };
    }

    private Optional<String> command(boolean adds, String name) {
        String head = name.split("\\|", 2)[0];
        if (!head.equals(head.toLowerCase(Locale.ROOT))) {
            return Optional.of("must be in lower case, because Azure distinguishes upper and lower case");
        }
        if (name.startsWith("@")) {
            if (!CATEGORIES.contains(name.substring(1))) {
                return Optional.of("must name a category of commands: `ACL CAT` of Redis lists them");
            }
        } else if (!name.matches("[a-z0-9][a-z0-9._-]*(\\|[^|]+)?")) {
            return Optional.of("must name a command, or a command and one subcommand, such as `+get` or `+config|get`");
        } else if (!adds && Set.of("hello", "auth").contains(name)) {
            return Optional.of("must not be there, because a login requires that command");
        }
        commands.add(new CommandRule(adds, name));
        return Optional.empty();
    }

    private Optional<String> permission(String rest) {
        int tilde = rest.indexOf('~');
        String letters = tilde < 0 ? "" : rest.substring(0, tilde);
        return Set.of("R", "W", "RW", "WR").contains(letters)
                ? key(rest.substring(tilde + 1), letters.contains("R"), letters.contains("W"))
                : Optional.of("must have the form `%R~pattern`, `%W~pattern` or `%RW~pattern`");
    }

    private Optional<String> allKeys() {
        allKeys = true;
        keys.clear();
        keys.add(new KeyPattern("*", Glob.of("*"), true, true));
        return Optional.empty();
    }

    /** Redis takes {@code %RW~*} for a pattern like any other. */
    private Optional<String> key(String pattern, boolean read, boolean write) {
        if (allKeys) {
            return Optional.of("must not follow `~*`, which is every key already");
        }
        if (pattern.isEmpty()) {
            return Optional.of("must have a pattern");
        }
        keys.add(new KeyPattern(pattern, Glob.of(pattern), read, write));
        return Optional.empty();
    }

    private Optional<String> channel(String pattern) {
        boolean all = pattern.equals("*");
        if (allChannels && !all) {
            return Optional.of("must not follow `&*`, which is every channel already");
        }
        if (pattern.isEmpty()) {
            return Optional.of("must have a pattern");
        }
        allChannels |= all;
        channels.add(pattern);
        return Optional.empty();
    }

    /** The names that are added and not removed again; a category counts by its name only. */
    private Set<String> added() {
        Set<String> names = new LinkedHashSet<>();
        for (CommandRule rule : commands) {
            if (rule.adds()) {
                names.add(rule.name());
            } else if (rule.name().equals("@all")) {
                names.clear();
            } else {
                names.remove(rule.name());
                names.removeIf(name -> name.startsWith(rule.name() + "|"));
            }
        }
        return names;
    }

    boolean givesNothing() {
        return added().isEmpty();
    }

    /** Whether its commands need a key, and it has none. */
    boolean lacksKeys() {
        return keys.isEmpty()
                && !givesNothing()
                && added().stream()
                        .allMatch(name -> name.startsWith("@")
                                ? OF_KEYS.contains(name.substring(1))
                                : ProbeCommand.named(name).isPresent());
    }

    boolean isEverything() {
        return allKeys && commands.size() == 1 && commands.get(0).equals(new CommandRule(true, "@all"));
    }

    List<KeyPattern> keys() {
        return keys;
    }

    boolean hasChannels() {
        return !channels.isEmpty();
    }

    boolean mentions(String... names) {
        Set<String> added = added();
        for (String name : names) {
            if (added.stream().anyMatch(one -> one.equals(name) || one.startsWith(name + "|"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it allows a command on any key, by the last rule that is about the command. */
    boolean allows(ProbeCommand command) {
        boolean allowed = false;
        for (CommandRule rule : commands) {
            if (rule.name().equals("@all") || command.isIn(rule.name())) {
                allowed = rule.adds();
            }
        }
        return allowed;
    }

    boolean allows(ProbeCommand command, String key) {
        return allows(command)
                && keys.stream()
                        .filter(pattern -> pattern.read() || !command.reads())
                        .filter(pattern -> pattern.write() || !command.writes())
                        .anyMatch(pattern -> pattern.glob().matches(key));
    }
}
