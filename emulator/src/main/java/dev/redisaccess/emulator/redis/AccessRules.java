package dev.redisaccess.emulator.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The ACL rules of an access string, without the commands that Azure Managed Redis blocks for all users.
 * Redis 6.2 cannot deny a single subcommand, so the whole command is denied and its harmless subcommands are allowed
 * again, if the access string allowed them. A temporary user on the server finds that out.
 */
final class AccessRules {
    private static final Pattern RULE = Pattern.compile(
            "[+-]\\S+|~\\S+|%\\S+|&\\S+|allkeys|resetkeys|allcommands" + "|nocommands|allchannels|resetchannels");
    private static final Pattern CHANNEL_RULE = Pattern.compile("&\\S+|allchannels|resetchannels");

    /** Source: the tables of server and cluster management commands in redis.io/docs, operate/rs/references/compatibility. */
    private static final List<String> BLOCKED = List.of(
            "acl",
            "bgrewriteaof",
            "bgsave",
            "cluster",
            "config",
            "debug",
            "failover",
            "migrate",
            "module",
            "psync",
            "replconf",
            "replicaof",
            "save",
            "shutdown",
            "slaveof",
            "sync");

    /** Before Redis 7, a new user may use all channels, and a pattern of channels is then an error. */
    static final String NO_CHANNELS = "resetchannels";

    private static final Map<String, List<String>> HARMLESS = harmless();

    private AccessRules() {}

    private static Map<String, List<String>> harmless() {
        Map<String, List<String>> questions = new LinkedHashMap<>();
        questions.put("+acl|cat", List.of("ACL", "CAT"));
        questions.put("+acl|dryrun", List.of("ACL", "DRYRUN", "default", "GET", "k"));
        questions.put("+acl|getuser", List.of("ACL", "GETUSER", "default"));
        questions.put("+acl|list", List.of("ACL", "LIST"));
        questions.put("+acl|users", List.of("ACL", "USERS"));
        questions.put("+acl|whoami", List.of("ACL", "WHOAMI"));
        questions.put("+cluster|info", List.of("CLUSTER", "INFO"));
        questions.put("+cluster|keyslot", List.of("CLUSTER", "KEYSLOT", "k"));
        questions.put("+cluster|nodes", List.of("CLUSTER", "NODES"));
        questions.put("+cluster|shards", List.of("CLUSTER", "SHARDS"));
        questions.put("+cluster|slots", List.of("CLUSTER", "SLOTS"));
        return Collections.unmodifiableMap(questions);
    }

    /**
     * The rules for an access string.
     *
     * @throws InvalidAccessStringException when it is invalid
     */
    static List<String> of(String accessString, RedisProcess server) throws IOException {
        List<String> rules = parse(accessString);
        Credentials asker = Credentials.random("question");
        List<String> name = List.of("ACL", "SETUSER", asker.user());
        try (AdminConnection admin = server.open()) {
            admin.command(joined(name, List.of("reset", NO_CHANNELS, "on", ">" + asker.password()), rules));
            try (AdminConnection connection = AdminConnection.open(server.port(), asker)) {
                List<String> givenBack = allowed(connection);
                List<String> granted = withoutBlocked(rules);
                BLOCKED.forEach(command -> granted.add("-" + command));
                granted.addAll(givenBack);
                return granted;
            } finally {
                admin.command("ACL", "DELUSER", asker.user());
            }
        } catch (RedisErrorException e) {
            throw new InvalidAccessStringException(e.getMessage());
        }
    }

    private static List<String> parse(String accessString) {
        List<String> rules = new ArrayList<>();
        for (String word : accessString.strip().split("\\s+")) {
            // The parentheses of a selector, which Redis 7 has.
            String rule = word.substring(word.startsWith("(") ? 1 : 0, word.length() - (word.endsWith(")") ? 1 : 0));
            boolean bare = rule.isEmpty() && !word.isEmpty();
            // Any other rule would change the user itself: its password, or whether it is enabled.
            if (!bare && !RULE.matcher(rule).matches()) {
                throw new InvalidAccessStringException("must be a rule for commands, keys or channels: '" + rule + "'");
            }
            rules.add(word);
        }
        if (rules.stream().noneMatch(rule -> CHANNEL_RULE.matcher(rule).matches())) {
            rules.add(0, "&*");
        }
        return rules;
    }

    /** Each selector allows commands of its own, so the blocked ones are denied in each. */
    private static List<String> withoutBlocked(List<String> rules) {
        List<String> granted = new ArrayList<>();
        for (String rule : rules) {
            if (!rule.endsWith(")")) {
                granted.add(rule);
                continue;
            }
            granted.add(rule.equals(")") ? "" : rule.substring(0, rule.length() - 1));
            granted.removeIf(String::isEmpty);
            BLOCKED.forEach(command -> granted.add("-" + command));
            granted.set(granted.size() - 1, granted.get(granted.size() - 1) + ")");
        }
        return granted;
    }

    private static List<String> allowed(AdminConnection connection) throws IOException {
        List<String> rules = new ArrayList<>();
        for (Map.Entry<String, List<String>> question : HARMLESS.entrySet()) {
            if (mayRun(connection, question.getValue())) {
                rules.add(question.getKey());
            }
        }
        return rules;
    }

    private static boolean mayRun(AdminConnection connection, List<String> command) throws IOException {
        try {
            connection.command(command);
            return true;
        } catch (RedisErrorException e) {
            return !e.getMessage().startsWith("NOPERM"); // another error means that the command is allowed
        }
    }

    static List<String> joined(List<String> first, List<String> second, List<String> third) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }
}
